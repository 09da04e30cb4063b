"""What a command works with: the catalogue, the firm, the offer meant; whatever is wrong with them ends the run."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from digiwegweiser.cli.output import tell
from digiwegweiser.exits import Exit, Stop

if TYPE_CHECKING:
    from digiwegweiser.app import Adviser
    from digiwegweiser.core.fault import Fault
    from digiwegweiser.core.guide import Guide
    from digiwegweiser.intake.firm import Answers, FirmReading
    from digiwegweiser.render.named import Named


def load_adviser(own: list[Path] | None = None) -> "Adviser":
    """The catalogue with the user's standing files and then those named; any fault ends the run with all of them."""
    from digiwegweiser.app import Adviser
    from digiwegweiser.catalog.files import own_files
    from digiwegweiser.core.fault import FaultyData

    try:
        return Adviser([*own_files(), *(own or ())])
    except FaultyData as error:
        raise unusable(error.faults) from None


def unusable(faults: Sequence["Fault"]) -> Stop:
    """The end of a run whose files cannot be used, with a word on standing files if one is among them."""
    from digiwegweiser.catalog.files import is_own
    from digiwegweiser.render.faults import faults_text

    lines = [faults_text(faults), f"{len(faults)} Fehler im Katalog."]
    if any(is_own(Path(fault.file)) for fault in faults):
        lines.append(
            "Die Datei liegt im Ordner für eigene Einträge und wird immer gelesen: berichtigen oder wegnehmen."
        )
    return Stop(Exit.UNREADABLE, "\n".join(lines))


def understood(adviser: "Adviser", answers: "Answers", as_of: date) -> "FirmReading":
    """The firm, with remarks on stderr; what was not understood ends the run."""
    reading = adviser.read(answers, as_of)
    odd = [(conflict.is_impossible, text) for conflict, text in adviser.conflict_texts(reading, as_of)]
    wrong = [text for is_impossible, text in odd if is_impossible]
    if wrong or reading.problems():
        raise Stop(Exit.WRONG_CALL, "\n".join([*adviser.problem_texts(reading), *wrong]))
    for _, text in odd:
        tell(f"Hinweis: {text}")
    for text in adviser.remark_texts(reading) if reading.remarks() else ():
        tell(f"Hinweis: {text}")
    return reading


def offer_named(adviser: "Adviser", text: str, as_of: date, call: str) -> str:
    """The id of the offer of that name, with a remark on stderr; an unclear name ends the run."""
    return _settled(*adviser.find_by_name(text, as_of, call))


def story_named(adviser: "Adviser", text: str, as_of: date, call: str) -> "Named":
    """The offer of that name, or its variants that ended together; as above."""
    found, message = adviser.named(text, as_of, call)
    if found is None:
        raise Stop(Exit.WRONG_CALL, message)
    if found.remark:
        tell(f"Hinweis: {found.remark}")
    return found


def offer_at_or_named(adviser: "Adviser", text: str, guide: "Guide", call: str) -> str:
    """The same, where a number is a place in the guide; a place that is not there ends the run."""
    if text.isascii() and text.isdigit():
        return _settled(*adviser.find_by_rank(text, guide))
    return offer_named(adviser, text, guide.as_of, call)


def _settled(found: str | None, message: str) -> str:
    if found is None:
        raise Stop(Exit.WRONG_CALL, message)
    if message:
        tell(f"Hinweis: {message}")
    return found
