"""Matches tables of firms: for each row the same guide that `finden` gives for its firm."""

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
import polars as pl

from digiwegweiser.batch.cells import Answer
from digiwegweiser.batch.hearing import Hearing, fault_table, faults_in, remarks
from digiwegweiser.batch.matched import Matched, OfferTable
from digiwegweiser.batch.odds import odds
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
        self._texts, self._this_year = texts, as_of.year
        slate = Slate(offers, as_of, weights)
        self._hearing = Hearing(reader, texts, as_of.year)
        self._ranking = Ranking(slate, texts)
        self._offers = OfferTable(slate, texts)

    def match(self, frame: pl.DataFrame, answers: Mapping[str, Answer], shown: int) -> Matched:
        """The first `shown` offers for the firm in each row of a table.

        `answers` are what it says by the attributes of intake.firm.Answers; null and blank mean not given, and
        attributes may be missing. A row with a cell that cannot be used is not matched. The same answers again, for
        more of the table, save most of the reading.
        """
        heard = self._hearing.columns(frame, answers)
        odd = odds(heard, self._this_year, self._texts)
        faults = fault_table([*faults_in(heard), *odd.faults])
        rows = np.delete(np.arange(frame.height), faults["row"].to_numpy())
        profiles = self._ranking.profiler.profiles(heard, rows)
        hits = self._ranking.hits(profiles, rows, shown)
        return Matched(self._offers, hits, faults, remarks(heard, odd.remarks, rows))
