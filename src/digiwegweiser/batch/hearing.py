"""Cells read by the readers of single answers: each distinct one once."""

from collections.abc import Callable, Iterator, Mapping
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

Indices = npt.NDArray[np.int32]


class FaultyCell(NamedTuple):
    """What stands in a cell that cannot be used, and what to do."""

    value: str
    code: str
    message: str
    suggestion: str | None


class Cell(NamedTuple):
    """One distinct cell, read."""

    value: Any = None
    faults: tuple[FaultyCell, ...] = ()
    remark: str | None = None
    founded: int | None = None
    """The year of foundation that the cell mentions by the way."""


class Column(NamedTuple):
    """The cells of one attribute in a chunk."""

    cells: list[Cell]
    """Each distinct one; the first is "not given"."""
    at: Indices
    """For each row its cell."""

    def each(self, of: Callable[[Cell], int]) -> Indices:
        """For each row a number that depends on its cell."""
        return np.fromiter(map(of, self.cells), dtype=np.int32, count=len(self.cells))[self.at]


class Hearing:
    """Reads chunks of cells, and remembers them."""

    def __init__(self, reader: FirmReader, texts: Texts, this_year: int) -> None:
        self._reader, self._texts, self._this_year = reader, texts, this_year
        self._heard: dict[tuple[str, str], Heard] = {}
        self._cells: dict[tuple[str, str], Cell] = {}

    def columns(self, firms: pl.DataFrame) -> Mapping[str, Column]:
        """The columns of a chunk by attribute; those that it lacks are not given in any row."""
        for kept in (self._heard, self._cells):
            if len(kept) > CELLS_KEPT:
                kept.clear()
        return {key: self._column(key, firms) for key in ATTRIBUTES}

    def _column(self, key: str, firms: pl.DataFrame) -> Column:
        if key not in firms.columns:
            return Column([Cell()], np.zeros(firms.height, dtype=np.int32))
        texts = firms[key].list.join(_BETWEEN) if key == "needs" else firms[key]
        distinct = texts.drop_nulls().unique().to_list()
        cells = [Cell(), *(self._cell(key, text) for text in distinct)]
        at = texts.replace_strict(distinct, range(1, len(cells)), default=0, return_dtype=pl.Int32)
        return Column(cells, at.to_numpy())

    def _cell(self, key: str, text: str) -> Cell:
        found = self._cells.get((key, text))
        if found is None:
            found = self._cells[key, text] = self._read(key, text)
        return found

    def _read(self, key: str, text: str) -> Cell:
        parts = text.split(_BETWEEN) if key == "needs" else [text]
        heard = tuple(self._hear(key, part) for part in parts if part.strip())
        if not heard:
            return Cell()
        told = combine({key: heard})
        remarks = [self._texts.remark(key, reading) for key, reading in told.remarks()]
        if told.firm.emergency is not None:
            remarks.append(self._texts.emergency(told.firm.emergency))
        return Cell(
            value=getattr(told.firm, key),
            faults=tuple(self._fault(key, reading) for key, reading in told.problems()),
            remark=" ".join(remarks) or None,
            founded=told.firm.founded if key == "trade" else None,
        )

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


def good_rows(columns: Mapping[str, Column]) -> npt.NDArray[np.intp]:
    """The rows of which every cell can be used."""
    faults = sum(column.each(lambda cell: len(cell.faults)) for column in columns.values())
    return np.flatnonzero(np.equal(faults, 0))


def fault_table(columns: Mapping[str, Column]) -> pl.DataFrame:
    """A line for each thing that cannot be used, by row, attributes in their order."""
    lines = sorted(_faults(columns), key=lambda line: line[0])
    names = ["row", "key", "value", "code", "message", "suggestion"]
    schema = {name: pl.UInt32 if name == "row" else pl.String for name in names}
    return pl.DataFrame(lines, schema=schema, orient="row")


def _faults(columns: Mapping[str, Column]) -> Iterator[tuple[Any, ...]]:
    for key, column in columns.items():
        for row in np.flatnonzero(column.each(lambda cell: bool(cell.faults))).tolist():
            for fault in column.cells[column.at[row]].faults:
                yield (row, key, *fault)


def remarks(columns: Mapping[str, Column]) -> pl.Series:
    """What was assumed in each row; null where nothing was."""
    told = [
        pl.Series(key, [cell.remark for cell in column.cells], dtype=pl.String).gather(column.at)
        for key, column in columns.items()
        if any(cell.remark for cell in column.cells)
    ]
    if not told:
        return pl.Series("hinweise", [None], dtype=pl.String).new_from_index(0, len(next(iter(columns.values())).at))
    joined = pl.DataFrame(told).select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True).alias("hinweise"))
    return joined.select(pl.when(pl.col("hinweise") != "").then("hinweise")).to_series()
