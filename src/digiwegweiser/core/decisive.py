"""The question that matters: how far the first page could move with each answer that is still missing.

Asked is what only decides: head count, order, budget, turnover and balance, foundation. Place, trade and needs carry
the points and are asked in any case.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import product, zip_longest
from math import ceil, floor
from typing import Any, NamedTuple

from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.finding import Finding
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.guide import Guide, arrange
from digiwegweiser.core.matching import Match, match, place_in_order
from digiwegweiser.core.offer import Offer, Tier
from digiwegweiser.core.plausibility import is_plausible
from digiwegweiser.core.rules import EU_SME_BALANCE_EUR, EU_SME_EMPLOYEES, EU_SME_TURNOVER_EUR, RULES, Rule
from digiwegweiser.core.vocabulary import Eligibility, Verdict
from digiwegweiser.core.weights import Weights

#: The places of the guide that a question may move, and those that make it settled.
TOP = 5
SETTLED = 3
#: How many questions are worth an owner's time after the basic ones.
MOST_ASKED = 3

_FINANCE = ("turnover_eur", "balance_eur")
#: What is asked together, and in which order of equals.
ASKED: tuple[tuple[str, ...], ...] = (
    ("employees",),
    ("ordered",),
    ("budget_eur",),
    _FINANCE,
    ("founded",),
)


class OpenQuestion(NamedTuple):
    """An attribute that the firm has not told and that can still change the guide."""

    attribute: str
    movement: float
    """How many of the first five places change, on average over the answers that the limits tell apart."""
    decides: tuple[str, ...]
    """Offers among the first five that one answer suits and another does not; empty if it only changes their order."""
    because: tuple[Finding, ...]
    """What those offers say of it now, in the same order, with the limits that decide."""
    brings: tuple[str, ...]
    """Offers that an answer may bring among the first five."""


class Prospect(NamedTuple):
    """What becomes of the hits with one answer."""

    firm: Firm
    first: tuple[str, ...]
    """The first five."""
    lost: frozenset[str]
    """Hits that the answer excludes."""
    judged: Mapping[str, Match]
    """The hits that waited for the answer, judged with it; by id."""


class Outlook(NamedTuple):
    """What the answers that are still missing could do to a guide."""

    questions: tuple[OpenQuestion, ...]
    """Those whose answers can still move the first five, the one that moves most first."""
    is_settled: bool
    """Whether no answer to any one of them can change the first three; never with the basics missing."""
    takes_finance_for_granted: bool
    """Whether one of the first five waits for turnover or balance total, and the firm's size as good as meets it."""


def outlook(guide: Guide, weights: Weights) -> Outlook:
    """What can still change a guide.

    No questions before the place is known, and none in an emergency: nothing about funding is worth a minute now.
    """
    if guide.firm.place is None or guide.firm.emergency is not None:
        return Outlook((), False, False)
    ahead = {names: prospects(names, guide, weights) for names in ASKED if missing(names, guide.firm)}
    asked = [_question(names, found, guide) for names, found in ahead.items()]
    first = _first(guide)[:SETTLED]
    stands = all(prospect.first[:SETTLED] == first for found in ahead.values() for prospect in found)
    return Outlook(
        questions=tuple(sorted((q for q in asked if q is not None), key=lambda q: -q.movement)),
        is_settled=stands and not missing_basics(guide),
        takes_finance_for_granted=_is_granted(guide, ahead.get(_FINANCE, [])),
    )


def _is_granted(guide: Guide, found: Sequence[Prospect]) -> bool:
    waiting = [hit.match.offer.id for hit in guide.hits[:TOP] if _waits_for_finance(hit.match)]
    return bool(found and waiting) and not any(
        name in after.lost or _waits_for_finance(after.judged[name]) for after in found for name in waiting
    )


def _waits_for_finance(m: Match) -> bool:
    return m.finding("finance").verdict is Verdict.UNKNOWN


def missing_basics(guide: Guide) -> tuple[str, ...]:
    """Which of place, trade and needs the guide waits for: the place to the town, or well enough for every hit."""
    firm = guide.firm
    known = {"place": _is_placed(guide), "trade": firm.trade is not None, "needs": bool(firm.needs)}
    return tuple(name for name, is_known in known.items() if not is_known)


def _is_placed(guide: Guide) -> bool:
    place = guide.firm.place
    if place is None or place.gemeinde is not None:
        return place is not None
    is_known = place.plz is not None and place.kreis is not None
    return is_known and all(m.finding("area").verdict is not Verdict.UNKNOWN for m in _fitting(guide))


