"""Matches tables of firms: for each row the same guide that `finden` gives for its firm."""

from collections.abc import Iterable
from datetime import date

import polars as pl

from digiwegweiser.batch.hearing import Hearing, fault_table, good_rows, remarks
from digiwegweiser.batch.matched import Matched, OfferTable
from digiwegweiser.batch.ranking import Ranking
from digiwegweiser.batch.slate import Slate
from digiwegweiser.batch.texts import Texts
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.weights import Weights
from digiwegweiser.intake.firm import FirmReader


class Engine:
    """One catalogue on one day; what it has read and judged is kept from chunk to chunk."""

    def __init__(
        self, offers: Iterable[Offer], weights: Weights, reader: FirmReader, as_of: date, texts: Texts
    ) -> None:
        slate = Slate(offers, as_of, weights)
        self._hearing = Hearing(reader, texts, as_of.year)
        self._ranking = Ranking(slate, texts)
        self._offers = OfferTable(slate, texts)

    def match(self, firms: pl.DataFrame, shown: int) -> Matched:
        """The first `shown` offers for each firm.

        Columns are text, named by the attributes of intake.firm.Answers, `needs` a list of texts; null and blank mean
        not given, and columns may be missing. A row with a cell that cannot be used is not matched.
        """
        heard = self._hearing.columns(firms)
        rows = good_rows(heard)
        profiles = self._ranking.profiler.profiles(heard, rows)
        hits = self._ranking.hits(profiles, rows, shown)
        return Matched(self._offers, hits, fault_table(heard), remarks(heard).gather(rows))
