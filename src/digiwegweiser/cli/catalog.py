"""The commands on the catalogue itself."""

from pathlib import Path
from typing import Annotated

import typer

from digiwegweiser.cli.inputs import load_adviser
from digiwegweiser.cli.options import LIST_FORMATS, AsOf, OwnFiles, day_of, known_format, option
from digiwegweiser.cli.output import write
from digiwegweiser.cli.upkeep import due
from digiwegweiser.exits import Exit
from digiwegweiser.german_help import GermanCommand, GermanGroup

catalog_app = typer.Typer(cls=GermanGroup, help="Den Katalog prüfen und auflisten.", rich_markup_mode=None)


@catalog_app.command("pruefen", cls=GermanCommand)
def check(
    datei: Annotated[Path | None, typer.Argument(metavar="[DATEI]", help="Sonst der mitgelieferte")] = None,
) -> None:
    """Einen Katalog prüfen: alle Fehler mit Datei, Zeile und Abhilfe."""
    adviser = load_adviser([datei] if datei else None, Exit.PARTLY, use_cache=False)
    count = sum(1 for offer in adviser.catalog.offers if datei is None or offer.origin is not None)
    typer.echo(f"{count} {'Eintrag' if count == 1 else 'Einträge'} geprüft, kein Fehler.")


@catalog_app.command("liste", cls=GermanCommand)
def list_entries(
    form: Annotated[str, option("--format", "FORM", "text oder json")] = "text",
    stichtag: AsOf = None,
    katalog: OwnFiles = None,
) -> None:
    """Alle Einträge mit Kürzel, Name, Art, Stand und Gebiet auflisten."""
    known_format(form, LIST_FORMATS)
    write(load_adviser(katalog).render_list(day_of(stichtag), form), None)


for _name, _command in (("faellig", due),):
    catalog_app.command(_name, cls=GermanCommand)(_command)
