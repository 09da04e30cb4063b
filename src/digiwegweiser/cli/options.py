"""Options that several commands share, and the reading of their values."""

import functools
import inspect
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from digiwegweiser.exits import Exit, Stop

if TYPE_CHECKING:
    from digiwegweiser.intake.firm import Answers


def option(name: str, meta: str, text: str) -> Any:
    """An option with a value."""
    return typer.Option(name, metavar=meta, help=text, show_default=False)


def _text(name: str, meta: str, text: str) -> Any:
    return Annotated[str | None, option(name, meta, text)]


#: What describes a firm, by attribute: the same options for every command that takes a firm.
FIRM_OPTIONS: dict[str, Any] = {
    "place": _text("--ort", "ORT", "Postleitzahl, Ort, Kreis oder Land"),
    "trade": _text("--gewerk", "TEXT", "Gewerk oder Branche, etwa Schreinerei"),
    "employees": _text("--beschaeftigte", "ZAHL", "Beschäftigte; Teilzeit als Bruchteil, etwa 8,5"),
    "needs": Annotated[list[str] | None, option("--bedarf", "TEXT", "Wobei Sie Hilfe brauchen; mehrfach möglich")],
    "turnover_eur": _text("--umsatz", "EURO", "Jahresumsatz, etwa 800.000 oder 1,2 Mio"),
    "balance_eur": _text("--bilanzsumme", "EURO", "Bilanzsumme"),
    "founded": _text("--gruendung", "JAHR", "Gründungsjahr"),
    "budget_eur": _text("--budget", "EURO", "Geplante Kosten des Vorhabens"),
    "ordered": _text("--bestellt", "ja|nein", "Schon bestellt oder begonnen?"),
    "de_minimis_eur": _text("--de-minimis", "EURO", "De-minimis-Beihilfen der letzten drei Jahre"),
    "profile": Annotated[Path | None, option("--profil", "DATEI", "Antworten aus einer YAML-Datei")],
}
AsOf = Annotated[str | None, option("--stichtag", "JJJJ-MM-TT", "Für welchen Tag; sonst heute")]
OwnFiles = Annotated[list[Path] | None, option("--katalog", "DATEI", "Eigene Einträge dazu; mehrfach möglich")]
FORMATS = ("text", "markdown", "json")
LIST_FORMATS = ("text", "json")
MOST = 1000


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


def _answers(words: dict[str, Any]) -> "Answers":
    """The answers given as options, completed from a profile file."""
    from digiwegweiser.core.fault import FaultyData
    from digiwegweiser.intake.firm import Answers

    profile = words.pop("profile")
    given = Answers(
        **{name: one_line(text) for name, text in words.items() if name != "needs" and text is not None},
        needs=tuple(one_line(text) for text in words["needs"] or ()),
    )
    if profile is None:
        return given
    from digiwegweiser.catalog.profile import read_profile

    try:
        return given.over(Answers(**read_profile(profile)))
    except FaultyData as error:
        from digiwegweiser.render.faults import faults_text

        raise Stop(Exit.UNREADABLE, faults_text(error.faults)) from None


def one_line(text: str) -> str:
    """An owner's words without anything that steers a terminal or a page."""
    from digiwegweiser.render.plain import printable

    return " ".join(printable(text).split())


def known_format(form: str, known: tuple[str, ...]) -> None:
    """Ends the run if there is no such format."""
    if form not in known:
        raise Stop(Exit.WRONG_CALL, f"--format „{form}“ gibt es nicht. Möglich: {', '.join(known)}.")


def day_of(text: str | None) -> date:
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


def count_of(text: str | None, name: str = "--anzahl") -> int | None:
    """How many are asked for, 1 to MOST; None where that is left open."""
    if text is None:
        return None
    # A long row of digits is no number here, and int() refuses very long ones.
    if not re.fullmatch("[0-9]{1,9}", text) or not 1 <= int(text) <= MOST:
        raise Stop(Exit.WRONG_CALL, f"{name} „{text[:20]}“: gebraucht wird eine Zahl von 1 bis {MOST}.")
    return int(text)
