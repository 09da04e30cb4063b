"""The records of a CSV text, one at a time; a quotation mark that is never closed costs one row."""

import csv
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from digiwegweiser.batch.problems import RowCode

#: A cell with more line breaks has lost its closing mark.
MOST_LINES = 100
LONGEST_CELL = 1 << 20
FILLED = r"[^\s\x1c-\x1f]"
"""What a record needs to be a row, for the expressions of Python and of polars, which does not count the four
separators of ASCII among the blank characters."""


class First(NamedTuple):
    """The record at the beginning of some lines."""

    cells: list[str] | None
    """None where it is none."""
    code: RowCode | None
    lines: int
    """How many it takes; of what is no record one."""


def first_record(lines: Sequence[str], separator: str) -> First:
    """The first record of at least one line; what does not end within the lines is none."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, delimiter=separator)
    try:
        cells = next(reader)
    except csv.Error:
        return First(None, RowCode.BROKEN_LINE if reader.line_num == 1 else RowCode.OPEN_QUOTE, 1)
    taken = reader.line_num
    if (taken > 1 or taken == len(lines)) and not _is_sound(lines[:taken], separator):
        return First(None, RowCode.OPEN_QUOTE, 1)
    return First(cells, None, taken)


def _is_sound(lines: Sequence[str], separator: str) -> bool:
    """Whether this is one record by the strict rules, and no mark has swallowed the next rows."""
    if len(lines) == 1 and lines[0].count('"') % 2 == 0:
        return True
    try:
        return len(list(csv.reader(lines, delimiter=separator, strict=True))) == 1
    except csv.Error:
        return False


def is_blank(cells: Sequence[str]) -> bool:
    """Whether a record says nothing."""
    return re.search(FILLED, "".join(cells)) is None


def read_records(lines: Sequence[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record that is not blank with its place among the lines, from 0; what is none is left out."""
    place = 0
    while place < len(lines):
        found = first_record(lines[place : place + MOST_LINES + 1], separator)
        if found.cells is not None and not is_blank(found.cells):
            yield place, found.cells
        place += found.lines
