"""A table read piece by piece: what every form of input has in common."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

import polars as pl

from digiwegweiser.batch.dialect import Letters
from digiwegweiser.batch.inputs import InForm
from digiwegweiser.batch.problems import BatchProblem, Problem, RowFault

MOST_COLUMNS = 16_384
CHUNK_ROWS = 40_000
#: Wide tables come in fewer rows at a time, so that a chunk has about the same size.
_CHUNK_CELLS = 4_000_000
_FEWEST_ROWS = 100


class About(NamedTuple):
    """What was found out about an input."""

    form: InForm
    is_gzip: bool
    names: tuple[str, ...]
    """One for each column, each once."""
    rows: int
    """About how many, by the beginning."""
    letters: Letters | None = None
    separator: str | None = None
    has_header: bool = True
    rows_above: int = 0
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()


class Chunk(NamedTuple):
    """Some rows in the order of the source; faulty ones are only in `faults`."""

    frame: pl.DataFrame
    lines: pl.Series
    """For each row the line it begins in, counted from 1."""
    faults: tuple[RowFault, ...] = ()


class Source(Protocol):
    """A table that is read once from its beginning to its end."""

    about: About

    def chunks(self, rows: int | None = None) -> Iterator[Chunk]:
        """The rows, so many at a time. Raises BatchProblem, OSError."""

    def progress(self) -> float:
        """How much has been read, from 0 to 1."""


def chunk_rows(columns: int, rows: int | None = None) -> int:
    """How many rows a chunk has."""
    return rows or min(CHUNK_ROWS, max(_FEWEST_ROWS, _CHUNK_CELLS // max(columns, 1)))


def checked_width(columns: int) -> int:
    """The number of columns. Raises BatchProblem if there are none or too many."""
    if columns == 0:
        raise BatchProblem(Problem.EMPTY, name="")
    if columns > MOST_COLUMNS:
        raise BatchProblem(Problem.TOO_MANY_COLUMNS, count=columns, most=MOST_COLUMNS)
    return columns


def text_column(name: str, cells: Sequence[str | None]) -> pl.Series:
    """A column of text; halves of letters, which no file can hold, become question marks."""
    try:
        return pl.Series(name, cells, dtype=pl.String)
    except UnicodeEncodeError:
        whole = [cell if cell is None else cell.encode("utf-8", "replace").decode("utf-8") for cell in cells]
        return pl.Series(name, whole, dtype=pl.String)


def line_numbers(lines: Sequence[int]) -> pl.Series:
    """The column of line numbers."""
    return pl.Series("line", lines, dtype=pl.Int64)