def missing(names: Iterable[str], firm: Firm) -> tuple[str, ...]:
    """Which of these attributes the firm has not told."""
    return tuple(name for name in names if getattr(firm, name) is None)


def _question(names: tuple[str, ...], found: Sequence[Prospect], guide: Guide) -> OpenQuestion | None:
    """The question with what hangs on it; None if no answer moves anything, or every answer the same."""
    before = _first(guide)
    if len(found) == 1 and found[0].judged:
        # What size or age of the firm already tell nobody need ask, though the offers rightly call it open.
        return None
    moves = [sum(a != b for a, b in zip_longest(before, prospect.first)) for prospect in found]
    if not any(moves):
        return None
    page = [hit.match for hit in guide.hits[:TOP]]
    because = {m.offer.id: _deciding(m, names, found) for m in page}
    decides = {name: finding for name, finding in because.items() if finding is not None}
    return OpenQuestion(
        attribute=missing(names, guide.firm)[0],
        movement=sum(moves) / len(moves),
        decides=tuple(decides),
        because=tuple(decides.values()),
        brings=tuple(dict.fromkeys(name for prospect in found for name in prospect.first if name not in before)),
    )


def _deciding(m: Match, names: tuple[str, ...], found: Sequence[Prospect]) -> Finding | None:
    """What an offer says now of what it will judge differently after different answers; None if it never does."""
    then = [prospect.judged.get(m.offer.id, m) for prospect in found]
    readers = _readers(names)
    for rule in readers:
        if len({after.finding(rule.name).verdict for after in then}) > 1:
            return m.finding(rule.name)
    # With several tiers an answer can leave only one that fails for another reason.
    return m.finding(readers[0].name) if len({after.eligibility is Eligibility.NO for after in then}) > 1 else None


def _readers(names: tuple[str, ...]) -> list[Rule]:
    """The hard rules that read one of these attributes, first those that read nothing else."""
    rules = [rule for rule in RULES if rule.is_hard and not set(names).isdisjoint(rule.attributes)]
    return sorted(rules, key=lambda rule: not set(rule.attributes) <= set(names))


def _first(guide: Guide) -> tuple[str, ...]:
    return tuple(hit.match.offer.id for hit in guide.hits[:TOP])


def _fitting(guide: Guide) -> list[Match]:
    return list({m.offer.id: m for hit in guide.hits for m in (hit.match, *hit.folded)}.values())


# --- what would be told after an answer ------------------------------------------------------------------------------


def prospects(names: tuple[str, ...], guide: Guide, weights: Weights) -> list[Prospect]:
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
        judged = {}
        for offer, key in zip(waiting, verdicts, strict=True):
            if (offer.id, key) not in seen:
                seen[offer.id, key] = match(firm, offer, guide.as_of, weights)
            judged[offer.id] = seen[offer.id, key]
        found.append(_prospect(firm, fitting, judged, weights))
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


def _prospect(firm: Firm, fitting: Sequence[Match], judged: Mapping[str, Match], weights: Weights) -> Prospect:
    matches = [judged.get(m.offer.id, m) for m in fitting]
    left = sorted((m for m in matches if m.eligibility is not Eligibility.NO), key=place_in_order)
    first = tuple(hit.match.offer.id for hit in arrange(left, firm, weights)[:TOP])
    return Prospect(firm, first, frozenset(m.offer.id for m in matches if m.eligibility is Eligibility.NO), judged)


# --- the answers that limits tell apart ------------------------------------------------------------------------------


def answers(names: tuple[str, ...], firm: Firm, tiers: Iterable[Tier], as_of: date) -> list[Firm]:
    """The firm with every plausible answer that these tiers can tell apart: one for each interval between their limits.

    Numbers are whole; turnover and balance total are answered together if both are missing.
    """
    listed, asked = list(tiers), missing(names, firm)
    values = product(*(_values(name, listed, firm, as_of) for name in asked))
    return [firm._replace(**dict(zip(asked, told, strict=True))) for told in values]


def _values(attribute: str, tiers: Iterable[Tier], firm: Firm, as_of: date) -> list[Any]:
    if attribute == "ordered":
        return [False, True]
    # The lowest value of an interval is the most plausible one of it.
    lowest = [start for start in interval_starts(attribute, tiers) if is_plausible(attribute, start, firm)]
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
