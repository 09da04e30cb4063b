"""How firmly a hit stands ("wackelig")."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from digiwegweiser.core.decisive import ASKED, TOP, answers, interval_starts, missing
from digiwegweiser.core.firm import Firm, Place, Trade
from digiwegweiser.core.guide import Guide, arrange
from digiwegweiser.core.matching import Match, match, place_in_order
from digiwegweiser.core.offer import Offer, Tier
from digiwegweiser.core.rules import RULES
from digiwegweiser.core.vocabulary import Eligibility, Sector
from digiwegweiser.core.weights import Weights


class Wobble(NamedTuple):
    """What would exclude a firm from an offer that fits now."""

    attribute: str
    value: float | None
    """The nearest value that excludes; None where the firm has not told its own."""
    rule: str
    """The rule that first reads the attribute, or that waits for it."""


#: Numbers that move from month to month, and the rule that is for them.
_MOVING = {"employees": "employees", "turnover_eur": "finance", "balance_eur": "finance"}


def wobbles(m: Match, firm: Firm, as_of: date, weights: Weights) -> tuple[Wobble, ...]:
    """What flips a hit: numbers that move by a tenth (heads by one at least), and questions that are still open.

    One thing moves at a time. Needs are no fact that could turn out otherwise and are left out, as is what only the
    office can tell.
    """
    found: dict[str, Wobble] = {}
    for wobble, changed in chain(_nearby(firm, m), _otherwise(firm, m, as_of)):
        if wobble.attribute in found:
            continue
        if match(changed, m.offer, as_of, weights).eligibility is Eligibility.NO:
            found[wobble.attribute] = wobble
    return tuple(found.values())


#: What is said if the firm with which it comes is excluded.
_Trial = tuple[Wobble, Firm]


def _nearby(firm: Firm, m: Match) -> Iterator[_Trial]:
    """Values within a tenth of the firm's at which a limit of the offer could decide otherwise, nearest first."""
    for attribute, rule in _MOVING.items():
        value = getattr(firm, attribute)
        if value is None:
            continue
        around = _heads_around(value) if attribute == "employees" else _euros_around(value)
        for edge in _edges(attribute, m.offer.tiers, value, around):
            changed: dict[str, Any] = {attribute: edge}
            yield Wobble(attribute, edge, rule), firm._replace(**changed)


def _edges(attribute: str, tiers: Iterable[Tier], value: float, around: tuple[float, float]) -> list[float]:
    """Values on both sides of each limit that lies around the firm's, nearest first."""
    low, high = around
    starts = interval_starts(attribute, tiers)[1:]
    edges = {edge for start in starts if low <= start <= high for edge in (start - 1, start, low, high)}
    return [edge for _, edge in sorted((abs(edge - value), edge) for edge in edges if low <= edge <= high)]


def _heads_around(heads: float) -> tuple[float, float]:
    step = max(1.0, heads / 10)
    return max(0.0, round(heads - step, 2)), round(heads + step, 2)


def _euros_around(euros: int) -> tuple[int, int]:
    return -(-euros * 9 // 10), euros * 11 // 10


# --- open questions, answered otherwise ------------------------------------------------------------------------------


def _otherwise(firm: Firm, m: Match, as_of: date) -> Iterator[_Trial]:
    """For each open finding the answers that the firm might give."""
    for rule in (finding.rule for finding in m.unknown()):
        match rule:
            case "area":
                yield Wobble("place", None, rule), firm._replace(place=_elsewhere(firm.place or Place("")))
            case "trade" if firm.trade is None:
                yield from ((Wobble("trade", None, rule), firm._replace(trade=trade)) for trade in _STRANGERS)
            case "company_age" if firm.founded is not None:
                # In the year of the limit the month decides: that is as if the firm were a year older or younger.
                for years in (-1, 1):
                    yield Wobble("founded", None, rule), firm._replace(founded=firm.founded + years)
            case _:
                yield from _untold(rule, firm, m, as_of)


def _untold(rule: str, firm: Firm, m: Match, as_of: date) -> Iterator[_Trial]:
    """All answers to the questions that a rule waits for."""
    read = next(r.attributes for r in RULES if r.name == rule)
    for names in ASKED:
        for attribute in missing((name for name in names if name in read), firm)[:1]:
            for changed in answers(names, firm, m.offer.tiers, as_of):
                yield Wobble(attribute, None, rule), changed


def _elsewhere(place: Place) -> Place:
    """A place outside every area, as far as the firm's own is not known."""
    return place._replace(land=place.land or "", kreis=place.kreis or "", gemeinde=place.gemeinde or "")


#: A craft and a firm of a sector that no offer names.
_STRANGERS = (Trade("", "", frozenset({Sector.CRAFT})), Trade("", "", frozenset()))


# --- a head count that is worth an exact look ------------------------------------------------------------------------


class NearHeads(NamedTuple):
    """A head count close to the firm's at which the first five are others."""

    heads: float
    lost: tuple[Offer, ...]
    """Offers among the first five that exclude it."""
    won: tuple[Offer, ...]
    """Offers that exclude the firm's own number and would be among the first five."""


def near_heads(guide: Guide, weights: Weights) -> NearHeads | None:
    """The nearest such number within a tenth, or one head; None if there is none, or nobody to count but the owner."""
    heads = guide.firm.employees
    if heads is None or heads == 0:
        return None
    page = [hit.match.offer for hit in guide.hits[:TOP]]
    out = [m.offer for m in guide.excluded if all(found.rule in _COUNTING for found in m.failing())]
    tiers = [tier for offer in (*page, *out) for tier in offer.tiers]
    for edge in _edges("employees", tiers, heads, _heads_around(heads)):
        found = _with_heads(edge, guide, out, weights)
        fitting = {m.offer.id for m in found}
        lost = tuple(offer for offer in page if offer.id not in fitting)
        first = {hit.match.offer.id for hit in arrange(found, guide.firm, weights)[:TOP]}
        won = tuple(offer for offer in out if offer.id in first)
        if lost or won:
            return NearHeads(edge, lost, won)
    return None


#: Rules that the head count can turn.
_COUNTING = frozenset(rule.name for rule in RULES if rule.is_hard and "employees" in rule.attributes)


def _with_heads(heads: float, guide: Guide, out: Iterable[Offer], weights: Weights) -> list[Match]:
    """What fits with another head count, of the hits and of those offers, in order."""
    firm = guide.firm._replace(employees=heads)
    hits = {m.offer.id: m.offer for hit in guide.hits for m in (hit.match, *hit.folded)}
    found = [match(firm, offer, guide.as_of, weights) for offer in (*hits.values(), *out)]
    return sorted((m for m in found if m.eligibility is not Eligibility.NO), key=place_in_order)
