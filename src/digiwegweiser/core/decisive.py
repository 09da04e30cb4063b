"""The question that matters: how far the first page could move with each answer that is still missing.

Asked is what only decides: head count, order, budget, turnover and balance, foundation. Place, trade and needs carry
the points and are asked in any case.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import product, zip_longest
from math import ceil, floor
from typing import Any, NamedTuple

from digiwegweiser.core.finding import Finding
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.guide import Guide, arrange
from digiwegweiser.core.matching import Match, match, place_in_order
from digiwegweiser.core.offer import Offer, Tier
from digiwegweiser.core.rules import (
    EU_SME_BALANCE_EUR,
    EU_SME_EMPLOYEES,
    EU_SME_TURNOVER_EUR,
    RULES,
    Candidate,
    Rule,
)
from digiwegweiser.core.vocabulary import Eligibility, Verdict
from digiwegweiser.core.weights import Weights

#: The places of the guide that a question may move, and those that make it settled.
FIRST_PAGE = 5
SETTLED = 3

#: What is asked together, and in which order of equals.
ASKED: tuple[tuple[str, ...], ...] = (
    ("employees",),
    ("ordered",),
    ("budget_eur",),
    ("turnover_eur", "balance_eur"),
    ("founded",),
)


class Question(NamedTuple):
    """An attribute that the firm has not told and that can still change the guide."""

    attribute: str
    movement: float
    """How many of the first five places change, on average over the answers that the limits tell apart."""
    decides: tuple[str, ...]
    """Offers among the first five that an answer excludes or confirms; empty if it only changes their order."""
    because: tuple[Finding, ...]
    """The open findings of those offers, in the same order, with the limits that decide."""
    brings: tuple[str, ...]
    """Offers that an answer may bring among the first five."""


class Outcome(NamedTuple):
    """What becomes of the hits with one answer."""

    firm: Firm
    first: tuple[str, ...]
    """The first five."""
    lost: frozenset[str]
    """Hits that the answer excludes."""


def decisive_questions(guide: Guide, weights: Weights, most: int = 3) -> tuple[Question, ...]:
    """The open questions that can still move the first five, the one that moves most first; none before the place."""
    if guide.firm.place is None:
        return ()
    asked = [_question(names, guide, weights) for names in ASKED if missing(names, guide.firm)]
    return tuple(sorted((q for q in asked if q.movement > 0), key=lambda q: -q.movement)[:most])


def is_settled(guide: Guide, weights: Weights) -> bool:
    """Whether no answer to any one missing attribute can change the first three; never with the basics missing."""
    first = _first(guide)[:SETTLED]
    return _has_basics(guide) and all(
        outcome.first[:SETTLED] == first
        for names in ASKED
        if missing(names, guide.firm)
        for outcome in outcomes(names, guide, weights)
    )


def _has_basics(guide: Guide) -> bool:
    """Whether trade and needs are known, and the place to the town or well enough for every hit."""
    place = guide.firm.place
    if place is None or guide.firm.trade is None or not guide.firm.needs:
        return False
    if place.gemeinde is not None:
        return True
    is_known = place.plz is not None and place.kreis is not None
    return is_known and all(m.finding("area").verdict is not Verdict.UNKNOWN for m in _fitting(guide))


def missing(names: Iterable[str], firm: Firm) -> tuple[str, ...]:
    """Which of these attributes the firm has not told."""
    return tuple(name for name in names if getattr(firm, name) is None)


def _question(names: tuple[str, ...], guide: Guide, weights: Weights) -> Question:
    before, found = _first(guide), outcomes(names, guide, weights)
    moves = [sum(a != b for a, b in zip_longest(before, outcome.first)) for outcome in found]
    lost = frozenset().union(*(outcome.lost for outcome in found))
    page = [hit.match for hit in guide.hits[:FIRST_PAGE]]
    because = {m.offer.id: _open_finding(m, names, lost) for m in page}
    decides = {name: finding for name, finding in because.items() if finding is not None}
    return Question(
        attribute=missing(names, guide.firm)[0],
        movement=sum(moves) / len(moves),
        decides=tuple(decides),
        because=tuple(decides.values()),
        brings=tuple(dict.fromkeys(name for outcome in found for name in outcome.first if name not in before)),
    )


def _open_finding(m: Match, names: tuple[str, ...], lost: frozenset[str]) -> Finding | None:
    """What an offer says of these attributes if it waits for them or an answer excludes it."""
    found = [m.finding(rule.name) for rule in _readers(names)]
    unknown = next((finding for finding in found if finding.verdict is Verdict.UNKNOWN), None)
    return found[0] if unknown is None and m.offer.id in lost else unknown


def _readers(names: tuple[str, ...]) -> list[Rule]:
    """The hard rules that read one of these attributes, first those that read nothing else."""
    rules = [rule for rule in RULES if rule.is_hard and not set(names).isdisjoint(rule.attributes)]
    return sorted(rules, key=lambda rule: not set(rule.attributes) <= set(names))


def _first(guide: Guide) -> tuple[str, ...]:
    return tuple(hit.match.offer.id for hit in guide.hits[:FIRST_PAGE])


def _fitting(guide: Guide) -> list[Match]:
    return list({m.offer.id: m for hit in guide.hits for m in (hit.match, *hit.folded)}.values())


# --- what would be told after an answer ------------------------------------------------------------------------------


def outcomes(names: tuple[str, ...], guide: Guide, weights: Weights) -> list[Outcome]:
    """The guide's first page for each answer that the hits tell apart.

    What is excluded now stays so, since an unknown value never excludes: only hits are judged again, and of those only
    the ones that wait for this answer.
    """
    fitting, rules = _fitting(guide), _readers(names)
    waiting = [m.offer for m in fitting if _waits(m, rules, guide, weights)]
    told_apart: dict[_Verdicts, Firm] = {}
    tiers = [_tiers(offer, guide, weights) for offer in waiting]
    for firm in answers(names, guide.firm, [on.tier for group in tiers for on in group], guide.as_of):
        told_apart.setdefault(tuple([_judge(firm, group, rules) for group in tiers]), firm)
    # Only these rules read the answer, so an offer with the same verdicts of them is the same match.
    seen: dict[tuple[str, tuple[Verdict, ...]], Match] = {}
    found = []
    for verdicts, firm in told_apart.items():
        keys = {offer.id: (offer.id, key) for offer, key in zip(waiting, verdicts, strict=True)}
        for offer in waiting:
            if keys[offer.id] not in seen:
                seen[keys[offer.id]] = match(firm, offer, guide.as_of, weights)
        now = [seen[keys[m.offer.id]] if m.offer.id in keys else m for m in fitting]
        found.append(_outcome(firm, now, weights))
    return found


#: For each offer the verdicts on its tiers.
_Verdicts = tuple[tuple[Verdict, ...], ...]


def _tiers(offer: Offer, guide: Guide, weights: Weights) -> list[Candidate]:
    return [Candidate(offer, tier, guide.as_of, weights) for tier in offer.tiers]


def _judge(firm: Firm, tiers: Iterable[Candidate], rules: Iterable[Rule]) -> tuple[Verdict, ...]:
    told = [(rule.judge, rule.value_of(firm)) for rule in rules]
    return tuple([judge(value, on).verdict for on in tiers for judge, value in told])


def _waits(m: Match, rules: Sequence[Rule], guide: Guide, weights: Weights) -> bool:
    """Whether some tier of an offer depends on what the firm has not told."""
    if len(m.offer.tiers) == 1:
        return any(m.finding(rule.name).verdict is Verdict.UNKNOWN for rule in rules)
    return Verdict.UNKNOWN in _judge(guide.firm, _tiers(m.offer, guide, weights), rules)


def _outcome(firm: Firm, matches: Sequence[Match], weights: Weights) -> Outcome:
    left = sorted((m for m in matches if m.eligibility is not Eligibility.NO), key=place_in_order)
    first = tuple(hit.match.offer.id for hit in arrange(left, firm, weights)[:FIRST_PAGE])
    return Outcome(firm, first, frozenset(m.offer.id for m in matches if m.eligibility is Eligibility.NO))


# --- the answers that limits tell apart ------------------------------------------------------------------------------


def answers(names: tuple[str, ...], firm: Firm, tiers: Iterable[Tier], as_of: date) -> list[Firm]:
    """The firm with every answer that these tiers can tell apart: one for each interval between their limits.

    Numbers are whole; turnover and balance total are answered together if both are missing.
    """
    listed, asked = list(tiers), missing(names, firm)
    values = product(*(_values(name, listed, as_of) for name in asked))
    return [firm._replace(**dict(zip(asked, told, strict=True))) for told in values]


def _values(attribute: str, tiers: Iterable[Tier], as_of: date) -> list[Any]:
    if attribute == "ordered":
        return [False, True]
    lowest = interval_starts(attribute, tiers)
    return [as_of.year - age for age in lowest] if attribute == "founded" else lowest


def interval_starts(attribute: str, tiers: Iterable[Tier]) -> list[int]:
    """The lowest value of each interval in which no tier changes its verdict; for `founded` the age in years."""
    return sorted({0, *(max(start, 0) for tier in tiers for start in _starts(attribute, tier))})


def _starts(attribute: str, tier: Tier) -> list[int]:
    who = tier.audience
    match attribute:
        case "employees":
            return _from(who.min_employees) + _beyond(
                who.max_employees, EU_SME_EMPLOYEES if who.eu_sme is not None else None
            )
        case "turnover_eur":
            top = EU_SME_TURNOVER_EUR if who.eu_sme is not None else None
            return _from(who.min_turnover_eur) + _beyond(who.max_turnover_eur, top)
        case "balance_eur":
            return _beyond(who.max_balance_eur, EU_SME_BALANCE_EUR if who.eu_sme is not None else None)
        case "founded":
            # The month is not known: in the year of the limit itself the verdict is open.
            lowest, highest = _from(who.min_company_age_years), _beyond(who.max_company_age_years)
            return [age + more for age in lowest + highest for more in (0, 1)]
        case _:
            return _from(tier.min_project_eur) + _beyond(tier.max_project_eur)


def _from(lowest: float | None) -> list[int]:
    return [] if lowest is None else [ceil(lowest)]


def _beyond(*highest: float | None) -> list[int]:
    """The first whole number above each limit; above a fraction also the next, which is no longer in doubt."""
    return [start for top in highest if top is not None for start in (floor(top) + 1, ceil(top) + 1)]
