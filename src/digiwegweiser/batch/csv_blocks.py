"""Long CSV texts, block by block.

Lines that are plainly one record of the right width, which is nearly all, are read together by polars; each of the
others is read by itself, with the lines that it goes on in.
"""

import re
from bisect import bisect_left
from codecs import BOM_UTF8
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple, TextIO

import numpy as np
import numpy.typing as npt
import polars as pl

from digiwegweiser.batch.chunk import text_column
from digiwegweiser.batch.problems import BatchProblem, Problem, RowCode, RowFault
from digiwegweiser.batch.records import FILLED, LONGEST_CELL, MOST_LINES, First, first_record, is_blank

BLOCK = 1 << 22
LONGEST_LINE = 1 << 24
SHOWN = 80
LINE = "\0line"
"""The name of the column of line numbers, which no header can have."""
QUOTE, LF, CR = b'"\n\r'

Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def text_blocks(stream: TextIO) -> Iterator[tuple[str, bool]]:
    """Whole lines without NULs, each with its end, and whether they are the last; single CRs become LFs.

    Raises BatchProblem if there are no line ends to speak of.
    """
    rest, number = "", 1
    while block := stream.read(BLOCK):
        block = (rest + block).replace("\0", "")
        # Half an end stays for the next block.
        block, half = (block[:-1], "\r") if block.endswith("\r") else (block, "")
        if "\r" in block and block.count("\r") != block.count("\r\n"):
            block = re.sub("\r(?!\n)", "\n", block)
        cut = block.rfind("\n") + 1
        if cut:
            yield block[:cut], False
            number += block.count("\n")
        rest = block[cut:] + half
        if len(rest) >= LONGEST_LINE:
            raise BatchProblem(Problem.LINE_TOO_LONG, line=number)
    yield rest.replace("\r", "\n"), True


class Rows(NamedTuple):
    """Some rows in their order, and what is none."""

    table: pl.DataFrame
    """Line numbers and cells; of a record over several lines the first."""
    faults: list[RowFault]


