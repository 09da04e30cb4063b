"""The commands on the catalogue itself."""

from typing import Annotated

import typer

from digiwegweiser.cli.inputs import load_adviser
from digiwegweiser.cli.inspection import check, new, schema
from digiwegweiser.cli.options import LIST_FORMATS, AsOf, OwnFiles, day_of, known_format, option
from digiwegweiser.cli.output import write
from digiwegweiser.cli.upkeep import compare, due, gaps, links
from digiwegweiser.german_help import GermanCommand, GermanGroup

catalog_app = typer.Typer(cls=GermanGroup, help="Den Katalog prüfen und auflisten.", rich_markup_mode=None)


@catalog_app.command("liste", cls=GermanCommand)
def list_entries(
    form: Annotated[str, option("--format", "FORM", "text oder json")] = "text",
    stichtag: AsOf = None,
    katalog: OwnFiles = None,
) -> None:
    """Alle Einträge mit Kürzel, Name, Art, Stand und Gebiet auflisten."""
    known_format(form, LIST_FORMATS)
    write(load_adviser(katalog).render_list(day_of(stichtag), form), None)


for _name, _command in (
    ("pruefen", check),
    ("schema", schema),
    ("neu", new),
    ("faellig", due),
    ("links", links),
    ("luecken", gaps),
    ("vergleich", compare),
):
    catalog_app.command(_name, cls=GermanCommand)(_command)
