"""Offers that stand behind so many others for every firm that nobody ever sees them on the first page."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from digiwegweiser.catalog.market import Market, Stand
from digiwegweiser.core.kleene import MET, NOT_MET, UNKNOWN
from digiwegweiser.core.offer import Tier
from digiwegweiser.core.rules import RULES, Rule
from digiwegweiser.core.vocabulary import Kind

_RANK = {MET: 2, UNKNOWN: 1, NOT_MET: 0}
#: Columns of verdict and points, one for each value that tells firms apart.
Table = tuple[tuple[int, int], ...]
#: The tables of one tier by place in the order of rules; made when first asked for, because most pairs differ early.
_Tables = Callable[[int], Table]
_PLACES = range(len(RULES))


class _Rival(NamedTuple):
    """An offer, where its sites are, and what every rule says of each of its tiers."""

    stand: Stand
    sites: frozenset[tuple[float | None, float | None]]
    tiers: tuple[_Tables, ...]


def never_shown(market: Market, page: int) -> Iterator[tuple[Stand, list[str]]]:
    """The living offers before which at least `page` others stand for every firm, with the names of these.

    Others of one network count once, because it is folded. An offer that may be lifted on the first page for what it
    is (a chamber, money) is left out.
    """
    rivals = _tabulated(market)
    for weaker in rivals:
        is_lifted = weaker.stand.offer.kind is Kind.CHAMBER or weaker.stand.offer.form.pays
        if is_lifted or not market.is_asked_for(weaker.stand):
            continue
        ahead = _first_ahead(weaker, rivals, page)
        if len(ahead) >= page:
            yield weaker.stand, ahead


def _first_ahead(weaker: _Rival, rivals: Sequence[_Rival], page: int) -> list[str]:
    """The names of those that are always ahead, one of each network, as many as a page holds."""
    found: dict[str, str] = {}
    for rival in rivals:
        offer = rival.stand.offer
        if rival is not weaker and offer.through is None and _is_always_ahead(rival, weaker):
            found.setdefault(offer.network or offer.id, offer.id)
        if len(found) == page:
            break
    return sorted(found.values())


def _tabulated(market: Market) -> list[_Rival]:
    tiers = [tier for stand in market.living for tier in stand.offer.tiers]
    columns = [(rule, market.values(rule.attributes, tiers)) for rule in _cheapest_first()]
    # Most offers share most of their tables; the same one need not be compared with itself.
    same: dict[Table, Table] = {}

    def tables(stand: Stand, tier: Tier) -> _Tables:
        @cache
        def table(at: int) -> Table:
            found = _table(market, stand, tier, *columns[at])
            return same.setdefault(found, found)

        return table

    return [
        _Rival(s, frozenset((at.lat, at.lon) for at in s.offer.sites), tuple(tables(s, tier) for tier in s.offer.tiers))
        for s in market.living
    ]


def _cheapest_first() -> list[Rule]:
    """The rules, with the longest tables last: most pairs differ in a short one."""
    return sorted(
        RULES, key=lambda rule: ("place" in rule.attributes, "trade" in rule.attributes, len(rule.attributes))
    )


def _table(market: Market, stand: Stand, tier: Tier, rule: Rule, values: Sequence[object]) -> Table:
    on = market.candidate(stand.offer, tier)
    found = [rule.judge(value, on) for value in values]
    return tuple((_RANK[one.verdict] if rule.is_hard else 0, one.points) for one in found)


def _is_always_ahead(stronger: _Rival, weaker: _Rival) -> bool:
    """Whether one suits and scores at least as well for every firm, and comes first in the order where both are equal.

    A site can bring points from its own town on, so the stronger must have every site of the weaker.
    """
    first, second = stronger.stand.offer, weaker.stand.offer
    if not weaker.sites <= stronger.sites:
        return False
    if not all(any(_covers(tier, other) for tier in stronger.tiers) for other in weaker.tiers):
        return False
    return first.id < second.id or all(any(_beats(tier, other) for tier in stronger.tiers) for other in weaker.tiers)


def _covers(tier: _Tables, other: _Tables) -> bool:
    return all(
        mine is theirs or all(one[0] >= two[0] and one[1] >= two[1] for one, two in zip(mine, theirs, strict=True))
        for mine, theirs in _pairs(tier, other)
    )


def _beats(tier: _Tables, other: _Tables) -> bool:
    """Whether one rule gives more points whatever the firm."""
    return any(
        mine is not theirs and all(one[1] > two[1] for one, two in zip(mine, theirs, strict=True))
        for mine, theirs in _pairs(tier, other)
    )


def _pairs(tier: _Tables, other: _Tables) -> Iterator[tuple[Table, Table]]:
    return ((tier(at), other(at)) for at in _PLACES)
