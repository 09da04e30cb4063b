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

    def texts(self, stated: Ints, rows: Ints, columns: Ints) -> pl.Series:
        """For each row of `stated` (rows of the table of needs, -1 = none) at `rows` and its column, what is told.

        Null where no need is stated; a column that serves none of several is never asked for.
        """
        if len(self._told) > PATTERNS_KEPT:
            self._told.clear()
        # Most pairs are there many times.
        width = int(columns.max(initial=0)) + 1
        pairs, at = np.unique(rows * width + columns, return_inverse=True)
        signs = self._signs(stated[pairs // width], pairs % width)
        # As bytes without the noughts at the end: what a pattern is called hangs on nothing else in the chunk.
        patterns = signs.view(f"S{signs.itemsize * signs.shape[1]}").ravel().tolist()
        for pattern, row in zip(patterns, signs, strict=True):
            if pattern not in self._told:
                self._told[pattern] = self._word(row.tolist())
        return pl.Series("needs", map(self._told.get, patterns), dtype=pl.String).gather(at)

    def _signs(self, stated: Ints, columns: Ints) -> npt.NDArray[np.uint16]:
        """Need and service of each stated need in one number; 0 for what is not stated or not served."""
        if not self._needs.codes:
            return np.zeros(stated.shape, dtype=np.uint16)
        how = self._needs.service[np.maximum(stated, 0), columns[:, None]].astype(np.uint16)
        signs = ((stated + 1).astype(np.uint16) << np.uint16(3)) | how
        signs[(stated < 0) | (how == 0)] = 0
        return np.ascontiguousarray(signs)

    def _word(self, signs: list[int]) -> str | None:
        served = [(self._needs.codes[(sign >> 3) - 1], SERVICES[sign & 7]) for sign in signs if sign]
        return self._texts.needs(served) if served else None
