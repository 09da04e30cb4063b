"""What a command works with: the catalogue, the firm, the offer meant; whatever is wrong with them ends the run."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from digiwegweiser.cli.output import tell
from digiwegweiser.exits import Exit, Stop

if TYPE_CHECKING:
    from digiwegweiser.app import Adviser
    from digiwegweiser.core.guide import Guide
    from digiwegweiser.intake.firm import Answers, FirmReading


def load_adviser(own: list[Path] | None = None, on_fault: Exit = Exit.UNREADABLE, use_cache: bool = True) -> "Adviser":
    """The loaded catalogue; faults in its files end the run with all of them told, `on_fault` if they could be read."""
    from digiwegweiser.app import Adviser
    from digiwegweiser.core.fault import FaultCode, FaultyData

    try:
        return Adviser(own or (), use_cache=use_cache)
    except FaultyData as error:
        from digiwegweiser.render.faults import faults_text

        is_missing = any(fault.code is FaultCode.FILE_MISSING for fault in error.faults)
        message = f"{faults_text(error.faults)}\n{len(error.faults)} Fehler im Katalog."
        raise Stop(Exit.UNREADABLE if is_missing else on_fault, message) from None


def understood(adviser: "Adviser", answers: "Answers", as_of: date) -> "FirmReading":
    """The firm, with remarks on stderr; what was not understood ends the run."""
    reading = adviser.read(answers, as_of)
    if reading.problems():
        raise Stop(Exit.WRONG_CALL, "\n".join(adviser.problem_texts(reading)))
    for text in adviser.remark_texts(reading) if reading.remarks() else ():
        tell(f"Hinweis: {text}")
    return reading


def offer_meant(adviser: "Adviser", text: str, guide: "Guide", call: str) -> str:
    """The id of the offer meant, with a remark on stderr; an unclear name ends the run."""
    found, message = adviser.find_offer(text, guide, call)
    if found is None:
        raise Stop(Exit.WRONG_CALL, message)
    if message:
        tell(f"Hinweis: {message}")
    return found
