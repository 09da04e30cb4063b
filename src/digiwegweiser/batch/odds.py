"""Answers of one row that contradict each other; intake.conflicts says which."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from digiwegweiser.batch.hearing import Column, FaultyCell, Line
from digiwegweiser.batch.texts import Texts
from digiwegweiser.core.firm import Firm
from digiwegweiser.intake.conflicts import Conflict

#: Conflicts are looked for within each of these, since what does not go together lies in one of them: the fewer
#: attributes at a time, the fewer different rows there are. Needs are heard together in one cell.
TOGETHER = (("founded",), ("employees", "turnover_eur", "balance_eur", "budget_eur", "ordered"))


class Odds(NamedTuple):
    """What does not go together in the rows of a chunk."""

    faults: list[Line]
    """The impossible."""
    remarks: Mapping[int, str]
    """By row, what is only odd."""


def odds(columns: Mapping[str, Column], conflicts: Callable[[Firm], Sequence[Conflict]], texts: Texts) -> Odds:
    """The conflicts of all rows, each combination of values asked for once."""
    faults: list[Line] = []
    remarks: dict[int, str] = {}
    for names in TOGETHER:
        for rows, found in _found(names, columns, conflicts):
            told = [texts.conflict(conflict.kind, conflict.values) for conflict in found]
            for row in rows:
                for conflict, text in zip(found, told, strict=True):
                    if conflict.is_impossible:
                        column = columns[conflict.attributes[0]]
                        cell = column.cells[column.at[row]]
                        faults.append(Line(row, cell.key, FaultyCell(cell.text, conflict.kind.value, text, None)))
                    else:
                        remarks[row] = f"{remarks[row]} {text}" if row in remarks else text
    return Odds(faults, remarks)


def _found(
    names: Sequence[str], columns: Mapping[str, Column], conflicts: Callable[[Firm], Sequence[Conflict]]
) -> Iterator[tuple[list[int], Sequence[Conflict]]]:
    """Rows with their conflicts."""
    several = [columns[name] for name in names]
    packed = np.ravel_multi_index([column.at for column in several], [len(column.cells) for column in several])
    _, first, at = np.unique(packed, return_index=True, return_inverse=True)
    for number, row in enumerate(first.tolist()):
        known: dict[str, Any] = {
            name: column.cells[column.at[row]].value for name, column in zip(names, several, strict=True)
        }
        if found := conflicts(Firm(**known)):
            yield np.flatnonzero(at == number).tolist(), found
