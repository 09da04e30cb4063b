"""What a firm could honestly change so that an offer which excludes it today would fit ("knapp daneben")."""

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.finding import Finding
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.offer import Offer, Tier
from digiwegweiser.core.rules import RULES
from digiwegweiser.core.vocabulary import State, Verdict
from digiwegweiser.core.weights import Weights


class Direction(StrEnum):
    """How a new value is meant."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ONE_OF = "one_of"


class Change(NamedTuple):
    """One attribute of the firm, or the day (`as_of`), with the nearest value that the offer accepts."""

    attribute: str
    value: Any
    """The exact limit; for `needs` the codes of which any single one is enough."""
    direction: Direction


#: Attributes by the effort of changing them, least first. What is not listed no firm can honestly change.
EFFORT = ("ordered", "needs", "budget_eur", "as_of", "employees")


def changes(firm: Firm, offer: Offer, as_of: date, weights: Weights) -> tuple[Change, ...]:
    """The least that would make an excluding offer fit, by effort; empty if nothing honest does or nothing is needed.

    Over all tiers: the fewest changes, then the easiest, then the smallest. Wherever the firm is unknown to an offer,
    nothing is changed, so the offer may still be open afterwards.
    """
    first_day = _first_day(offer, as_of)
    sets = [_tier_changes(firm, Candidate(offer, tier, first_day, weights)) for tier in offer.tiers]
    later = () if first_day == as_of else (Change("as_of", first_day, Direction.AT_LEAST),)
    possible = [_by_effort((*found, *later)) for found in sets if found is not None]
    return min(possible, key=lambda found: _effort(found, firm), default=())


def _first_day(offer: Offer, as_of: date) -> date:
    """The day asked for, or the first day of an offer that has not begun."""
    is_waiting = offer.valid_from is not None and offer.state_on(as_of) is State.NOT_YET
    return max(as_of, offer.valid_from) if is_waiting and offer.valid_from is not None else as_of


def _tier_changes(firm: Firm, on: Candidate) -> tuple[Change, ...] | None:
    """What one tier asks for on its day; None if something cannot be changed."""
    found = []
    for rule in RULES:
        if not rule.is_hard:
            continue
        finding = rule.judge(rule.value_of(firm), on)
        if finding.verdict is not Verdict.NOT_MET:
            continue
        change = _CHANGES[rule.name](finding, on.tier) if rule.name in _CHANGES else None
        if change is None:
            return None
        found.append(change)
    return tuple(found)


def _hire(found: Finding, _: Tier) -> Change | None:
    lowest, highest = found.limit
    if lowest is None or found.value >= lowest or (highest is not None and lowest > highest):
        return None
    return Change("employees", lowest, Direction.AT_LEAST)


def _plan_otherwise(found: Finding, _: Tier) -> Change | None:
    lowest, highest = found.limit
    if lowest is not None and highest is not None and lowest > highest:
        return None
    if lowest is not None and found.value < lowest:
        return Change("budget_eur", lowest, Direction.AT_LEAST)
    return Change("budget_eur", highest, Direction.AT_MOST)


def _wait_with_the_order(_found: Finding, _tier: Tier) -> Change:
    return Change("ordered", False, Direction.ONE_OF)


def _need_otherwise(found: Finding, tier: Tier) -> Change | None:
    core, _ = found.limit
    codes = core & tier.needs if tier.needs else core
    return Change("needs", tuple(sorted(codes)), Direction.ONE_OF) if codes else None


_CHANGES: dict[str, Callable[[Finding, Tier], Change | None]] = {
    "employees": _hire,
    "budget": _plan_otherwise,
    "ordered": _wait_with_the_order,
    "needs": _need_otherwise,
}


def _by_effort(found: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(found, key=lambda change: EFFORT.index(change.attribute)))


def _effort(found: tuple[Change, ...], firm: Firm) -> tuple[int, list[int], list[float]]:
    """How many changes, how hard each is, and how far each number has to move."""
    moved = [abs(c.value - getattr(firm, c.attribute)) for c in found if c.attribute in ("budget_eur", "employees")]
    return len(found), [EFFORT.index(change.attribute) for change in found], moved
