"""Where nothing helps, as a table for people, as CSV and as JSON."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from digiwegweiser.core.gaps import GROUPS, OTHER, Row
from digiwegweiser.core.vocabulary import LAND_NAMES, TradeGroup, land_of
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.page import Block, Cell, Grid, Heading, Item, Paragraph, Tone
from digiwegweiser.render.wording import GROUPS as GROUP_NAMES
from digiwegweiser.render.wording import day

_FINE = "·"
_COLUMNS = (
    ("place", "Schlüssel"), ("name", "Gebiet"), ("need", "Bedarf"), ("need_label", "Bedarf in Worten"),
    ("group", "Gruppe"), ("group_label", "Gruppe in Worten"), ("offers", "Angebote"), ("local", "davon örtlich"),
    ("free", "kostenfrei"), ("local_free", "örtlich und kostenfrei"), ("subsidised", "bezuschusst"),
    ("interest", "mit Zinsen"), ("paid", "kostenpflichtig"), ("unsure", "unsicher"), ("kreise", "Kreise"),
    ("without_local", "Kreise ohne Örtliches"), ("without_free", "Kreise ohne Kostenfreies"),
)  # fmt: skip
_LEGEND = (
    ("3", "für 3 der 8 Gruppen (sieben Gewerbegruppen, übrige Branchen) gibt es nichts Örtliches"),
    ("3!", "… und für mindestens eine gar nichts Kostenfreies"),
    (_FINE, "für jede Gruppe etwas Örtliches und etwas Kostenfreies"),
)
_COUNTED = (
    "Gezählt wird, was am Stichtag sicher läuft, für den Bedarf gemacht ist oder ihn auch abdeckt und einem kleinen "
    "Betrieb (8 Beschäftigte) sicher offensteht; örtlich ist, was enger gilt als bundesweit. Es zählt das Gewerk, das "
    "am schlechtesten dran ist{}. Alle Zahlen: --format csv."
)
_IN_A_LAND = ", im Kreis, der am schlechtesten dran ist"


class Table(NamedTuple):
    """The rows of a table, and whether their places are Kreise."""

    rows: Sequence[Row]
    is_by_kreis: bool
    as_of: date


class _Lack(NamedTuple):
    """How many groups have nothing local, and how many nothing free."""

    local: int
    free: int


def gaps_page(table: Table, words: Lexicon) -> Iterator[Block]:
    """For each place and need, how many trade groups lack something."""
    yield Heading("Lücken im Katalog", 1, f"Stand {day(table.as_of)}")
    yield Paragraph(_COUNTED.format("" if table.is_by_kreis else _IN_A_LAND))
    yield from (Item(mark, text) for mark, text in _LEGEND)
    needs = list(dict.fromkeys(row.need for row in table.rows))
    lacks = _lacks(table.rows)
    if table.is_by_kreis:
        yield from _kreis_grids(needs, lacks, words)
    else:
        yield _land_grid(needs, lacks, words)


def _lacks(rows: Iterable[Row]) -> Mapping[tuple[str, str], _Lack]:
    """What is lacking by place and need."""
    found: dict[tuple[str, str], _Lack] = {}
    for row in rows:
        before = found.get((row.place, row.need), _Lack(0, 0))
        found[row.place, row.need] = _Lack(before.local + (row.counts.local == 0), before.free + (row.counts.free == 0))
    return found


def _cell(lack: _Lack) -> Cell:
    if lack.free:
        return Cell(f"{max(lack)}!", Tone.WARNING)
    return Cell(str(lack.local), Tone.STRONG) if lack.local else Cell(_FINE, Tone.QUIET)


def _land_grid(needs: Sequence[str], lacks: Mapping[tuple[str, str], _Lack], words: Lexicon) -> Grid:
    """Needs by Land."""
    laender = [land for land in LAND_NAMES if (land, needs[0]) in lacks]
    rows = [
        (Cell(label), *(_cell(lacks[land, need]) for land in laender))
        for need, label in zip(needs, words.need_labels(needs), strict=True)
    ]
    return Grid(("", *(land.removeprefix("DE-") for land in laender)), tuple(rows))


def _kreis_grids(needs: Sequence[str], lacks: Mapping[tuple[str, str], _Lack], words: Lexicon) -> Iterator[Block]:
    """Kreise by need, a grid for each Land; the needs are numbered, because there is no room for names."""
    yield Heading("Bedarfe", 2)
    yield from (Item(str(at), label) for at, label in enumerate(words.need_labels(needs), 1))
    kreise = list(dict.fromkeys(place for place, _ in lacks))
    for land, name in LAND_NAMES.items():
        own = [kreis for kreis in kreise if land_of(kreis) == land]
        if own:
            yield Heading(name, 2)
            rows = ((Cell(words.kreise.get(k, k)), *(_cell(lacks[k, need]) for need in needs)) for k in own)
            yield Grid(("", *(str(at) for at in range(1, len(needs) + 1))), tuple(rows))


def gaps_csv(table: Table, words: Lexicon) -> str:
    """Every cell with all its counts, separated by semicolons as German spreadsheets expect."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(title for _, title in _COLUMNS)
    for row in table.rows:
        view = _view(row, words)
        writer.writerow(view[key] for key, _ in _COLUMNS)
    return out.getvalue()


def gaps_json(table: Table, words: Lexicon) -> str:
    """Every cell with all its counts."""
    view = {
        "as_of": table.as_of.isoformat(),
        "by": "kreis" if table.is_by_kreis else "land",
        "cells": [_view(row, words) for row in table.rows],
    }
    return json.dumps(view, ensure_ascii=False) + "\n"


def _view(row: Row, words: Lexicon) -> dict[str, Any]:
    return {
        "place": row.place,
        "name": LAND_NAMES.get(row.place) or words.kreise.get(row.place, row.place),
        "need": row.need,
        "need_label": words.needs.get(row.need, row.need),
        "group": row.group,
        "group_label": _GROUP_LABELS[row.group],
        **row.counts._asdict(),
        "kreise": row.kreise,
        "without_local": row.without_local,
        "without_free": row.without_free,
    }


_GROUP_LABELS = {group: "übrige Branchen" if group == OTHER else GROUP_NAMES[TradeGroup(group)] for group in GROUPS}
