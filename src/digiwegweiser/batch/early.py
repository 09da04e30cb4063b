"""What comes early for each kind of firm, as core.early says it."""

from typing import Any

import numpy as np
import numpy.typing as npt

from digiwegweiser.batch.order import Lift, Order
from digiwegweiser.batch.profiles import Profiler, Profiles
from digiwegweiser.core.early import what_comes_early
from digiwegweiser.core.weights import Weights

Ints = npt.NDArray[Any]

#: Kinds of firms kept from chunk to chunk.
KINDS_KEPT = 300_000


class EarlyTable:
    """Asks once for each list of needs with the traits of the firm that matter besides."""

    def __init__(self, order: Order, profiler: Profiler, weights: Weights) -> None:
        self._order, self._profiler, self._weights = order, profiler, weights
        self._known: dict[tuple[int, tuple[str, ...]], int] = {}
        self._ranks: list[tuple[int, ...]] = []
        self._wants: list[tuple[tuple[int, ...], ...]] = []

    def numbers(self, firms: Profiles, no_land: Ints) -> Ints:
        """For each firm the number of its kind."""
        if len(self._known) > KINDS_KEPT:
            self._known, self._ranks, self._wants = {}, [], []
        flags = no_land * 2 + (firms.classes["budget_eur"] > 0)
        _, first, at = np.unique(firms.needs_at * 4 + flags, return_index=True, return_inverse=True)
        codes = [tuple([need.code for need in needs]) for needs in firms.needs]
        lists, kinds = firms.needs_at[first].tolist(), flags[first].tolist()
        found = [
            self._number((kind, codes[needs]), firms, row)
            for kind, needs, row in zip(kinds, lists, first.tolist(), strict=True)
        ]
        return np.array(found, dtype=np.int64)[at]

    def _number(self, key: tuple[int, tuple[str, ...]], firms: Profiles, row: int) -> int:
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = len(self._ranks)
            early = what_comes_early(self._profiler.firm(firms, row), self._weights)
            self._ranks.append(tuple(rank for rank, _ in early))
            self._wants.append(tuple(tuple(self._order.number(want) for want in wants) for _, wants in early))
        return found

    def lifts(self, kinds: Ints) -> list[Lift]:
        """What comes early in rows of these kinds, one after the other."""
        distinct, at = np.unique(kinds, return_inverse=True)
        numbers = distinct.tolist()
        ranks = np.array([self._ranks[number] for number in numbers])
        return [
            Lift(ranks[at, place], _padded([self._wants[number][place] for number in numbers])[at])
            for place in range(ranks.shape[1])
        ]


def _padded(wants: list[tuple[int, ...]]) -> Ints:
    """As a table; -1 after the last of each."""
    width = max(1, *map(len, wants))
    return np.array([one + (-1,) * (width - len(one)) for one in wants], dtype=np.int32)
