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
        self._known: dict[tuple[int, tuple[str, ...]], tuple[tuple[int, tuple[int, ...]], ...]] = {}

    def lifts(self, firms: Profiles, no_land: Ints) -> list[Lift]:
        """What comes early for the firms, one after the other."""
        if len(self._known) > KINDS_KEPT:
            self._known.clear()
        flags = no_land * 2 + (firms.classes["budget_eur"] > 0)
        _, first, at = np.unique(firms.needs_at * 4 + flags, return_index=True, return_inverse=True)
        told = [self._told(kind, firms, row) for kind, row in zip(flags[first].tolist(), first.tolist(), strict=True)]
        return [
            Lift(np.array([rank for rank, _ in each])[at], _padded([wants for _, wants in each])[at])
            for each in zip(*told, strict=True)
        ]

    def _told(self, kind: int, firms: Profiles, row: int) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Ranks, and the numbers of the wants whose best hits must stand above."""
        key = kind, tuple([need.code for need in firms.needs[firms.needs_at[row]]])
        found = self._known.get(key)
        if found is None:
            early = what_comes_early(self._profiler.firm(firms, row), self._weights)
            found = self._known[key] = tuple([(rank, tuple(map(self._order.number, wants))) for rank, wants in early])
        return found


def _padded(wants: list[tuple[int, ...]]) -> Ints:
    """As a table; -1 after the last of each."""
    table = np.full((len(wants), max(1, *map(len, wants))), -1, dtype=np.int16)
    for row, numbers in enumerate(wants):
        table[row, : len(numbers)] = numbers
    return table
