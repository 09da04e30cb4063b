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


class NeedReasons:
    """Words for how needs are served."""

    def __init__(self, needs: NeedTable, texts: Texts) -> None:
        self._needs, self._texts = needs, texts
        self._told: dict[bytes, str | None] = {}

    def texts(self, stated: Ints, columns: Ints) -> pl.Series:
        """For each list of needs (rows of their table, -1 = none) and its column, what is told.

        Null where no need is stated; a column that serves none of several is never asked for.
        """
        if len(self._told) > PATTERNS_KEPT:
            self._told.clear()
        signs = self._signs(stated, columns)
        # As bytes without the noughts at the end: what a pattern is called hangs on nothing else in the chunk.
        patterns = signs.view(f"S{signs.itemsize * signs.shape[1]}").ravel().tolist()
        for pattern, row in zip(patterns, signs, strict=True):
            if pattern not in self._told:
                self._told[pattern] = self._word(row.tolist())
        return pl.Series("needs", map(self._told.get, patterns), dtype=pl.String)

    def _signs(self, stated: Ints, columns: Ints) -> npt.NDArray[np.uint16]:
        """Need and service of each stated need in one number; 0 for what is not stated or not served."""
        if not self._needs.codes:
            return np.zeros(stated.shape, dtype=np.uint16)
        how = self._needs.service[np.maximum(stated, 0), columns[:, None]].astype(np.uint16)
        signs = ((stated + 1).astype(np.uint16) << np.uint16(3)) | how
        signs[(stated < 0) | (how == 0)] = 0
        # Sorted by service, all without one behind: what is told hangs on nothing but the order of needs served alike.
        by_service = np.argsort((signs & 7).astype(np.uint8) - np.uint8(1), axis=1, kind="stable")
        return np.take_along_axis(signs, by_service, axis=1)

    def _word(self, signs: list[int]) -> str | None:
        served = [(self._needs.codes[(sign >> 3) - 1], SERVICES[sign & 7]) for sign in signs if sign]
        return self._texts.needs(served) if served else None
