"""The tiers of all offers that can be had on the day: the columns of every table of the engine."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.finding import combine
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.matching import RANK_OF, Match
from digiwegweiser.core.offer import Offer, Tier
from digiwegweiser.core.rules import RULES
from digiwegweiser.core.vocabulary import Eligibility, Verdict
from digiwegweiser.core.weights import Weights

#: Verdicts as numbers, of which the least is their strong Kleene *and*.
VERDICTS = {verdict: RANK_OF[combine((verdict,))] for verdict in Verdict}
NO, OPEN, YES = RANK_OF[Eligibility.NO], RANK_OF[Eligibility.OPEN], RANK_OF[Eligibility.YES]


class Slate:
    """Sorted by the id of the offer, tiers in their own order; what no firm can have on the day is left out."""

    def __init__(self, offers: Iterable[Offer], as_of: date, weights: Weights) -> None:
        self.as_of, self.weights = as_of, weights
        listed = sorted(offers, key=lambda offer: offer.id)
        tried = [Candidate(offer, tier, as_of, weights) for offer in listed for tier in offer.tiers]
        judged = [(on, *_judge(on)) for on in tried]
        kept = [(on, verdict, points) for on, verdict, points in judged if verdict != NO]
        self.candidates: Sequence[Candidate] = [on for on, _, _ in kept]
        self.verdict = np.array([verdict for _, verdict, _ in kept], dtype=np.int8)
        self.points = np.array([points for _, _, points in kept], dtype=np.int16)
        places: dict[str, int] = {}
        self.offer_at = np.array([places.setdefault(on.offer.id, len(places)) for on in self.candidates])
        """Which offer each column belongs to, counted from 0."""

    def __len__(self) -> int:
        return len(self.candidates)

    @property
    def tiers(self) -> list[Tier]:
        """The tier of each column."""
        return [on.tier for on in self.candidates]

    @cached_property
    def bare(self) -> list[Match]:
        """Each column as a match without findings, for whoever decides by offer and tier alone."""
        return [Match(on.offer, on.tier, on.state, (), Eligibility.YES, 0) for on in self.candidates]

    def flags(self, values: Iterable[bool]) -> npt.NDArray[np.bool_]:
        """One truth for each column."""
        return np.fromiter(values, dtype=np.bool_, count=len(self))


def _judge(on: Candidate) -> tuple[int, int]:
    """Verdict and points of the rules that read nothing of the firm."""
    rules = [rule for rule in RULES if not rule.attributes]
    found = [(rule, rule.judge(rule.value_of(Firm()), on)) for rule in rules]
    verdict = min((VERDICTS[finding.verdict] for rule, finding in found if rule.is_hard), default=YES)
    return verdict, sum(finding.points for _, finding in found)
