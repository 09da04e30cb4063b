"""Cells read by the readers of single answers: each distinct one once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from digiwegweiser.batch.cells import Answer
from digiwegweiser.batch.texts import Texts
from digiwegweiser.core.reading import Reading
from digiwegweiser.intake.firm import Answers, FirmReader, Heard, combine

#: Cells kept from chunk to chunk; more would be memory without use.
CELLS_KEPT = 200_000
#: Between the needs of one firm while they are one text; no reader hears it.
_BETWEEN = "\x1f"
#: No header can be called like this.
_NUMBER = "\0number"
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


class Cells:
    """The distinct cells of one attribute as they come; each keeps its number, and what follows from it."""

    def __init__(self, read: Callable[[str], Cell]) -> None:
        self._read = read
        self._known: list[Cell] = [Cell()]
        self._numbers: dict[str | None, int] = {None: 0}
        self._each: dict[Callable[[Cell], int], Indices] = {}
        # As they stand in the table, cells are known again before anything is made of them.
        self._answer: Answer | None = None
        self._rows = pl.DataFrame()

    def __len__(self) -> int:
        return len(self._known)

    def __getitem__(self, number: int) -> Cell:
        return self._known[number]

    @property
    def is_full(self) -> bool:
        """Whether more than enough is kept."""
        return max(len(self._known), len(self._numbers), self._rows.height) > CELLS_KEPT

    def numbers(self, frame: pl.DataFrame, answer: Answer) -> Indices:
        """For each row of a table the number of its cell, which is read if it is new; 0 is "not given"."""
        cells = answer.cells(frame)
        if answer is not self._answer:
            self._answer, self._rows = answer, cells.clear().with_columns(pl.lit(0, dtype=pl.Int32).alias(_NUMBER))
        found = _look_up(cells, self._rows)
        is_new = found.is_null()
        if is_new.any():
            new = cells.filter(is_new)
            each = new.unique()
            numbers = pl.Series(_NUMBER, map(self._number, _texts(answer.told(each))), dtype=pl.Int32)
            known = each.with_columns(numbers)
            self._rows = pl.concat([self._rows, known], rechunk=True)
            found = found.scatter(is_new.arg_true(), _look_up(new, known))
        return found.to_numpy()

    def _number(self, text: str | None) -> int:
        found = self._numbers.get(text)
        if found is None:
            cell = self._read(text or "")
            found = self._numbers[text] = self.add(cell) if cell.key else 0
        return found

    def add(self, cell: Cell) -> int:
        """The number of one more cell."""
        self._known.append(cell)
        return len(self._known) - 1

    def each(self, of: Callable[[Cell], int]) -> Indices:
        """By number what `of` says of each cell; it is asked once for each."""
        known = self._each.get(of, np.zeros(0, dtype=np.int32))
        if len(known) < len(self._known):
            more = np.fromiter(map(of, self._known[len(known) :]), dtype=np.int32)
            known = self._each[of] = np.concatenate([known, more])
        return known


class Column(NamedTuple):
    """The cells of one attribute in a chunk."""

    cells: Cells
    at: Indices
    """For each row the number of its cell."""

    def each(self, of: Callable[[Cell], int]) -> Indices:
        """For each row what `of` says of its cell."""
        return self.cells.each(of)[self.at]


class Hearing:
    """Reads chunks of cells, and remembers them."""

    def __init__(self, reader: FirmReader, texts: Texts, this_year: int) -> None:
        self._reader, self._texts, self._this_year = reader, texts, this_year
        # Lists of needs share their parts; other cells are remembered as a whole.
        self._heard: dict[str, Heard] = {}
        self._forget_cells()

    def columns(self, frame: pl.DataFrame, answers: Mapping[str, Answer]) -> Mapping[str, Column]:
        """The columns of a chunk by attribute; those that it lacks are not given in any row."""
        if len(self._heard) > CELLS_KEPT:
            self._heard.clear()
        if any(cells.is_full for cells in self._cells.values()):
            self._forget_cells()
        columns = {key: self._column(key, frame, answers.get(key)) for key in ATTRIBUTES}
        founded, trade = columns["founded"], columns["trade"]
        # Where no year is stated, that which is mentioned beside the trade counts.
        at = np.where(founded.at == 0, trade.each(self._mentioned), founded.at)
        return {**columns, "founded": Column(founded.cells, at)}

    def _forget_cells(self) -> None:
        # All at once, since cells of one attribute refer to those of another.
        self._cells = {key: Cells(partial(self._read, key)) for key in ATTRIBUTES}

    def _mentioned(self, trade: Cell) -> int:
        """The year of foundation beside a trade, as the number of a cell."""
        if trade.founded is None:
            return 0
        return self._cells["founded"].add(trade._replace(value=trade.founded, faults=(), remark=None))

    def _column(self, key: str, frame: pl.DataFrame, answer: Answer | None) -> Column:
        cells = self._cells[key]
        at = np.zeros(frame.height, dtype=np.int32) if answer is None else cells.numbers(frame, answer)
        return Column(cells, at)

    def _read(self, key: str, text: str) -> Cell:
        parts = text.split(_BETWEEN) if key == "needs" else [text]
        heard = tuple([self._hear(key, part) for part in parts if part.strip()])
        if not heard:
            return Cell()
        told, texts = combine({key: heard}), self._texts
        faults = [self._fault(key, reading) for key, reading in told.problems()]
        remarks = [texts.remark(key, reading) for key, reading in told.remarks()]
        if key == "needs":
            for conflict in self._reader.needs_at_odds(told.readings[key]):
                words = texts.conflict(conflict.kind, conflict.values)
                if conflict.is_impossible:
                    shown = "; ".join(part.strip() for part in parts)
                    faults.append(FaultyCell(shown, conflict.kind.value, words, None))
                else:
                    remarks.append(words)
        if told.firm.emergency is not None:
            remarks.append(texts.emergency(told.firm.emergency))
        founded = told.firm.founded if key == "trade" else None
        return Cell(key, text, getattr(told.firm, key), tuple(faults), " ".join(remarks) or None, founded)

    def _hear(self, key: str, text: str) -> Heard:
        if key != "needs":
            return self._reader.hear(key, text, self._this_year)
        found = self._heard.get(text)
        if found is None:
            found = self._heard[text] = self._reader.hear(key, text)
        return found

    def _fault(self, key: str, reading: Reading[Any]) -> FaultyCell:
        code = "ambiguous" if reading.candidates else "not_understood"
        return FaultyCell(reading.text, code, *self._texts.fault(key, reading))


def _look_up(cells: pl.DataFrame, rows: pl.DataFrame) -> pl.Series:
    return cells.join(rows, on=cells.columns, how="left", nulls_equal=True, maintain_order="left")[_NUMBER]


def _texts(told: pl.Series) -> list[str | None]:
    return (told.list.join(_BETWEEN) if told.dtype == pl.List else told).to_list()


def faults_in(columns: Mapping[str, Column]) -> Iterator[Line]:
    """Everything that cannot be used in cells by themselves."""
    for key, column in columns.items():
        for row in np.flatnonzero(column.each(_is_faulty)).tolist():
            yield from (Line(row, key, fault) for fault in column.cells[column.at[row]].faults)


def _is_faulty(cell: Cell) -> bool:
    return bool(cell.faults)


def _is_remarked(cell: Cell) -> bool:
    return cell.remark is not None


def fault_table(lines: Iterable[Line]) -> pl.DataFrame:
    """A line for each thing that cannot be used, by row."""
    names = ["row", "key", *FaultyCell._fields]
    schema = {name: pl.UInt32 if name == "row" else pl.String for name in names}
    told = [(line.row, line.key, *line.fault) for line in sorted(lines, key=lambda line: line.row)]
    return pl.DataFrame(told, schema=schema, orient="row")


def remarks(columns: Mapping[str, Column], more: Mapping[int, str], rows: Indices) -> pl.Series:
    """What was assumed in these rows, with what more there is to say of some; null where nothing is."""
    told = [_told(key, column) for key, column in columns.items() if column.each(_is_remarked).any()]
    every = pl.Series("row", np.arange(len(columns["place"].at)), dtype=pl.UInt32)
    odd = pl.DataFrame(list(more.items()), schema={"row": pl.UInt32, "odd": pl.String}, orient="row")
    table = pl.DataFrame([every, *told]).join(odd, on="row", how="left", maintain_order="left")[rows]
    joined = table.select(pl.concat_str(pl.exclude("row"), separator=" ", ignore_nulls=True).alias(NOTES))
    return joined.select(pl.when(pl.col(NOTES) != "").then(NOTES)).to_series()


def _told(key: str, column: Column) -> pl.Series:
    """The remark on the cell of each row."""
    is_told = column.each(_is_remarked) > 0
    numbers, at = np.unique(column.at[is_told], return_inverse=True)
    text_at = np.zeros(len(is_told), dtype=np.int32)
    text_at[is_told] = at + 1
    remarks = [None, *(column.cells[number].remark for number in numbers.tolist())]
    return pl.Series(key, remarks, dtype=pl.String).gather(text_at)
