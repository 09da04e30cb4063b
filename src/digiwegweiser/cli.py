"""Commands and options. The only place that reads the clock, the arguments and the streams, and that prints errors."""

import functools
import gc
import inspect
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digiwegweiser.exits import Exit, Stop
from digiwegweiser.german_help import GermanCommand, GermanGroup, usage_text

if TYPE_CHECKING:
    from digiwegweiser.app import Adviser
    from digiwegweiser.core.guide import Guide
    from digiwegweiser.intake.firm import Answers, FirmReading
    from digiwegweiser.render.page import Block, Screen


app = typer.Typer(
    cls=GermanGroup,
    name="digiwegweiser",
    epilog='Beispiel: digiwegweiser finden --ort 59555 --gewerk Tischlerei --bedarf "Zeiterfassung ohne Zettel"',
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
catalog_app = typer.Typer(cls=GermanGroup, help="Den Katalog prüfen und auflisten.", rich_markup_mode=None)
app.add_typer(catalog_app, name="katalog")


def _option(name: str, meta: str, text: str) -> Any:
    return typer.Option(name, metavar=meta, help=text, show_default=False)


def _text(name: str, meta: str, text: str) -> Any:
    return Annotated[str | None, _option(name, meta, text)]


#: What describes a firm, by attribute: the same options for every command that takes a firm.
FIRM_OPTIONS: dict[str, Any] = {
    "place": _text("--ort", "ORT", "Postleitzahl, Ort, Kreis oder Land"),
    "trade": _text("--gewerk", "TEXT", "Gewerk oder Branche, etwa Schreinerei"),
    "employees": _text("--beschaeftigte", "ZAHL", "Beschäftigte; Teilzeit als Bruchteil, etwa 8,5"),
    "needs": Annotated[list[str] | None, _option("--bedarf", "TEXT", "Wobei Sie Hilfe brauchen; mehrfach möglich")],
    "turnover_eur": _text("--umsatz", "EURO", "Jahresumsatz, etwa 800.000 oder 1,2 Mio"),
    "balance_eur": _text("--bilanzsumme", "EURO", "Bilanzsumme"),
    "founded": _text("--gruendung", "JAHR", "Gründungsjahr"),
    "budget_eur": _text("--budget", "EURO", "Geplante Kosten des Vorhabens"),
    "ordered": _text("--bestellt", "ja|nein", "Schon bestellt oder begonnen?"),
    "de_minimis_eur": _text("--de-minimis", "EURO", "De-minimis-Beihilfen der letzten drei Jahre"),
    "profile": Annotated[Path | None, _option("--profil", "DATEI", "Antworten aus einer YAML-Datei")],
}
AsOf = Annotated[str | None, _option("--stichtag", "JJJJ-MM-TT", "Für welchen Tag; sonst heute")]
OwnFiles = Annotated[list[Path] | None, _option("--katalog", "DATEI", "Eigene Einträge dazu; mehrfach möglich")]
FORMATS = ("text", "markdown", "json")
LIST_FORMATS = ("text", "json")
MOST = 1000
TEXT_WIDTH = 80
NARROWEST = 40

NO_TERMINAL = (
    "Das Gespräch braucht ein Terminal. Ohne Fragen geht es so:\n"
    '  digiwegweiser finden --ort 59555 --gewerk Tischlerei --beschaeftigte 8 --bedarf "Zeiterfassung ohne Zettel"'
)


def firm_options(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command the options that describe a firm, and hands them to it as `answers`."""

    @functools.wraps(command)
    def run(**given: Any) -> None:
        words = {name: given.pop(name) for name in FIRM_OPTIONS}
        command(answers=_answers(words), **given)

    own = [p for p in inspect.signature(command).parameters.values() if p.name != "answers"]
    ahead = [
        inspect.Parameter(n, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=a)
        for n, a in FIRM_OPTIONS.items()
    ]
    own = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own]
    run.__signature__ = inspect.Signature([*ahead, *own])  # type: ignore[attr-defined]
    run.__annotations__ = {p.name: p.annotation for p in (*ahead, *own)}
    return run


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Findet Beratung, Förderung und Anlaufstellen zur Digitalisierung, die zu Ihrem Betrieb passen.

    Ohne Befehl beginnt das Gespräch.
    """
    if context.invoked_subcommand is None:
        beraten(**dict.fromkeys(FIRM_OPTIONS))


@app.command(cls=GermanCommand)
@firm_options
def finden(
    answers: "Answers",
    stichtag: AsOf = None,
    katalog: OwnFiles = None,
    anzahl: Annotated[str | None, _option("--anzahl", "ZAHL", "Wie viele Angebote")] = None,
    form: Annotated[str, _option("--format", "FORM", "text, markdown oder json")] = "text",
    ausgabe: Annotated[Path | None, _option("--ausgabe", "DATEI", "In diese Datei statt auf den Bildschirm")] = None,
    alle: Annotated[bool, typer.Option("--alle", help="Auch was nicht passt, mit allen Gründen")] = False,
    warum: Annotated[str | None, _option("--warum", "NAME|PLATZ", "Nur dieses Angebot, mit allen Gründen")] = None,
) -> None:
    """Passende Angebote ohne Rückfragen finden."""
    from digiwegweiser.render.guide import Extent
    from digiwegweiser.render.page import FIRST_PAGE

    _known_format(form, FORMATS)
    as_of, shown = _day(stichtag), _count(anzahl)
    if warum is not None and (alle or anzahl is not None):
        raise Stop(Exit.WRONG_CALL, "--warum zeigt ein einziges Angebot; --alle und --anzahl passen nicht dazu.")
    adviser = _adviser(katalog)
    guide = adviser.guide(_understood(adviser, answers, as_of), as_of)
    if warum is not None:
        asked = adviser.asked(_asked_for(adviser, _one_line(warum), guide, "--warum"), guide)
        _show(adviser.details(asked.match, guide), partial(adviser.details_json, asked), form, ausgabe)
        return
    page = adviser.page(guide, Extent(shown or FIRST_PAGE, alle))
    _show(page, partial(adviser.render_json, guide, shown), form, ausgabe)


@app.command(cls=GermanCommand)
@firm_options
def beraten(
    answers: "Answers",
    speichern: Annotated[Path | None, _option("--speichern", "DATEI", "Antworten als YAML-Datei behalten")] = None,
    stichtag: AsOf = None,
    katalog: OwnFiles = None,
) -> None:
    """Im Gespräch den Wegweiser finden; Optionen beantworten Fragen vorweg."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Stop(Exit.WRONG_CALL, NO_TERMINAL)
    from digiwegweiser.dialog.prompts import TerminalPrompter
    from digiwegweiser.render.commands import finden_command
    from digiwegweiser.session import Interrupted, Session

    as_of = _day(stichtag)
    session = Session(_adviser(katalog), TerminalPrompter(), _screen(), answers, as_of)
    try:
        session.run(speichern)
    except Interrupted as stopped:
        raise Stop(
            Exit.STOPPED, f"Abgebrochen. Ohne Fragen weiter mit:\n  {finden_command(stopped.answers.items())}"
        ) from None


@app.command(cls=GermanCommand)
@firm_options
def zeigen(
    answers: "Answers",
    name: Annotated[list[str] | None, typer.Argument(metavar="NAME …", help="Name, früherer Name oder Kürzel")] = None,
    stichtag: AsOf = None,
    katalog: OwnFiles = None,
    form: Annotated[str, _option("--format", "FORM", "text, markdown oder json")] = "text",
) -> None:
    """Ein Angebot zeigen: Stand, Nachfolger und, mit Angaben zum Betrieb, ob es passt oder was stattdessen."""
    _known_format(form, FORMATS)
    as_of, text = _day(stichtag), _one_line(" ".join(name or ()))
    adviser = _adviser(katalog)
    guide = adviser.guide(_understood(adviser, answers, as_of), as_of)
    found = _asked_for(adviser, text, guide, "digiwegweiser zeigen")
    asked = adviser.asked(found, guide, has_firm=any(answers.items()))
    _show(adviser.story_page(asked), partial(adviser.story_json, asked), form, None)


@catalog_app.command("pruefen", cls=GermanCommand)
def check(
    datei: Annotated[Path | None, typer.Argument(metavar="[DATEI]", help="Sonst der mitgelieferte")] = None,
) -> None:
    """Einen Katalog prüfen: alle Fehler mit Datei, Zeile und Abhilfe."""
    adviser = _adviser([datei] if datei else None, Exit.PARTLY, use_cache=False)
    count = sum(1 for offer in adviser.catalog.offers if datei is None or offer.origin is not None)
    typer.echo(f"{count} {'Eintrag' if count == 1 else 'Einträge'} geprüft, kein Fehler.")


@catalog_app.command("liste", cls=GermanCommand)
def list_entries(
    form: Annotated[str, _option("--format", "FORM", "text oder json")] = "text",
    stichtag: AsOf = None,
    katalog: OwnFiles = None,
) -> None:
    """Alle Einträge mit Kürzel, Name, Art, Stand und Gebiet auflisten."""
    _known_format(form, LIST_FORMATS)
    _write(_adviser(katalog).render_list(_day(stichtag), form), None)


def _show(page: Iterable["Block"], as_json: Callable[[], str], form: str, path: Path | None) -> None:
    """Writes a result in the form asked for, to the screen or into a file."""
    from digiwegweiser.app import as_markdown, as_text, show

    if form == "json":
        _write(as_json(), path)
    elif form == "markdown":
        _write(as_markdown(page), path)
    elif path is not None:
        _write(as_text(page, TEXT_WIDTH), path)
    else:
        show(page, _screen())


def _asked_for(adviser: "Adviser", text: str, guide: "Guide", call: str) -> str:
    """The id of the offer meant, with a remark on stderr; an unclear name ends the run."""
    found, message = adviser.find_offer(text, guide, call)
    if found is None:
        raise Stop(Exit.WRONG_CALL, message)
    if message:
        _tell(f"Hinweis: {message}")
    return found


def _known_format(form: str, known: tuple[str, ...]) -> None:
    if form not in known:
        raise Stop(Exit.WRONG_CALL, f"--format „{form}“ gibt es nicht. Möglich: {', '.join(known)}.")


def _adviser(own: list[Path] | None = None, on_fault: Exit = Exit.UNREADABLE, use_cache: bool = True) -> "Adviser":
    """The loaded catalogue; faults in its files end the run with all of them told, `on_fault` if they could be read."""
    from digiwegweiser.app import Adviser
    from digiwegweiser.core.fault import FaultCode, FaultyData

    try:
        return Adviser(own or (), use_cache=use_cache)
    except FaultyData as error:
        from digiwegweiser.render.messages import faults_text

        is_missing = any(fault.code is FaultCode.FILE_MISSING for fault in error.faults)
        message = f"{faults_text(error.faults)}\n{len(error.faults)} Fehler im Katalog."
        raise Stop(Exit.UNREADABLE if is_missing else on_fault, message) from None


def _answers(words: dict[str, Any]) -> "Answers":
    """The answers given as options, completed from a profile file."""
    from digiwegweiser.core.fault import FaultyData
    from digiwegweiser.intake.firm import Answers

    profile = words.pop("profile")
    given = Answers(
        **{name: _one_line(text) for name, text in words.items() if name != "needs" and text is not None},
        needs=tuple(_one_line(text) for text in words["needs"] or ()),
    )
    if profile is None:
        return given
    from digiwegweiser.catalog.profile import read_profile

    try:
        return given.over(Answers(**read_profile(profile)))
    except FaultyData as error:
        from digiwegweiser.render.messages import faults_text

        raise Stop(Exit.UNREADABLE, faults_text(error.faults)) from None


def _one_line(text: str) -> str:
    """An owner's words without anything that steers a terminal or a page."""
    from digiwegweiser.render.plain import printable

    return " ".join(printable(text).split())


def _tell(message: str) -> None:
    """Writes to stderr; names of files and other input in the message can't steer the terminal."""
    from digiwegweiser.render.plain import printable

    typer.echo(printable(message), err=True)


def _understood(adviser: "Adviser", answers: "Answers", as_of: date) -> "FirmReading":
    """The firm, with remarks on stderr; what was not understood ends the run."""
    reading = adviser.read(answers, as_of)
    if reading.problems():
        raise Stop(Exit.WRONG_CALL, "\n".join(adviser.problem_texts(reading)))
    for text in adviser.remark_texts(reading) if reading.remarks() else ():
        _tell(f"Hinweis: {text}")
    return reading


def _day(text: str | None) -> date:
    """The day asked for; today where none is given."""
    if text is None:
        return date.today()  # noqa: DTZ011 - the owner's own calendar day is meant
    try:
        # Python reads more than the one form that is promised.
        if len(text) == len("JJJJ-MM-TT") and text.count("-") == 2 and "W" not in text:
            return date.fromisoformat(text)
        raise ValueError
    except ValueError:
        raise Stop(
            Exit.WRONG_CALL, f"--stichtag „{text}“ ist kein Datum. Gebraucht wird JJJJ-MM-TT, etwa 2026-11-22."
        ) from None


def _count(text: str | None) -> int | None:
    if text is None:
        return None
    # A long row of digits is no number here, and int() refuses very long ones.
    if not re.fullmatch("[0-9]{1,9}", text) or not 1 <= int(text) <= MOST:
        raise Stop(Exit.WRONG_CALL, f"--anzahl „{text[:20]}“: gebraucht wird eine Zahl von 1 bis {MOST}.")
    return int(text)


def _screen() -> "Screen":
    """Standard output: in colour and as wide as the terminal, if it is one and wants colour."""
    from digiwegweiser.render.page import Screen

    is_terminal = sys.stdout.isatty()
    wants_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") in ("dumb", "", None)
    width = max(shutil.get_terminal_size().columns, NARROWEST) if is_terminal else TEXT_WIDTH
    return Screen(sys.stdout, width, is_terminal and not wants_plain)


def _write(text: str, path: Path | None) -> None:
    if path is None:
        sys.stdout.write(text)
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Stop(Exit.UNREADABLE, _refused(error)) from None
    _tell(f"Geschrieben: {path}")


def main() -> None:
    """Runs the command line and ends the process with its exit code."""
    # A run is short, and its many small objects live to its end: looking for cycles would take a third of it.
    gc.freeze()
    gc.set_threshold(200_000)
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Runs one command and returns its exit code; every error is a message on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    message = ""
    try:
        code = app(arguments, standalone_mode=False) or Exit.DONE
        sys.stdout.flush()
    except Stop as stop:
        code, message = stop.code, str(stop)
    except typer.TyperException as error:
        code, message = Exit.WRONG_CALL, f"{usage_text(error)}\nHilfe: digiwegweiser --help"
    except (typer.Abort, KeyboardInterrupt):
        code = Exit.STOPPED
    except (BrokenPipeError, SystemExit):
        # The reader has gone, as with `| head`; nothing is left to say. Typer ends the process when it meets that.
        _drop_output()
        return Exit.DONE
    except OSError as error:
        _drop_output()
        code, message = Exit.UNREADABLE, _refused(error)
    if code == Exit.STOPPED:
        # Typer makes Ctrl-C this code, without a word.
        message = message or "Abgebrochen."
    if message:
        _tell(message)
    return code


def _drop_output() -> None:
    """Sends what is still to be written nowhere, so that the end of the process does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refused(error: OSError) -> str:
    """A disk or file that failed in the middle, as a full one behind standard output."""
    from digiwegweiser.render.messages import system_text

    what = error.filename or "Die Ausgabe"
    return f"{what} kann nicht gelesen oder geschrieben werden ({system_text(error.strerror)})."
