"""What the engine found for a chunk of firms, as tables."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from digiwegweiser.batch.slate import OPEN, YES, Slate
from digiwegweiser.batch.texts import Texts
from digiwegweiser.core.matching import RANK_OF
from digiwegweiser.core.vocabulary import Eligibility

Ints = npt.NDArray[Any]

#: Columns of the wide form for each rank, and of the long form, by the keys of the JSON of `finden`.
GERMAN: Mapping[str, str] = {
    "id": "id", "name": "name", "kind": "art", "score": "punkte", "eligibility": "passt", "cost": "kosten",
    "phone": "telefon", "url": "internet", "reason": "grund",
}  # fmt: skip


class Summary(NamedTuple):
    """Counts for the report at the end; sums of several chunks make sense."""

    firms: int
    faulty: int
    guessed: int
    """Firms with an answer that could be read only by guess, and such under attack."""
    without_local: int
    """Firms that are shown nothing of their own Kreis or Land."""
    named: Counter[str]
    """How often each offer is shown, by id."""

    def plus(self, other: "Summary") -> "Summary":
        """Both together."""
        return Summary(
            self.firms + other.firms,
            self.faulty + other.faulty,
            self.guessed + other.guessed,
            self.without_local + other.without_local,
            self.named + other.named,
        )


class OfferTable:
    """What is told of the offers of a slate, by column."""

    def __init__(self, slate: Slate, texts: Texts) -> None:
        offers = [on.offer for on in slate.candidates]
        self.ids = [offer.id for offer in offers]
        self._columns: Mapping[str, pl.Series] = {
            "id": _texts(self.ids),
            "name": _texts([offer.name for offer in offers]),
            "kind": _texts([texts.kind(offer) for offer in offers]),
            "kind_code": _texts([offer.kind.value for offer in offers]),
            "cost": _texts([texts.cost(offer) for offer in offers]),
            "phone": _texts([offer.contact.phone for offer in offers]),
            "url": _texts([offer.contact.url for offer in offers]),
        }
        by_rank = {RANK_OF[one]: one for one in Eligibility}
        self.eligibility = _texts([texts.eligibility(by_rank[one]) for one in (OPEN, YES)])
        self.eligibility_code = _texts([by_rank[one].value for one in (OPEN, YES)])

    def __contains__(self, name: str) -> bool:
        return name in self._columns

    def told(self, name: str, columns: pl.Series) -> pl.Series:
        """What is told of these columns; null for null."""
        return self._columns[name].gather(columns)


class Matched:
    """The hits of the good rows of a chunk, and what was wrong with the others."""

    def __init__(self, offers: OfferTable, hits: "Hits", faults: pl.DataFrame, notes: pl.Series) -> None:
        self._offers, self._hits = offers, hits
        self.rows = hits.rows
        """The places in the chunk of the rows that could be matched, from the first to the last."""
        self.faults = faults
        """What could not be used: row, key, value, code, message, suggestion."""
        self.notes = notes
        """What was assumed, for each good row; null where nothing was."""

    def wide(self) -> pl.DataFrame:
        """A line for each good row, with columns for each rank, and the notes."""
        told = [
            column.alias(f"rang{rank}_{GERMAN[name]}")
            for rank, ranked in enumerate(self._hits.by_rank(), 1)
            for name, column in self._told(ranked, is_coded=False).items()
        ]
        return pl.DataFrame([*told, self.notes])

    def long(self) -> pl.DataFrame:
        """A line for each good row and offer: the row of the chunk, "rang", and the columns of the wide form."""
        table = self._listed(is_coded=False)
        return table.rename({"rank": "rang", **GERMAN})

    def entries(self) -> pl.DataFrame:
        """As the long form, but with the keys and codes of the JSON of `finden`."""
        return self._listed(is_coded=True)

    def _listed(self, is_coded: bool) -> pl.DataFrame:
        ranks = [
            pl.DataFrame([pl.Series("row", self.rows, dtype=pl.UInt32), *self._told(ranked, is_coded).values()])
            .with_columns(pl.lit(rank, dtype=pl.UInt32).alias("rank"))
            .select("row", "rank", *GERMAN)
            for rank, ranked in enumerate(self._hits.by_rank(), 1)
        ]
        return pl.concat(ranks).filter(pl.col("id").is_not_null()).sort("row", "rank")

    def _told(self, ranked: "Hits", is_coded: bool) -> dict[str, pl.Series]:
        """What is told of the hits of one rank; null where a row has fewer."""
        columns, offers = _or_null(ranked.columns[:, 0]), self._offers
        is_hit = columns.is_not_null()
        score = pl.Series(ranked.score[:, 0]).cast(pl.Int32)
        names = {"kind": "kind_code"} if is_coded else {}
        told = {name: offers.told(names.get(name, name), columns) for name in GERMAN if name in offers}
        fits = offers.eligibility_code if is_coded else offers.eligibility
        told |= {
            "score": pl.select(pl.when(is_hit).then(score)).to_series(),
            "eligibility": fits.gather(_or_null(np.where(is_hit, ~ranked.is_open[:, 0], -1))),
            "reason": ranked.reasons,
        }
        return {name: told[name].alias(name) for name in GERMAN}

    @cached_property
    def summary(self) -> Summary:
        """Counts of this chunk."""
        columns = self._hits.columns
        counts = np.bincount(columns[columns >= 0], minlength=len(self._offers.ids)).tolist()
        named: Counter[str] = Counter()
        for name, count in zip(self._offers.ids, counts, strict=True):
            if count:
                named[name] += count
        return Summary(
            firms=len(self.rows),
            faulty=self.faults["row"].n_unique(),
            guessed=len(self.notes) - self.notes.null_count(),
            without_local=int((~self._hits.is_local).sum()),
            named=named,
        )


class Hits(NamedTuple):
    """The first hits of some rows, best first; by row and rank."""

    rows: Ints
    columns: Ints
    """Columns of the slate; -1 after the last hit."""
    score: Ints
    is_open: npt.NDArray[np.bool_]
    is_local: npt.NDArray[np.bool_]
    """By row: whether one of the hits is an offer of the firm's own Kreis or Land."""
    reasons: pl.Series
    """All of the first rank, then all of the second, and so on."""

    def by_rank(self) -> Iterator["Hits"]:
        """The hits of each rank by themselves."""
        many = len(self.rows)
        for rank in range(self.columns.shape[1]):
            one = slice(rank, rank + 1)
            yield self._replace(
                columns=self.columns[:, one],
                score=self.score[:, one],
                is_open=self.is_open[:, one],
                reasons=self.reasons.slice(rank * many, many),
            )


def _texts(values: Sequence[str | None]) -> pl.Series:
    return pl.Series(values, dtype=pl.String)


def _or_null(places: Ints) -> pl.Series:
    """Places to gather from; null for -1."""
    found = pl.Series(places.astype(np.int32))
    return pl.select(pl.when(found >= 0).then(found).cast(pl.UInt32)).to_series()
