"""The firms of a chunk as numbers: for each attribute the class of its value."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from digiwegweiser.batch.classes import Classes, classes_of
from digiwegweiser.batch.hearing import Column
from digiwegweiser.batch.slate import Slate
from digiwegweiser.batch.tables import NeedTable
from digiwegweiser.core.firm import Firm, StatedNeed

Ints = npt.NDArray[Any]

#: What firms state, apart from their needs.
SINGLE = tuple(name for name in Firm._fields if name not in ("needs", "trade_word", "emergency"))


class Profiles(NamedTuple):
    """The firms of a chunk, by row."""

    classes: Mapping[str, Ints]
    needs: Sequence[tuple[StatedNeed, ...]]
    """Each distinct list of needs, whatever words they were read from."""
    needs_at: Ints
    """For each row its list."""
    stated: Ints
    """For each list the rows of the table of needs; -1 after the last."""


class Profiler:
    """Numbers the values of firms."""

    def __init__(self, slate: Slate, needs: NeedTable) -> None:
        self._needs = needs
        self.classes: Mapping[str, Classes] = {name: classes_of(name, slate.tiers, slate.as_of) for name in SINGLE}

    def profiles(self, heard: Mapping[str, Column], rows: Ints) -> Profiles:
        """These rows of a chunk."""
        classes = {name: heard[name].each(known.of)[rows] for name, known in self.classes.items()}
        lists: dict[tuple[str, ...], tuple[StatedNeed, ...]] = {}
        codes = [tuple([need.code for need in cell.value or ()]) for cell in heard["needs"].cells]
        for code, cell in zip(codes, heard["needs"].cells, strict=True):
            lists.setdefault(code, cell.value or ())
        place = {code: number for number, code in enumerate(lists)}
        at = np.array([place[code] for code in codes])[heard["needs"].at[rows]]
        return Profiles(classes, list(lists.values()), at, self._stated(lists))

    def _stated(self, lists: Collection[tuple[str, ...]]) -> Ints:
        stated = np.full((len(lists), max(1, *map(len, lists))), -1, dtype=np.int16)
        for row, codes in enumerate(lists):
            stated[row, : len(codes)] = list(map(self._needs.row, codes))
        return stated

    def value(self, name: str, number: int) -> Any:
        """A value of a class."""
        return self.classes[name].values[number]

    def firm(self, profiles: Profiles, row: int) -> Firm:
        """A firm that no rule tells apart from that of a row."""
        known = {name: self.value(name, int(at[row])) for name, at in profiles.classes.items()}
        return Firm(**known, needs=profiles.needs[profiles.needs_at[row]])