class CsvBlocks:
    """Reads the blocks of one text in turn."""

    def __init__(self, separator: str, names: tuple[str, ...], to_skip: int) -> None:
        """`to_skip` records that are not blank stand above the first row."""
        self._separator, self._names, self._to_skip = separator, names, to_skip
        self._line, self._rest = 1, b""

    def read(self, text: str, is_last: bool) -> Rows:
        """The rows of a block; a record that may go on in the next one is kept for then."""
        data = self._rest + text.encode("utf-8")
        if data and not data.endswith(b"\n"):
            data += b"\n"
        starts, is_plain = self._lines(data)
        singles = _Singles(self._names)
        end, read_singly = self._read_singly(data, starts, is_plain, is_last, singles)
        together = is_plain & ~read_singly
        together[end:] = False
        rows = self._parse(data, starts, together)
        if (others := singles.table()).height:
            rows = pl.concat([rows, others]).sort(LINE)
        self._line += end
        self._rest = data[starts[end] :]
        return Rows(rows, singles.faults)

    def _lines(self, data: bytes) -> tuple[Places, Flags]:
        """Where lines begin, and the last one ends; which are one record of the right width, whatever stands around."""
        letters, separator = np.frombuffer(data, np.uint8), ord(self._separator)
        is_mark = (letters == QUOTE) | (letters == separator) | (letters == LF) | (letters == CR)
        places = np.flatnonzero(is_mark)
        marks = letters[places]
        is_quote, ends = marks == QUOTE, np.flatnonzero(marks == LF)
        is_open = _by_line(is_quote, ends) % 2 == 1
        turns = is_quote.copy()
        # What is not closed must not turn the lines below inside out.
        turns[ends] = is_open
        is_inside = np.logical_xor.accumulate(turns)
        is_wide = _by_line((marks == separator) & ~is_inside, ends) == len(self._names) - 1
        starts = np.append(0, places[ends] + 1)
        is_plain = is_wide & ~is_open & (np.diff(starts) < LONGEST_CELL)
        # Outside of a quoted cell a separator or an end is next to its marks, and to a mark in it another one.
        quotes = np.flatnonzero(is_quote)
        is_stray = ~is_mark[places[quotes] + np.where(is_inside[quotes], -1, 1)]
        is_plain[np.searchsorted(ends, quotes[is_stray])] = False
        return starts, is_plain

    def _read_singly(
        self, data: bytes, starts: Places, is_plain: Flags, is_last: bool, singles: "_Singles"
    ) -> tuple[int, Flags]:
        """Reads what is not plain, and all above the first row; where the rest begins, and which lines were read."""
        others, taken = np.flatnonzero(~is_plain).tolist(), np.zeros(len(is_plain), dtype=np.bool_)
        place = 0
        while place < len(taken):
            if not self._to_skip:
                next_one = bisect_left(others, place)
                if next_one == len(others):
                    break
                place = others[next_one]
            bounds = starts[place : place + MOST_LINES + 2].tolist()
            ahead = [data[start:end].decode("utf-8") for start, end in pairwise(bounds)]
            found = first_record(ahead, self._separator)
            if found.code is RowCode.OPEN_QUOTE and len(ahead) <= MOST_LINES and not is_last:
                return place, taken
            taken[place : place + found.lines] = True
            if found.cells is None or not is_blank(found.cells):
                self._keep(self._line + place, found, ahead[0], singles)
            place += found.lines
        return len(taken), taken

    def _keep(self, line: int, found: First, text: str, singles: "_Singles") -> None:
        if found.cells is None:
            singles.faults.append(RowFault(line, None, text[:SHOWN].strip(), found.code or RowCode.BROKEN_LINE))
        elif self._to_skip:
            self._to_skip -= 1
        else:
            singles.add(line, found.cells)

    def _parse(self, data: bytes, starts: Places, together: Flags) -> pl.DataFrame:
        """Those of the lines, all of them plain, that are not blank, as cells."""
        schema = dict.fromkeys(self._names, pl.String)
        if not together.any():
            return pl.DataFrame(schema={LINE: pl.Int64, **schema})
        runs = np.flatnonzero(np.diff(together, prepend=False, append=False))
        cells = pl.read_csv(
            # Polars takes one mark of UTF-8 from the front, so that a line that begins with another one keeps it.
            b"".join([BOM_UTF8, *(data[start:end] for start, end in starts[runs].reshape(-1, 2).tolist())]),
            has_header=False,
            separator=self._separator,
            schema=schema,
            empty_string_is_null=False,
        )
        numbers = np.flatnonzero(together) + self._line
        return self._filled(cells.insert_column(0, pl.Series(LINE, numbers, dtype=pl.Int64)))

    def _filled(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Those that are not blank; as nearly all have something in their first cells, the others are seldom read."""
        blank = pl.int_range(rows.height, eager=True)
        for name in self._names:
            blank = blank.filter(~rows[name].gather(blank).str.contains(FILLED))
            if blank.is_empty():
                return rows
        return rows.filter(~pl.int_range(rows.height, eager=True).is_in(blank.implode()))


class _Singles:
    """Rows that were read one at a time: what is missing at the end is empty, what is too much is a fault."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names
        self._lines: list[int] = []
        self._cells: list[list[str]] = []
        self.faults: list[RowFault] = []

    def add(self, line: int, cells: list[str]) -> None:
        """Takes a record."""
        width = len(self._names)
        if not is_blank(cells[width:]):
            surplus = " ".join(" ".join(cells[width:]).split())
            self.faults.append(RowFault(line, None, surplus[:SHOWN], RowCode.TOO_MANY_CELLS))
            return
        self._lines.append(line)
        self._cells.append((cells + [""] * (width - len(cells)))[:width])

    def table(self) -> pl.DataFrame:
        """All rows."""
        columns = zip(*self._cells, strict=True) if self._cells else ((),) * len(self._names)
        texts = (text_column(name, cells) for name, cells in zip(self._names, columns, strict=True))
        return pl.DataFrame([pl.Series(LINE, self._lines, dtype=pl.Int64), *texts])


def _by_line(is_counted: Flags, ends: Places) -> npt.NDArray[np.int32]:
    """How many there are up to each of the ends, from the one before."""
    return np.diff(np.cumsum(is_counted, dtype=np.int32)[ends], prepend=np.int32(0))
