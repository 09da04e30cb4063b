"""Long CSV texts, block by block.

Lines that are plainly one record of the right width, which is nearly all, are read together by polars; each of the
others is read by itself, with the lines that it goes on in.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple, TextIO

import numpy as np
import polars as pl

from digiwegweiser.batch.chunk import text_column
from digiwegweiser.batch.problems import BatchProblem, Problem, RowCode, RowFault
from digiwegweiser.batch.records import FILLED, LONGEST_CELL, MOST_LINES, First, first_record, is_blank

BLOCK = 1 << 22
LONGEST_LINE = 1 << 24
SHOWN = 80
LINE = "\0line"
"""The name of the column of line numbers, which no header can have."""
_QUOTED = r'"(?:[^"]|"")*"'


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
        self._line, self._rest = 1, ""
        mark = re.escape(separator)
        cell = rf'(?:[^"{mark}]*|{_QUOTED})'
        self._sound, self._filled = rf"^{cell}(?:{mark}{cell})*$", rf'[{FILLED}&&[^"{mark}]]'

    def read(self, text: str, is_last: bool) -> Rows:
        """The rows of a block; a record that may go on in the next one is kept for then."""
        raw = _lines(self._rest + text)
        lines = raw.str.strip_suffix("\r")
        is_plain = self._is_plain(lines)
        singles = _Singles(self._names)
        end, read_singly = self._read_singly(raw, is_plain, is_last, singles)
        together = is_plain & ~read_singly & (pl.int_range(len(lines), eager=True) < end)
        tables = [self._parse(lines.filter(together), together.arg_true() + self._line), singles.table()]
        self._line += end
        self._rest = "".join(f"{line}\n" for line in raw.slice(end))
        return Rows(pl.concat(tables).sort(LINE), singles.faults)

    def _is_plain(self, lines: pl.Series) -> pl.Series:
        """Which lines are one record of the right width that is not blank, whatever stands around them."""
        is_quoted = lines.str.contains('"', literal=True)
        bare = lines.str.replace_all(_QUOTED, "") if is_quoted.any() else lines
        is_wide = bare.str.count_matches(self._separator, literal=True) == len(self._names) - 1
        fits = is_wide & lines.str.contains(self._filled) & (lines.str.len_bytes() < LONGEST_CELL)
        return fits & (~is_quoted | lines.str.contains(self._sound))

    def _read_singly(
        self, lines: pl.Series, is_plain: pl.Series, is_last: bool, singles: "_Singles"
    ) -> tuple[int, pl.Series]:
        """Reads what is not plain, and all above the first row; where the rest begins, and which lines were read."""
        others, taken = (~is_plain).arg_true().to_list(), np.zeros(len(lines), dtype=np.bool_)
        place = 0
        while place < len(lines):
            if not self._to_skip:
                next_one = bisect_left(others, place)
                if next_one == len(others):
                    break
                place = others[next_one]
            ahead = [f"{line}\n" for line in lines.slice(place, MOST_LINES + 1)]
            found = first_record(ahead, self._separator)
            if found.code is RowCode.OPEN_QUOTE and len(ahead) <= MOST_LINES and not is_last:
                return place, pl.Series(taken)
            taken[place : place + found.lines] = True
            if found.cells is None or not is_blank(found.cells):
                self._keep(self._line + place, found, ahead[0], singles)
            place += found.lines
        return len(lines), pl.Series(taken)

    def _keep(self, line: int, found: First, text: str, singles: "_Singles") -> None:
        if found.cells is None:
            singles.faults.append(RowFault(line, None, text[:SHOWN].strip(), found.code or RowCode.BROKEN_LINE))
        elif self._to_skip:
            self._to_skip -= 1
        else:
            singles.add(line, found.cells)

    def _parse(self, lines: pl.Series, numbers: pl.Series) -> pl.DataFrame:
        """Plain lines as cells."""
        schema = dict.fromkeys(self._names, pl.String)
        if lines.is_empty():
            return pl.DataFrame(schema={LINE: pl.Int64, **schema})
        cells = pl.read_csv(
            lines.str.join("\n").item().encode("utf-8"),
            has_header=False,
            separator=self._separator,
            schema=schema,
            empty_string_is_null=False,
        )
        return cells.insert_column(0, numbers.cast(pl.Int64).alias(LINE))


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


def _lines(text: str) -> pl.Series:
    """The lines without their ends."""
    if not text:
        return pl.Series([], dtype=pl.String)
    return pl.Series([text.removesuffix("\n")], dtype=pl.String).str.split("\n").explode()
