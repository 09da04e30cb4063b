"""One firm against one offer: all findings, the best tier, eligibility and score."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.finding import Finding, combine
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.money import pays_at_least, pays_more
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
    """Further tiers for which the firm is just as eligible, without those that its head count makes pointless."""
    likely_tiers: tuple[Tier, ...] = ()
    """Tiers that pay more, and wait only for turnover or balance total, where the best is sure."""

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


_JUDGES = tuple(rule.judge for rule in RULES)


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
    equals = [m for m in tried if m.eligibility is best.eligibility]
    is_out = best.eligibility is Eligibility.NO
    others = tuple(m.tier for m in equals if m is not best and (is_out or not _is_pointless(m, equals)))
    likely = tuple(m.tier for m in tried if _is_likely(m, best))
    return best._replace(other_tiers=others, likely_tiers=likely) if others or likely else best


#: Up to here a firm that tells no turnover is taken for small (Empfehlung 2003/361/EG, Anhang Art. 2 Abs. 2).
SMALL_EMPLOYEES = 49


def is_small(m: Match) -> bool:
    """Whether the head count is known and that of a small firm."""
    employees = m.finding("employees").value
    return employees is not None and employees <= SMALL_EMPLOYEES


def _is_likely(m: Match, best: Match) -> bool:
    if best.eligibility is not Eligibility.YES or m.eligibility is not Eligibility.OPEN:
        return False
    waits = [found.rule for found in m.unknown()]
    return waits == ["finance"] and not _is_only_for_large(m.tier) and pays_more(m.tier, best.tier)


def _is_pointless(m: Match, equals: Iterable[Match]) -> bool:
    """Whether a tier is for larger firms only, or a smaller class that holds the firm pays no less for the same."""
    if _is_only_for_large(m.tier):
        return is_small(m)
    return any(
        _is_smaller_class(other.tier, m.tier) and pays_at_least(other.tier, m.tier)
        for other in equals
        if other is not m and other.finding("employees").value is not None
    )


def _is_only_for_large(tier: Tier) -> bool:
    return tier.audience.eu_sme is False


def _is_smaller_class(one: Tier, other: Tier) -> bool:
    """Whether two tiers differ in nothing that decides but the size of the firms, and one is for the smaller ones."""
    limits = ("max_employees", "max_turnover_eur", "max_balance_eur")
    is_within = [
        mine == its or (mine is not None and (its is None or mine < its))
        for mine, its in ((getattr(one.audience, name), getattr(other.audience, name)) for name in limits)
    ]
    return all(is_within) and one.audience != other.audience and _without_size(one) == _without_size(other)


def _without_size(tier: Tier) -> tuple[Any, ...]:
    who = tier.audience._replace(
        max_employees=None, max_turnover_eur=None, max_balance_eur=None, eu_sme=None, note=None
    )
    return who, tier.area, tier.needs, tier.project_limits, tier.de_minimis, tier.apply_before_start, tier.requires


def _match_tier(values: Sequence[Any], offer: Offer, tier: Tier, as_of: date, weights: Weights) -> Match:
    on = Candidate(offer, tier, as_of, weights)
    findings = tuple([judge(value, on) for judge, value in zip(_JUDGES, values, strict=True)])
    hard = [found.verdict for found in findings[: len(HARD_RULES)]]
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
