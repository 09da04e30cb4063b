"""The firms of a chunk as numbers: for each attribute the class of its value."""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from digiwegweiser.batch.classes import Classes, classes_of
from digiwegweiser.batch.hearing import Cell, Cells, Column
from digiwegweiser.batch.slate import Slate
from digiwegweiser.batch.tables import NeedTable
from digiwegweiser.core.firm import Firm, StatedNeed

Ints = npt.NDArray[Any]

#: What firms state, apart from their needs.
SINGLE = tuple(name for name in Firm._fields if name not in ("needs", "trade_word", "emergency"))


class Profiles(NamedTuple):
    """The firms of a chunk, by row."""

    classes: Mapping[str, Ints]
    needs: Sequence["NeedList"]
    """Each distinct list of needs, whatever words they were read from."""
    needs_at: Ints
    """For each row its list."""
    stated: Ints
    """For each list the rows of the table of needs; -1 after the last."""


class NeedList(NamedTuple):
    """Needs that some firm states."""

    rows: tuple[int, ...]
    """In the table of needs."""
    needs: tuple[StatedNeed, ...]


class NeedLists:
    """Numbers lists of needs as they come, by their codes alone."""

    def __init__(self, table: NeedTable) -> None:
        self._table = table
        self._numbers: dict[tuple[int, ...], int] = {}
        self.lists: list[NeedList] = []

    def of(self, cell: Cell) -> int:
        """The number of the list in a cell."""
        rows = tuple([self._table.row(need.code) for need in cell.value or ()])
        found = self._numbers.setdefault(rows, len(self.lists))
        if found == len(self.lists):
            self.lists.append(NeedList(rows, cell.value or ()))
        return found


class Profiler:
    """Numbers the values of firms."""

    def __init__(self, slate: Slate, needs: NeedTable) -> None:
        self._table = needs
        self.classes: Mapping[str, Classes] = {name: classes_of(name, slate.tiers, slate.as_of) for name in SINGLE}
        self._of = {name: _of_cell(known) for name, known in self.classes.items()}
        self._lists: tuple[Cells | None, NeedLists] = None, NeedLists(needs)

    def profiles(self, heard: Mapping[str, Column], rows: Ints) -> Profiles:
        """These rows of a chunk."""
        classes = {name: heard[name].each(of)[rows] for name, of in self._of.items()}
        cells = heard["needs"].cells
        if self._lists[0] is not cells:
            # Lists are forgotten together with the cells that they stand in.
            self._lists = cells, NeedLists(self._table)
        known = self._lists[1]
        numbers, at = distinct(heard["needs"].each(known.of)[rows])
        lists = [known.lists[number] for number in numbers.tolist()]
        return Profiles(classes, lists, at, padded([each.rows for each in lists]))

    def value(self, name: str, number: int) -> Any:
        """A value of a class."""
        return self.classes[name].values[number]


def _of_cell(known: Classes) -> Callable[[Cell], int]:
    return lambda cell: known.of(cell.value)


def distinct(numbers: Ints) -> tuple[Ints, Ints]:
    """Each of some small numbers once, in their order, and for each of all which it is; nothing needs to be sorted."""
    is_there = np.zeros(int(numbers.max(initial=-1)) + 1, dtype=np.bool_)
    is_there[numbers] = True
    return np.flatnonzero(is_there), (np.cumsum(is_there) - 1)[numbers]


def padded(several: Sequence[tuple[int, ...]]) -> Ints:
    """As a table; -1 after the last of each."""
    lengths = np.fromiter(map(len, several), dtype=np.intp, count=len(several))
    table = np.full((len(several), lengths.max(initial=1)), -1, dtype=np.int16)
    table[np.arange(table.shape[1]) < lengths[:, None]] = np.fromiter(chain.from_iterable(several), dtype=np.int16)
    return table
