"""The parts of the reasons that depend on several needs: worded once for each pattern of needs and services."""

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from digiwegweiser.batch.tables import SERVICES, NeedTable
from digiwegweiser.batch.texts import Texts

Ints = npt.NDArray[Any]

#: Patterns kept from chunk to chunk.
PATTERNS_KEPT = 500_000
#: Needs that fit into one number together, and the bits of each.
_PACKED, _BITS = 4, 16


class NeedReasons:
    """Words for how needs are served."""

    def __init__(self, needs: NeedTable, texts: Texts) -> None:
        self._needs, self._texts = needs, texts
        self._told: dict[bytes, str | None] = {}

    def texts(self, stated: Ints, rows: Ints, columns: Ints) -> pl.Series:
        """For each row of `stated` (rows of the table of needs, -1 = none) at `rows` and its column, what is told.

        Null where no need is stated; a column that serves none of several is never asked for.
        """
        if len(self._told) > PATTERNS_KEPT:
            self._told.clear()
        shape = len(stated), int(columns.max(initial=0)) + 1
        # Most pairs are there many times; since they are small numbers, counting them needs no sorting.
        is_there = np.zeros(shape, dtype=np.bool_)
        is_there[rows, columns] = True
        lists, asked = is_there.nonzero()
        signs = self._signs(stated[lists], asked)
        first, at = _distinct(signs)
        words = [self._word(row) for row in signs[first]]
        place = np.empty(shape, dtype=np.int32)
        place[lists, asked] = at
        return pl.Series("needs", words, dtype=pl.String).gather(place[rows, columns])

    def _signs(self, stated: Ints, columns: Ints) -> npt.NDArray[np.uint16]:
        """Need and service of each stated need in one number; 0 for what is not stated or not served."""
        if not self._needs.codes:
            return np.zeros(stated.shape, dtype=np.uint16)
        how = self._needs.service[np.maximum(stated, 0), columns[:, None]].astype(np.uint16)
        signs = ((stated + 1).astype(np.uint16) << np.uint16(3)) | how
        signs[(stated < 0) | (how == 0)] = 0
        return np.ascontiguousarray(signs)

    def _word(self, signs: npt.NDArray[np.uint16]) -> str | None:
        key = signs.tobytes()
        if key not in self._told:
            served = [(self._needs.codes[(sign >> 3) - 1], SERVICES[sign & 7]) for sign in signs.tolist() if sign]
            self._told[key] = self._texts.needs(served) if served else None
        return self._told[key]


def _distinct(signs: npt.NDArray[np.uint16]) -> tuple[Ints, Ints]:
    """Where each distinct row stands first, and for each row which of them it is."""
    width = -(-max(signs.shape[1], 1) // _PACKED) * _PACKED
    padded = np.zeros((len(signs), width), dtype=np.uint16)
    padded[:, : signs.shape[1]] = signs
    packed = padded.view(np.uint64)
    _, at = np.unique(packed[:, 0], return_inverse=True)
    for place in range(1, packed.shape[1]):
        _, more = np.unique(packed[:, place], return_inverse=True)
        _, at = np.unique(at * (int(more.max(initial=0)) + 1) + more, return_inverse=True)
    _, first, at = np.unique(at, return_index=True, return_inverse=True)
    return first, at
