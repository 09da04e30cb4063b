"""One firm against one offer: all findings, the best tier, eligibility and score."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from digiwegweiser.core.finding import Finding, combine
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.offer import Offer, Tier
from digiwegweiser.core.rules import HARD_RULES, RULES, Candidate
from digiwegweiser.core.vocabulary import Eligibility, State, Verdict
from digiwegweiser.core.weights import Weights

_RANK_OF = {Eligibility.YES: 2, Eligibility.OPEN: 1, Eligibility.NO: 0}


@dataclass(frozen=True, slots=True)
class Match:
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

    def finding(self, rule: str) -> Finding:
        """The finding of the rule of that name."""
        return next(found for found in self.findings if found.rule == rule)

    def failing(self) -> tuple[Finding, ...]:
        """The hard findings that exclude the firm."""
        return tuple(f for f in self.findings if f.verdict is Verdict.NOT_MET and f.rule in HARD_RULES)

    def unknown(self) -> tuple[Finding, ...]:
        """The hard findings that wait for an answer."""
        return tuple(f for f in self.findings if f.verdict is Verdict.UNKNOWN and f.rule in HARD_RULES)


def match(firm: Firm, offer: Offer, as_of: date, weights: Weights) -> Match:
    """The best tier of an offer for a firm: eligible before open before not, then by points, then as listed."""
    tried = [_match_tier(firm, offer, tier, as_of, weights) for tier in offer.tiers]
    # max() keeps the first of equals: an entry names the common tier first and the demanding one last.
    best = max(tried, key=lambda m: (_RANK_OF[m.eligibility], m.score))
    others = tuple(m.tier for m in tried if m is not best and m.eligibility is best.eligibility)
    return replace(best, other_tiers=others) if others else best


def _match_tier(firm: Firm, offer: Offer, tier: Tier, as_of: date, weights: Weights) -> Match:
    on = Candidate(offer, tier, as_of, weights)
    findings = tuple(rule.judge(rule.value_of(firm), on) for rule in RULES)
    hard = (found.verdict for found in findings if found.rule in HARD_RULES)
    score = sum(found.points for found in findings)
    return Match(offer, tier, offer.state_on(as_of), findings, combine(hard), score)


def match_all(firm: Firm, offers: Iterable[Offer], as_of: date, weights: Weights) -> Sequence[Match]:
    """Every offer matched, best score first; ties by eligibility, then id, so the order of the file never matters."""
    matches = [match(firm, offer, as_of, weights) for offer in offers]
    return sorted(matches, key=lambda m: (-m.score, -_RANK_OF[m.eligibility], m.offer.id))
