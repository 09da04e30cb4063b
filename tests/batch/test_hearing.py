"""What is kept of cells from chunk to chunk changes how often they are read, never what is said of them."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from digiwegweiser.app import Adviser
from digiwegweiser.batch import hearing
from digiwegweiser.batch.cells import Answer, answers
from digiwegweiser.batch.columns import recognise
from digiwegweiser.batch.hearing import Cell, Cells
from digiwegweiser.batch.matched import Matched

DAY = date(2026, 11, 22)
CHUNKS = [
    pl.DataFrame({"place": ["Köln", None, "Kölnn"], "trade": ["Bäckerei, gegründet 2017", "Maurer", None]}),
    pl.DataFrame({"place": ["Soest"], "trade": ["Tischlerei, gegründet 2031"], "founded": [None], "needs": [["Shop"]]}),
    pl.DataFrame({"place": ["Nirgendheim", "Köln"], "founded": ["2030", "1999"], "needs": [["Shop", "Webseite"], []]}),
    pl.DataFrame({"place": ["Köln", "Soest"], "trade": ["Bäckerei, gegründet 2017"] * 2, "founded": ["1100", None]}),
]


def of_places(*headers: str) -> Answer:
    return answers(recognise(headers, {}))["place"]


def table(*places: str | None) -> pl.DataFrame:
    return pl.DataFrame({"Ort": places}, schema={"Ort": pl.String})


TOWN = of_places("Ort")


def test_a_cell_is_read_once_and_keeps_its_number() -> None:
    read: list[str] = []

    def as_read(text: str) -> Cell:
        read.append(text)
        return Cell("place", text)

    cells = Cells(as_read)
    first = cells.numbers(table("a", None, "b", "a"), TOWN).tolist()
    again = cells.numbers(table("b", "c", "a", None), TOWN).tolist()
    assert sorted(read) == ["a", "b", "c"]
    assert first[0] == first[3] == again[2]
    assert first[1] == again[3] == 0
    assert [cells[number].text for number in again[:3]] == ["b", "c", "a"]


def test_what_reads_as_nothing_is_not_given() -> None:
    cells = Cells(lambda text: Cell())
    assert cells.numbers(table("§", None), TOWN).tolist() == [0, 0]
    assert len(cells) == 1


def test_cells_that_say_the_same_have_one_number() -> None:
    """In other columns, too, that a later table has."""
    cells = Cells(lambda text: Cell("place", text))
    first = cells.numbers(table("Köln", " Köln ", "-", "", "50667 Köln"), TOWN).tolist()
    parted = pl.DataFrame({"PLZ": ["50667", None, "K.A.", "50667"], "Ort": ["Köln", "Köln", "?", None]})
    then = cells.numbers(parted, of_places("PLZ", "Ort")).tolist()
    assert first[0] == first[1] == then[1]
    assert first[4] == then[0]
    assert first[2] == first[3] == then[2] == 0
    assert cells[then[3]].text == "50667"


def test_cells_are_known_again_before_anything_is_made_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    told = Answer.told
    monkeypatch.setattr(Answer, "told", lambda self, cells: made.append(cells.height) or told(self, cells))
    cells = Cells(lambda text: Cell("place", text))
    for town in ("b", "c", "c"):
        cells.numbers(table("a", town, "a", None), TOWN)
    assert made == [3, 1]


@pytest.mark.parametrize("town", ["Köln", "-"])
def test_cells_are_full_of_what_they_have_been_given(town: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether or not anything came of it."""
    monkeypatch.setattr(hearing, "CELLS_KEPT", 3)
    cells = Cells(lambda text: Cell("place", text))
    cells.numbers(table(*(town + " " * many for many in range(3))), TOWN)
    assert not cells.is_full
    cells.numbers(table(town + "\t"), TOWN)
    assert cells.is_full


def test_what_follows_from_a_cell_is_asked_once() -> None:
    cells, asked = Cells(lambda text: Cell("trade", text)), []

    def length(cell: Cell) -> int:
        asked.append(cell.text)
        return len(cell.text)

    for text in ("a", "bbb"):
        number = cells.numbers(table(text), TOWN)[0]
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
    told = [said(engine.match(chunk, answers(recognise(chunk.columns, {})), 3)) for chunk in CHUNKS]
    assert told == [
        said(adviser.engine(DAY).match(chunk, answers(recognise(chunk.columns, {})), 3)) for chunk in CHUNKS
    ]
    assert any(faults for faults, _, _ in told)
    assert any(any(notes) for _, notes, _ in told)
