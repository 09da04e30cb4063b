"""What comes early for each kind of firm, as core.early says it."""

from typing import Any

import numpy as np
import numpy.typing as npt

from digiwegweiser.batch.order import Lift, Order
from digiwegweiser.batch.profiles import Profiler, Profiles, distinct, padded
from digiwegweiser.core.early import what_comes_early
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.weights import Weights

Ints = npt.NDArray[Any]

#: Kinds of firms kept from chunk to chunk.
KINDS_KEPT = 300_000


class EarlyTable:
    """Asks once for each list of needs with the traits of the firm that matter besides."""

    def __init__(self, order: Order, profiler: Profiler, weights: Weights) -> None:
        self._order, self._profiler, self._weights = order, profiler, weights
        self._known: dict[tuple[int, tuple[int, ...]], tuple[tuple[int, tuple[int, ...]], ...]] = {}

    def lifts(self, firms: Profiles, no_land: Ints) -> list[Lift]:
        """What comes early for the firms, one after the other."""
        if len(self._known) > KINDS_KEPT:
            self._known.clear()
        flags = no_land * 2 + (firms.classes["budget_eur"] > 0)
        kinds, at = distinct(firms.needs_at * 4 + flags)
        some = np.zeros(len(kinds), dtype=np.intp)
        some[at] = np.arange(len(at))
        told = [self._told(kind, firms, row) for kind, row in zip(kinds.tolist(), some.tolist(), strict=True)]
        return [
            Lift(np.array([rank for rank, _ in each])[at], padded([wants for _, wants in each])[at])
            for each in zip(*told, strict=True)
        ]

    def _told(self, kind: int, firms: Profiles, row: int) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Ranks, and the numbers of the wants whose best hits must stand above."""
        key = kind % 4, firms.needs[kind // 4].rows
        found = self._known.get(key)
        if found is None:
            known = {name: self._profiler.value(name, firms.classes[name][row]) for name in ("place", "budget_eur")}
            firm = Firm(**known, needs=firms.needs[kind // 4].needs)
            early = what_comes_early(firm, self._weights)
            found = self._known[key] = tuple([(rank, tuple(map(self._order.number, wants))) for rank, wants in early])
        return found
