"""The whole offer as firms find it: every offer with its place in the files, and the values that tell firms apart."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import product
from typing import Any, NamedTuple

from digiwegweiser.catalog.located import Located
from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.decisive import interval_starts
from digiwegweiser.core.firm import Place, StatedNeed, Trade
from digiwegweiser.core.offer import Offer, Tier
from digiwegweiser.core.vocabulary import LAND_NAMES, State, land_of
from digiwegweiser.core.weights import Weights


class Stand(NamedTuple):
    """One offer and where its entry is written."""

    item: Located
    offer: Offer


class World(NamedTuple):
    """What there is of the things that firms differ in."""

    trades: Sequence[Trade]
    needs: Sequence[str]
    kreise: Sequence[str]


class Market:
    """The offers of a day before all kinds of firms; doubts may be asked for about those of one file only."""

    def __init__(
        self, stands: Sequence[Stand], world: World, as_of: date, weights: Weights, file: str | None = None
    ) -> None:
        self.stands, self.world, self.as_of, self.weights, self.file = stands, world, as_of, weights, file

    def is_asked_for(self, stand: Stand) -> bool:
        """Whether a doubt about it is of interest."""
        return self.file in (None, stand.item.file)

    @cached_property
    def living(self) -> list[Stand]:
        """Those that firms may be sent to."""
        return [s for s in self.stands if s.offer.is_recommended and s.offer.state_on(self.as_of).is_living]

    @cached_property
    def not_ended(self) -> list[Stand]:
        """Those that are still on offer, or not yet."""
        return [s for s in self.stands if s.offer.state_on(self.as_of) is not State.ENDED]

    def candidate(self, offer: Offer, tier: Tier) -> Candidate:
        """A tier as the rules see it."""
        return Candidate(offer, tier, self.as_of, self.weights)

    def values(self, attributes: tuple[str, ...], tiers: Sequence[Tier]) -> list[Any]:
        """What a rule may read of a firm: unknown, and one value for each that these tiers tell apart."""
        if not attributes:
            return [None]
        if len(attributes) == 1:
            return list(self._each(attributes[0], tiers))
        return list(product(*(self._each(name, tiers) for name in attributes)))

    def _each(self, attribute: str, tiers: Sequence[Tier]) -> Iterator[Any]:
        yield None
        match attribute:
            case "place":
                yield from places_of(self.world.kreise, tiers)
            case "trade":
                yield from self.world.trades
            case "needs":
                yield from ((StatedNeed(code, code),) for code in self.world.needs)
            case "ordered":
                yield from (False, True)
            case "founded":
                yield from (self.as_of.year - age for age in interval_starts(attribute, tiers))
            case _:
                yield from interval_starts(attribute, tiers)


def places_of(kreise: Iterable[str], tiers: Iterable[Tier]) -> Iterator[Place]:
    """Each Land and Kreis, and each municipality that a tier names; a Kreis with its main town left open."""
    yield from (Place(name, land=land) for land, name in LAND_NAMES.items())
    yield from (Place(key, land=land_of(key), kreis=key) for key in kreise)
    for key in sorted({key for tier in tiers for key in tier.area.gemeinden}):
        yield Place(key, land=land_of(key), kreis=key[:5], gemeinde=key)


def own_places(offer: Offer) -> Iterator[Place]:
    """One place for each key of an offer's area; nowhere in particular for one without."""
    area = offer.area
    for key in sorted(area.kreise | area.gemeinden):
        yield Place(key, land=land_of(key), kreis=key[:5], gemeinde=key if len(key) > len("05974") else None)
    if not (area.kreise or area.gemeinden):
        yield from (Place(land, land=land) for land in sorted(area.laender))


def stands_of(items: Iterable[Located], build: Mapping[str, Offer]) -> list[Stand]:
    """The entries that could be built, the last of each id."""
    last = {item.entry["id"]: item for item in items if item.entry.get("id") in build}
    return [Stand(item, build[name]) for name, item in last.items()]
