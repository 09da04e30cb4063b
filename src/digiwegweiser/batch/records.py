"""The records of a CSV text with the lines they stand in; a quotation mark that is never closed costs one row."""

import csv
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from typing import TextIO

from digiwegweiser.batch.problems import BatchProblem, Problem, RowCode, RowFault

#: A cell with more line breaks has lost its closing mark.
MOST_LINES = 100
LONGEST_CELL = 1 << 20
LONGEST_LINE = 1 << 24
SHOWN = 80


class _Endless(Exception):
    """A record goes on and on."""


def text_lines(stream: TextIO) -> Iterator[str]:
    """The lines of a text with their ends, without NULs. Raises BatchProblem if there are none to speak of."""
    for number, line in enumerate(iter(partial(stream.readline, LONGEST_LINE), ""), 1):
        if len(line) == LONGEST_LINE:
            raise BatchProblem(Problem.LINE_TOO_LONG, line=number)
        yield line.replace("\0", "") if "\0" in line else line


def read_records(
    lines: Iterator[str], separator: str, report: Callable[[RowFault], None]
) -> Iterator[tuple[int, list[str]]]:
    """Each record with its first line, counted from 1; what is none is reported and reading goes on a line later."""
    csv.field_size_limit(LONGEST_CELL)
    number, back = 1, deque[str]()
    while True:
        seen: list[str] = []
        try:
            for cells in csv.reader(_watched(lines, back, seen), delimiter=separator):
                if len(seen) > 1 and not _is_sound(seen, separator):
                    raise _Endless
                yield number, cells
                number += len(seen)
                seen.clear()
        except (csv.Error, _Endless):
            code = RowCode.OPEN_QUOTE if len(seen) > 1 else RowCode.BROKEN_LINE
            report(RowFault(number, None, seen[0][:SHOWN].strip(), code))
            number += 1
            back.extendleft(reversed(seen[1:]))
        else:
            return


def _watched(lines: Iterator[str], back: deque[str], seen: list[str]) -> Iterator[str]:
    """The lines, first those to be read again; `seen` holds those of the record that is being read."""
    while line := back.popleft() if back else next(lines, ""):
        seen.append(line)
        if len(seen) > MOST_LINES:
            raise _Endless
        yield line


def _is_sound(seen: list[str], separator: str) -> bool:
    """Whether a record over several lines is one by the strict rules, and no mark has swallowed the next rows."""
    try:
        return len(list(csv.reader(seen, delimiter=separator, strict=True))) == 1
    except csv.Error:
        return False
