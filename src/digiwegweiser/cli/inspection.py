"""The commands with which entries are written and checked: `pruefen`, `schema`, `neu`."""

from pathlib import Path
from typing import Annotated

import typer

from digiwegweiser.cli.inputs import unusable
from digiwegweiser.cli.options import LIST_FORMATS, AsOf, day_of, known_format, option
from digiwegweiser.cli.output import write
from digiwegweiser.exits import Exit


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


def schema(
    ausgabe: Annotated[Path | None, option("--ausgabe", "DATEI", "In diese Datei statt auf den Bildschirm")] = None,
) -> None:
    """JSON-Schema eines Katalogs, mit dem Editoren beim Schreiben helfen und prüfen."""
    from digiwegweiser.inspection import schema_text

    write(schema_text(), ausgabe)


def new(
    ausgabe: Annotated[Path | None, option("--ausgabe", "DATEI", "In diese Datei statt auf den Bildschirm")] = None,
) -> None:
    """Eine leere Vorlage für einen Eintrag, mit Erläuterungen."""
    from digiwegweiser.inspection import template_text

    write(template_text(), ausgabe)
