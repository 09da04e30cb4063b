"""What is kept of cells from chunk to chunk changes how often they are read, never what is said of them."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from digiwegweiser.app import Adviser
from digiwegweiser.batch import hearing
from digiwegweiser.batch.hearing import Cell, Cells
from digiwegweiser.batch.matched import Matched

DAY = date(2026, 11, 22)
CHUNKS = [
    pl.DataFrame({"place": ["Köln", None, "Kölnn"], "trade": ["Bäckerei, gegründet 2017", "Maurer", None]}),
    pl.DataFrame({"place": ["Soest"], "trade": ["Tischlerei, gegründet 2031"], "founded": [None], "needs": [["Shop"]]}),
    pl.DataFrame({"place": ["Nirgendheim", "Köln"], "founded": ["2030", "1999"], "needs": [["Shop", "Webseite"], []]}),
    pl.DataFrame({"place": ["Köln", "Soest"], "trade": ["Bäckerei, gegründet 2017"] * 2, "founded": ["1100", None]}),
]


def texts(*cells: str | None) -> pl.Series:
    return pl.Series(cells, dtype=pl.String)


def test_a_cell_is_read_once_and_keeps_its_number() -> None:
    read: list[str] = []

    def as_read(text: str) -> Cell:
        read.append(text)
        return Cell("place", text)

    cells = Cells(as_read)
    first = cells.numbers(texts("a", None, "b", "a")).tolist()
    again = cells.numbers(texts("b", "c", "a", None)).tolist()
    assert sorted(read) == ["a", "b", "c"]
    assert first[0] == first[3] == again[2]
    assert first[1] == again[3] == 0
    assert [cells[number].text for number in again[:3]] == ["b", "c", "a"]


def test_what_reads_as_nothing_is_not_given() -> None:
    cells = Cells(lambda text: Cell())
    assert cells.numbers(texts(" ", None)).tolist() == [0, 0]
    assert len(cells) == 1


def test_what_follows_from_a_cell_is_asked_once() -> None:
    cells, asked = Cells(lambda text: Cell("trade", text)), []

    def length(cell: Cell) -> int:
        asked.append(cell.text)
        return len(cell.text)

    for text in ("a", "bbb"):
        number = cells.numbers(texts(text))[0]
        assert cells.each(length)[number] == len(text)
    assert asked == ["", "a", "bbb"]


def said(matched: Matched) -> tuple[list[Any], ...]:
    return matched.faults.rows(), matched.notes.to_list(), matched.wide().rows()


@pytest.mark.parametrize("kept", [hearing.CELLS_KEPT, 0])
def test_a_chunk_is_told_the_same_whatever_came_before(kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where all is forgotten before each chunk, with the years of foundation that trades mention."""
    monkeypatch.setattr(hearing, "CELLS_KEPT", kept)
    adviser = Adviser()
    engine = adviser.engine(DAY)
    told = [said(engine.match(chunk, 3)) for chunk in CHUNKS]
    assert told == [said(adviser.engine(DAY).match(chunk, 3)) for chunk in CHUNKS]
    assert any(faults for faults, _, _ in told)
    assert any(any(notes) for _, notes, _ in told)
