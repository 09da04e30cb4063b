"""Answers of one row that contradict each other; intake.conflicts says which."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from digiwegweiser.batch.hearing import Column, FaultyCell, Line
from digiwegweiser.batch.texts import Texts
from digiwegweiser.intake.conflicts import CHECKS, Conflict


class Odds(NamedTuple):
    """What does not go together in the rows of a chunk; needs are heard together in one cell."""

    faults: list[Line]
    """The impossible."""
    remarks: Mapping[int, str]
    """By row, what is only odd."""


def odds(columns: Mapping[str, Column], this_year: int, texts: Texts) -> Odds:
    """The conflicts of all rows, each combination of values asked for once."""
    faults: list[Line] = []
    remarks: dict[int, str] = {}
    for names, check in CHECKS:
        for rows, conflict in _found([columns[name] for name in names], check, this_year):
            text = texts.conflict(conflict.kind, conflict.values)
            for row in rows:
                if conflict.is_impossible:
                    column = columns[conflict.attributes[0]]
                    cell = column.cells[column.at[row]]
                    faults.append(Line(row, cell.key, FaultyCell(cell.text, conflict.kind.value, text, None)))
                else:
                    remarks[row] = f"{remarks[row]} {text}" if row in remarks else text
    return Odds(faults, remarks)


def _found(
    several: Sequence[Column], check: Callable[..., Conflict | None], this_year: int
) -> Iterator[tuple[list[int], Conflict]]:
    """Rows with their conflict."""
    sizes = [len(column.cells) for column in several]
    given = np.flatnonzero(np.all([column.at > 0 for column in several], axis=0))
    packed = np.ravel_multi_index([column.at[given] for column in several], sizes)
    distinct = np.unique(packed)
    at = [part.tolist() for part in np.unravel_index(distinct, sizes)]
    parts = [[column.cells[number].value for number in part] for column, part in zip(several, at, strict=True)]
    for number, values in zip(distinct.tolist(), zip(*parts, strict=True), strict=True):
        if None not in values and (conflict := check(this_year, *values)):
            yield given[packed == number].tolist(), conflict
