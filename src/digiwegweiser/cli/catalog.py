"""The commands on the catalogue itself: those with which entries are listed, checked and written, and all others."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from digiwegweiser.cli.inputs import load_adviser, unusable
from digiwegweiser.cli.options import LIST_FORMATS, AsOf, OwnFiles, day_of, known_format, option
from digiwegweiser.cli.output import write
from digiwegweiser.cli.upkeep import Output, compare, due, gaps, links
from digiwegweiser.exits import Exit
from digiwegweiser.german_help import GermanCommand, GermanGroup

catalog_app = typer.Typer(cls=GermanGroup, help="Den Katalog prüfen und pflegen.", rich_markup_mode=None)


def _command(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return catalog_app.command(name, cls=GermanCommand)


@_command("liste")
def list_entries(
    form: Annotated[str, option("--format", "FORM", "text oder json")] = "text",
    stichtag: AsOf = None,
    katalog: OwnFiles = None,
) -> None:
    """Alle Einträge mit Art, Stand und Gebiet auflisten."""
    known_format(form, LIST_FORMATS)
    write(load_adviser(katalog).render_list(day_of(stichtag), form), None)


@_command("pruefen")
def check(
    datei: Annotated[Path | None, typer.Argument(metavar="[DATEI]", help="Sonst der mitgelieferte")] = None,
    form: Annotated[str, option("--format", "FORM", "text oder json")] = "text",
    streng: Annotated[bool, typer.Option("--streng", help="Auch Hinweise gelten als Fehler")] = False,
    alle: Annotated[bool, typer.Option("--alle", help="Jeden Hinweis einzeln, nicht nur die ersten")] = False,
    stichtag: AsOf = None,
) -> int:
    """Einen Katalog prüfen: alle Fehler mit Datei, Zeile und Abhilfe."""
    known_format(form, LIST_FORMATS)
    as_of = day_of(stichtag)
    from digiwegweiser.core.fault import FaultyData, Severity
    from digiwegweiser.inspection import inspect

    try:
        found = inspect(datei, as_of)
    except FaultyData as error:
        raise unusable(error.faults) from None
    write(found.json() if form == "json" else found.text(alle), None)
    is_faulty = found.of(Severity.ERROR) or (streng and found.of(Severity.WARNING))
    return Exit.PARTLY if is_faulty else Exit.DONE


@_command("schema")
def schema(ausgabe: Output = None) -> None:
    """JSON-Schema, mit dem Editoren beim Schreiben helfen."""
    from digiwegweiser.inspection import schema_text

    write(schema_text(), ausgabe)


@_command("neu")
def new(ausgabe: Output = None) -> None:
    """Eine leere Vorlage für einen Eintrag, mit Erläuterungen."""
    from digiwegweiser.inspection import template_text

    write(template_text(), ausgabe)


for _name, _function in (("faellig", due), ("links", links), ("luecken", gaps), ("vergleich", compare)):
    _command(_name)(_function)
