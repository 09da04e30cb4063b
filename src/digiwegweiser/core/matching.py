"""One firm against one offer: all findings, the best tier, eligibility and score."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.finding import Finding, combine
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.offer import Offer, Tier
from digiwegweiser.core.rules import HARD_RULES, RULES
from digiwegweiser.core.vocabulary import Eligibility, State, Verdict
from digiwegweiser.core.weights import Weights

#: Verdicts of the whole, the better the higher; as numbers their strong Kleene *and* is the least.
RANK_OF = {Eligibility.YES: 2, Eligibility.OPEN: 1, Eligibility.NO: 0}


class Match(NamedTuple):
    """What the rules found for one firm and one offer in the tier that suits the firm best."""

    offer: Offer
    tier: Tier
    state: State
    findings: tuple[Finding, ...]
    eligibility: Eligibility
    score: int
    """Sum of the points of all findings, 0 to 100."""
    other_tiers: tuple[Tier, ...] = ()
    """Further tiers for which the firm is just as eligible."""

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """All tiers for which the firm is as eligible as for the best, that one first."""
        return (self.tier, *self.other_tiers)

    def finding(self, rule: str) -> Finding:
        """The finding of the rule of that name."""
        return next(found for found in self.findings if found.rule == rule)

    def may_be_elsewhere(self) -> bool:
        """Whether the offer may be for another place, because the firm's own is not known well enough."""
        return may_be_elsewhere(self.finding("area").verdict, self.tier)

    def failing(self) -> tuple[Finding, ...]:
        """The hard findings that exclude the firm."""
        return tuple(f for f in self.findings if f.verdict is Verdict.NOT_MET and f.rule in HARD_RULES)

    def unknown(self) -> tuple[Finding, ...]:
        """The hard findings that wait for an answer."""
        return tuple(f for f in self.findings if f.verdict is Verdict.UNKNOWN and f.rule in HARD_RULES)


def may_be_elsewhere(area: Verdict, tier: Tier) -> bool:
    """Whether a verdict on the area is open for want of the firm's exact place."""
    return area is Verdict.UNKNOWN and not tier.area.is_partial


def match(firm: Firm, offer: Offer, as_of: date, weights: Weights) -> Match:
    """The best tier of an offer for a firm: eligible before open before not, then by points, then as listed."""
    return _match(_values(firm), offer, as_of, weights)


def _values(firm: Firm) -> list[Any]:
    """What each rule reads of the firm, in the order of the rules."""
    return [rule.value_of(firm) for rule in RULES]


def _match(values: Sequence[Any], offer: Offer, as_of: date, weights: Weights) -> Match:
    tried = [_match_tier(values, offer, tier, as_of, weights) for tier in offer.tiers]
    if len(tried) == 1:
        return tried[0]
    # max() keeps the first of equals: an entry names the common tier first and the demanding one last.
    best = max(tried, key=lambda m: (RANK_OF[m.eligibility], m.score))
    others = tuple(m.tier for m in tried if m is not best and m.eligibility is best.eligibility)
    return best._replace(other_tiers=others) if others else best


def _match_tier(values: Sequence[Any], offer: Offer, tier: Tier, as_of: date, weights: Weights) -> Match:
    on = Candidate(offer, tier, as_of, weights)
    findings = tuple([rule.judge(value, on) for rule, value in zip(RULES, values, strict=True)])
    hard = [found.verdict for found in findings if found.rule in HARD_RULES]
    score = sum([found.points for found in findings])
    return Match(offer, tier, on.state, findings, combine(hard), score)


def match_all(firm: Firm, offers: Iterable[Offer], as_of: date, weights: Weights) -> Sequence[Match]:
    """Every offer matched, best score first; ties by eligibility, then id, so the order of the file never matters."""
    values = _values(firm)
    matches = [_match(values, offer, as_of, weights) for offer in offers]
    return sorted(matches, key=place_in_order)


def place_in_order(m: Match) -> tuple[int, int, str]:
    """What matches are sorted by: score, then eligibility, then id."""
    return -m.score, -RANK_OF[m.eligibility], m.offer.id
