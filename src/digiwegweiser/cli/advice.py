"""The commands that advise one firm: `finden`, `beraten`, `zeigen`."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from digiwegweiser.cli.inputs import load_adviser, offer_at_or_named, story_named, understood
from digiwegweiser.cli.options import (
    FORMATS,
    AsOf,
    OwnFiles,
    count_of,
    day_of,
    firm_options,
    known_format,
    one_line,
    option,
)
from digiwegweiser.cli.output import screen, show_result
from digiwegweiser.exits import Exit, Stop

if TYPE_CHECKING:
    from digiwegweiser.intake.firm import Answers

NO_TERMINAL = (
    "Das Gespräch braucht ein Terminal. Ohne Fragen geht es so:\n"
    '  digiwegweiser finden --ort 59555 --gewerk Tischlerei --beschaeftigte 8 --bedarf "Zeiterfassung ohne Zettel"'
)


@firm_options
def finden(
    answers: "Answers",
    stichtag: AsOf = None,
    katalog: OwnFiles = None,
    anzahl: Annotated[str | None, option("--anzahl", "ZAHL", "Wie viele Angebote")] = None,
    form: Annotated[str, option("--format", "FORM", "text, markdown oder json")] = "text",
    ausgabe: Annotated[Path | None, option("--ausgabe", "DATEI", "In diese Datei statt auf den Bildschirm")] = None,
    alle: Annotated[bool, typer.Option("--alle", help="Auch was nicht passt, mit allen Gründen")] = False,
    warum: Annotated[str | None, option("--warum", "NAME|PLATZ", "Nur dieses Angebot, mit allen Gründen")] = None,
) -> None:
    """Passende Angebote ohne Rückfragen finden."""
    from digiwegweiser.render.guide import Extent
    from digiwegweiser.render.page import FIRST_PAGE

    known_format(form, FORMATS)
    as_of, shown = day_of(stichtag), count_of(anzahl)
    if warum is not None and (alle or anzahl is not None):
        raise Stop(Exit.WRONG_CALL, "--warum zeigt ein einziges Angebot; --alle und --anzahl passen nicht dazu.")
    adviser = load_adviser(katalog)
    guide = adviser.guide(understood(adviser, answers, as_of), as_of)
    if warum is not None:
        asked = adviser.asked(offer_at_or_named(adviser, one_line(warum), guide, "--warum"), guide)
        show_result(adviser.details(asked.match, guide), partial(adviser.details_json, asked), form, ausgabe)
        return
    page = adviser.page(guide, Extent(shown or FIRST_PAGE, alle))
    show_result(page, partial(adviser.render_json, guide, shown), form, ausgabe)


@firm_options
def beraten(
    answers: "Answers",
    speichern: Annotated[Path | None, option("--speichern", "DATEI", "Antworten als YAML-Datei behalten")] = None,
    stichtag: AsOf = None,
    katalog: OwnFiles = None,
) -> None:
    """Im Gespräch den Wegweiser finden; Optionen beantworten Fragen vorweg."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Stop(Exit.WRONG_CALL, NO_TERMINAL)
    from digiwegweiser.dialog.prompts import TerminalPrompter
    from digiwegweiser.render.commands import Setting, finden_command
    from digiwegweiser.session import Interrupted, Session

    setting = Setting(day_of(stichtag), stichtag is not None, tuple(katalog or ()))
    session = Session(load_adviser(katalog), TerminalPrompter(), screen(), answers, setting)
    try:
        session.run(speichern)
    except Interrupted as stopped:
        command = finden_command(stopped.answers.items(), setting)
        raise Stop(Exit.STOPPED, f"Abgebrochen. Ohne Fragen weiter mit:\n  {command}") from None


@firm_options
def zeigen(
    answers: "Answers",
    name: Annotated[list[str] | None, typer.Argument(metavar="NAME …", help="Name, früherer Name oder Kürzel")] = None,
    stichtag: AsOf = None,
    katalog: OwnFiles = None,
    form: Annotated[str, option("--format", "FORM", "text, markdown oder json")] = "text",
) -> None:
    """Ein Angebot zeigen: Stand, Nachfolger und, mit Angaben zum Betrieb, ob es passt oder was stattdessen."""
    known_format(form, FORMATS)
    as_of, text = day_of(stichtag), one_line(" ".join(name or ()))
    adviser = load_adviser(katalog)
    guide = adviser.guide(understood(adviser, answers, as_of), as_of)
    named = story_named(adviser, text, as_of, "digiwegweiser zeigen")
    asked = [adviser.asked(found, guide, has_firm=any(answers.items())) for found in named.ids]
    show_result(adviser.story_page(asked), partial(adviser.story_json, asked, named), form, None)
