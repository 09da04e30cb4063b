"""Which offers cannot be had together for one project, and which must come before another."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

from digiwegweiser.core.guide import Guide
from digiwegweiser.core.matching import Match
from digiwegweiser.core.offer import Tier


class Requirement(NamedTuple):
    """What must be used before another offer."""

    named: str
    """Id of an offer or a kind, as the entry says it."""
    match: Match | None
    """The offer that meets it for this firm: of a kind the best ranked. None where the firm can have none."""


class Limit(StrEnum):
    """How far two offers exclude each other."""

    PROJECT = "project"
    COSTS = "costs"
    """Only what pays for the same: a course may stand beside a machine."""


def limit_between(one: Match, other: Match) -> Limit | None:
    """How far the sources say of either that it cannot be combined with the other; one side is enough."""
    if one.offer.id == other.offer.id:
        return None
    if other.offer.id in one.offer.not_with or one.offer.id in other.offer.not_with:
        return Limit.PROJECT
    is_stated = other.offer.form in one.offer.not_with or one.offer.form in other.offer.not_with
    return Limit.COSTS if is_stated and _may_pay_for_the_same(one, other) else None


def _may_pay_for_the_same(one: Match, other: Match) -> bool:
    return any(_overlap(mine, its) for mine in one.tiers for its in other.tiers)


def _overlap(mine: Tier, its: Tier) -> bool:
    """Whether some costs may count in both tiers; where no source says which count, they may."""
    return mine.pays_for is None or its.pays_for is None or bool(mine.pays_for & its.pays_for)


def excluded_by(m: Match, others: Iterable[Match]) -> tuple[Match, ...]:
    """Those of the others that cannot be combined with it, in their order."""
    return tuple(other for other in others if limit_between(m, other) is not None)


def together(ranked: Iterable[Match]) -> tuple[Match, ...]:
    """Those that can be had together.

    Of two that exclude each other the better ranked stays: it suits the firm and its needs better, however much the
    other pays.
    """
    kept: list[Match] = []
    for m in ranked:
        if not excluded_by(m, kept):
            kept.append(m)
    return tuple(kept)


def requirements(m: Match, guide: Guide) -> tuple[Requirement, ...]:
    """What must be used before the offer in its best tier, in the order of the names."""
    return tuple(Requirement(named, _first_of(named, m, guide)) for named in sorted(m.tier.requires))


def _first_of(named: str, m: Match, guide: Guide) -> Match | None:
    others = (other for other in _usable(guide) if other.offer.id != m.offer.id)
    return next((other for other in others if named in (other.offer.id, other.offer.kind)), None)


def _usable(guide: Guide) -> Iterator[Match]:
    """The hits, what is folded into them, and what only serves other needs: a required check need not serve them."""
    yield from (hit.match for hit in guide.hits)
    for hit in guide.hits:
        yield from hit.folded
    yield from (m for m in guide.excluded if [found.rule for found in m.failing()] == ["needs"])
