"""The commands of those who keep the catalogue: what is due, which links hold, what is missing, what has changed."""

import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digiwegweiser.cli.inputs import load_adviser, unusable
from digiwegweiser.cli.options import FORMATS, LIST_FORMATS, AsOf, OwnFiles, day_of, known_format, one_line, option
from digiwegweiser.cli.output import show_result, tell, write
from digiwegweiser.exits import Exit, Stop

if TYPE_CHECKING:
    from digiwegweiser.workshop import Comparison

MOST_DAYS = 3650
OFFLINE = (
    "Keine einzige Adresse hat geantwortet. Wahrscheinlich ist dieser Rechner nicht am Netz, oder die Angabe "
    "des Proxys (Umgebungsvariable HTTPS_PROXY) fehlt oder passt nicht. Bitte später noch einmal: "
    "digiwegweiser katalog links"
)
NO_OLD_VERSION = (
    "Womit soll verglichen werden? Gebraucht wird eine Katalogdatei oder ein Git-Stand:\n"
    "  digiwegweiser katalog vergleich HEAD"
)

Output = Annotated[Path | None, option("--ausgabe", "DATEI", "In diese Datei statt auf den Bildschirm")]


def due(
    tage: Annotated[str, option("--tage", "ZAHL", "Wie viele Tage voraus; sonst 90")] = "90",
    stichtag: AsOf = None,
    form: Annotated[str, option("--format", "FORM", "text, json oder ics (für den Kalender)")] = "text",
    ausgabe: Output = None,
    katalog: OwnFiles = None,
) -> None:
    """Was im Katalog bald endet, beginnt oder wieder zu prüfen ist."""
    known_format(form, ("text", "json", "ics"))
    days, as_of = _days_of(tage), day_of(stichtag)
    from digiwegweiser.workshop import DueList

    found = DueList(load_adviser(katalog), as_of, days)
    if form == "ics":
        write(found.calendar(), ausgabe)
    else:
        show_result(found.page(), found.json, form, ausgabe)


def links(
    form: Annotated[str, option("--format", "FORM", "text oder json")] = "text",
    ausgabe: Output = None,
    katalog: OwnFiles = None,
) -> int:
    """Alle Internetadressen aufrufen: was fehlt, was umgezogen ist."""
    known_format(form, LIST_FORMATS)
    from digiwegweiser.catalog.links import Offline
    from digiwegweiser.workshop import LinkReport

    adviser = load_adviser(katalog)
    try:
        report = LinkReport(adviser, _tell_progress)
    except Offline:
        raise Stop(Exit.UNREADABLE, OFFLINE) from None
    finally:
        _end_progress()
    show_result(report.page(), report.json, form, ausgabe)
    return Exit.PARTLY if report.has_gone else Exit.DONE


def gaps(
    kreise: Annotated[bool, typer.Option("--kreise", help="Nach Kreisen statt nach Ländern")] = False,
    stichtag: AsOf = None,
    form: Annotated[str, option("--format", "FORM", "text, csv oder json")] = "text",
    ausgabe: Output = None,
    katalog: OwnFiles = None,
) -> None:
    """Wo für einen Bedarf Örtliches oder Kostenfreies fehlt."""
    known_format(form, ("text", "csv", "json"))
    as_of = day_of(stichtag)
    from digiwegweiser.workshop import GapTable

    found = GapTable(load_adviser(katalog), as_of, kreise)
    if form == "csv":
        write(found.csv(), ausgabe)
    else:
        show_result(found.page(), found.json, form, ausgabe)


def compare(
    alt: Annotated[str | None, typer.Argument(metavar="ALT", help="Datei oder Git-Stand, etwa HEAD~1")] = None,
    neu: Annotated[str | None, typer.Argument(metavar="[NEU]", help="Sonst der Katalog dieses Programms")] = None,
    stichtag: AsOf = None,
    form: Annotated[str, option("--format", "FORM", "text, json oder markdown (für CHANGELOG.md)")] = "text",
    ausgabe: Output = None,
) -> None:
    """Was sich zwischen zwei Ständen ändert, und für welche Betriebe."""
    known_format(form, FORMATS)
    as_of = day_of(stichtag)
    if alt is None:
        raise Stop(Exit.WRONG_CALL, NO_OLD_VERSION)
    found = _compared(one_line(alt), None if neu is None else one_line(neu), as_of)
    if found.outdated:
        from digiwegweiser.render.comparison import outdated_text

        tell(f"Hinweis: {outdated_text(found.outdated)}")
    show_result(found.changelog() if form == "markdown" else found.page(), found.json, form, ausgabe)


def _compared(old: str, new: str | None, as_of: date) -> "Comparison":
    """The comparison; a version that is not there or faulty ends the run."""
    from digiwegweiser.catalog.versions import NoVersion
    from digiwegweiser.core.fault import FaultyData
    from digiwegweiser.workshop import Comparison

    try:
        return Comparison(load_adviser(), old, new, as_of)
    except NoVersion as error:
        from digiwegweiser.render.comparison import no_version_text

        raise Stop(Exit.WRONG_CALL, no_version_text(error.name, error.why)) from None
    except FaultyData as error:
        raise unusable(error.faults) from None


def _tell_progress(done: int, total: int) -> None:
    """Counts in one line of a terminal; a pipe or a log is spared."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} von {total} Adressen")
        sys.stderr.flush()


def _end_progress() -> None:
    """What follows begins on a line of its own."""
    if sys.stderr.isatty():
        sys.stderr.write("\n")


def _days_of(text: str) -> int:
    """How many days ahead, 0 to MOST_DAYS."""
    if not re.fullmatch("[0-9]{1,9}", text) or int(text) > MOST_DAYS:
        raise Stop(Exit.WRONG_CALL, f"--tage „{text[:20]}“: gebraucht wird eine Zahl von 0 bis {MOST_DAYS}.")
    return int(text)
