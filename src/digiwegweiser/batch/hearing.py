"""Cells read by the readers of single answers: each distinct one once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from digiwegweiser.batch.texts import Texts
from digiwegweiser.core.reading import Reading
from digiwegweiser.intake.firm import Answers, FirmReader, Heard, combine

#: Cells kept from chunk to chunk; more would be memory without use.
CELLS_KEPT = 200_000
#: Between the needs of one firm while they are one text; no reader hears it.
_BETWEEN = "\x1f"
#: The attributes in the order in which answers are told.
ATTRIBUTES = Answers._fields

#: The name of the column with what was assumed.
NOTES = "hinweise"

Indices = npt.NDArray[Any]


class FaultyCell(NamedTuple):
    """What stands in a cell that cannot be used, and what to do."""

    value: str
    code: str
    message: str
    suggestion: str | None


class Cell(NamedTuple):
    """One distinct cell, read."""

    key: str = ""
    """The attribute that it stands under; empty for "not given"."""
    text: str = ""
    value: Any = None
    faults: tuple[FaultyCell, ...] = ()
    remark: str | None = None
    founded: int | None = None
    """The year of foundation that is mentioned beside the trade."""


class Line(NamedTuple):
    """One thing that cannot be used, with its place."""

    row: int
    key: str
    fault: FaultyCell


class Column(NamedTuple):
    """The cells of one attribute in a chunk."""

    cells: list[Cell]
    """Each distinct one; the first is "not given"."""
    at: Indices
    """For each row its cell."""

    def each(self, of: Callable[[Any], int]) -> Indices:
        """For each row a number that depends on what its cell says."""
        values = (cell.value for cell in self.cells)
        return np.fromiter(map(of, values), dtype=np.int32, count=len(self.cells))[self.at]


class Hearing:
    """Reads chunks of cells, and remembers them."""

    def __init__(self, reader: FirmReader, texts: Texts, this_year: int) -> None:
        self._reader, self._texts, self._this_year = reader, texts, this_year
        self._heard: dict[tuple[str, str], Heard] = {}
        self._cells: dict[str, dict[str, Cell]] = {key: {} for key in ATTRIBUTES}

    def columns(self, firms: pl.DataFrame) -> Mapping[str, Column]:
        """The columns of a chunk by attribute; those that it lacks are not given in any row."""
        if len(self._heard) > CELLS_KEPT:
            self._heard.clear()
        for kept in self._cells.values():
            if len(kept) > CELLS_KEPT:
                kept.clear()
        columns = {key: self._column(key, firms) for key in ATTRIBUTES}
        return {**columns, "founded": _founded(columns["founded"], columns["trade"])}

    def _column(self, key: str, firms: pl.DataFrame) -> Column:
        if key not in firms.columns:
            return Column([Cell()], np.zeros(firms.height, dtype=np.int32))
        texts = firms[key].list.join(_BETWEEN) if key == "needs" else firms[key]
        distinct = texts.drop_nulls().unique().to_list()
        known = self._cells[key]
        for text in distinct:
            if text not in known:
                known[text] = self._read(key, text)
        cells = [Cell(), *map(known.__getitem__, distinct)]
        numbers = [number if cell.key else 0 for number, cell in enumerate(cells)]
        at = texts.replace_strict(distinct, numbers[1:], default=0, return_dtype=pl.Int32)
        return Column(cells, at.to_numpy())

    def _read(self, key: str, text: str) -> Cell:
        parts = text.split(_BETWEEN) if key == "needs" else [text]
        heard = tuple(self._hear(key, part) for part in parts if part.strip())
        if not heard:
            return Cell()
        told, texts = combine({key: heard}), self._texts
        faults = [self._fault(key, reading) for key, reading in told.problems()]
        remarks = [texts.remark(key, reading) for key, reading in told.remarks()]
        if key == "needs":
            shown = "; ".join(part.strip() for part in parts)
            for conflict in self._reader.conflicts(told, self._this_year):
                words = texts.conflict(conflict.kind, conflict.values)
                if conflict.is_impossible:
                    faults.append(FaultyCell(shown, conflict.kind.value, words, None))
                else:
                    remarks.append(words)
        if told.firm.emergency is not None:
            remarks.append(texts.emergency(told.firm.emergency))
        founded = told.firm.founded if key == "trade" else None
        return Cell(key, text, getattr(told.firm, key), tuple(faults), " ".join(remarks) or None, founded)

    def _hear(self, key: str, text: str) -> Heard:
        found = self._heard.get((key, text))
        if found is None:
            found = self._reader.hear(key, text, self._this_year)
            if key == "needs":
                # Lists of needs share their parts; other cells are remembered as a whole.
                self._heard[key, text] = found
        return found

    def _fault(self, key: str, reading: Reading[Any]) -> FaultyCell:
        code = "ambiguous" if reading.candidates else "not_understood"
        return FaultyCell(reading.text, code, *self._texts.fault(key, reading))


def _founded(founded: Column, trade: Column) -> Column:
    """The years of foundation; where none is stated, those that are mentioned beside the trade."""
    mentioned = [cell._replace(value=cell.founded, faults=(), remark=None) for cell in trade.cells]
    offset = [0 if cell.value is None else len(founded.cells) + number for number, cell in enumerate(mentioned)]
    beside = np.array(offset, dtype=np.int32)[trade.at]
    return Column([*founded.cells, *mentioned], np.where(founded.at == 0, beside, founded.at))


def faults_in(columns: Mapping[str, Column]) -> Iterator[Line]:
    """Everything that cannot be used in cells by themselves."""
    for key, column in columns.items():
        is_faulty = np.array([bool(cell.faults) for cell in column.cells])[column.at]
        for row in np.flatnonzero(is_faulty).tolist():
            yield from (Line(row, key, fault) for fault in column.cells[column.at[row]].faults)


def fault_table(lines: Iterable[Line]) -> pl.DataFrame:
    """A line for each thing that cannot be used, by row."""
    names = ["row", "key", *FaultyCell._fields]
    schema = {name: pl.UInt32 if name == "row" else pl.String for name in names}
    told = [(line.row, line.key, *line.fault) for line in sorted(lines, key=lambda line: line.row)]
    return pl.DataFrame(told, schema=schema, orient="row")


def remarks(columns: Mapping[str, Column], more: Mapping[int, str], rows: Indices) -> pl.Series:
    """What was assumed in these rows, with what more there is to say of some; null where nothing is."""
    told = [
        pl.Series(key, [cell.remark for cell in column.cells], dtype=pl.String).gather(column.at)
        for key, column in columns.items()
        if any(cell.remark for cell in column.cells)
    ]
    every = pl.Series("row", np.arange(len(columns["place"].at)), dtype=pl.UInt32)
    odd = pl.DataFrame(list(more.items()), schema={"row": pl.UInt32, "odd": pl.String}, orient="row")
    table = pl.DataFrame([every, *told]).join(odd, on="row", how="left", maintain_order="left")[rows]
    joined = table.select(pl.concat_str(pl.exclude("row"), separator=" ", ignore_nulls=True).alias(NOTES))
    return joined.select(pl.when(pl.col(NOTES) != "").then(NOTES)).to_series()
