"""What came before an offer, what came after it, and what a firm can ask for in its place."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import accumulate
from operator import and_
from typing import NamedTuple

from digiwegweiser.core.guide import Guide
from digiwegweiser.core.matching import Match, match
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import Eligibility, State
from digiwegweiser.core.weights import Weights


class Story(NamedTuple):
    """An offer with what came before it and what comes after."""

    offer: Offer
    before: tuple[Offer, ...] = ()
    after: tuple[Offer, ...] = ()
    """Its successor, the successor of that, and so on; then others that name it as what they follow."""
    nearest: frozenset[str] = frozenset()
    """Ids of those after it that no source calls a successor."""


class Heir(NamedTuple):
    """What firms are told came after an offer."""

    name: str
    offer: Offer | None
    """None for one that is not in the catalogue."""
    is_formal: bool
    """False where it only comes nearest and no source calls it a successor."""


class Instead(NamedTuple):
    """The best living substitute for an offer that is over or not for the firm."""

    match: Match
    rank: int | None
    """Its place in the guide; None where it is folded into another."""
    is_successor: bool
    shared: tuple[str, ...]
    """Codes of the core needs that both have."""
    refused: tuple[Match, ...] = ()
    """Living successors that don't fit the firm."""


class Asked(NamedTuple):
    """One offer asked for, judged for one firm; a firm of which nothing is known if there is none."""

    story: Story
    match: Match
    guide: Guide
    has_firm: bool
    instead: Instead | None = None


def successors(offer: Offer, offers: Mapping[str, Offer]) -> Iterator[Offer]:
    """The successor, the successor of that, and so on, as far as the catalogue knows them; never one twice."""
    seen = {offer.id}
    while offer.successor is not None and offer.successor in offers and offer.successor not in seen:
        seen.add(offer.successor)
        offer = offers[offer.successor]
        yield offer


def heir_on(offer: Offer, offers: Mapping[str, Offer], as_of: date) -> Heir | None:
    """What came after an offer: the first in the chain of successors that has not ended, or the name of one.

    None where the chain ends in an offer that is over and has no successor, or there is no chain.
    """
    is_formal, last = True, offer
    for after in successors(offer, offers):
        is_formal = is_formal and last.successor_is_formal
        if after.state_on(as_of) is not State.ENDED:
            return Heir(after.name, after, is_formal)
        last = after
    name = last.successor_note
    return None if name is None else Heir(name, None, is_formal and last.successor_is_formal)


_ORDER = {State.OPEN: 0, State.ENDED: 2}
#: More than these are not variants of one offer, but a family of them.
MOST_VARIANTS = 3


def living_first(names: Iterable[str], offers: Mapping[str, Offer], as_of: date) -> tuple[str, ...]:
    """Ids in the given order, but what surely runs before what may, and that before what is over."""
    return tuple(sorted(names, key=lambda name: _ORDER.get(offers[name].state_on(as_of), 1)))


def are_variants(names: Sequence[str], offers: Mapping[str, Offer], as_of: date) -> bool:
    """Whether these have one story: over, since the same day, and followed by the same."""
    told = [offers[name] for name in names]
    fates = {(offer.valid_until, offer.successor, offer.successor_note) for offer in told}
    is_over = all(offer.state_on(as_of) is State.ENDED for offer in told)
    return 1 < len(told) <= MOST_VARIANTS and len(fates) == 1 and told[0].valid_until is not None and is_over


def story_of(offer: Offer, offers: Mapping[str, Offer]) -> Story:
    """The story of an offer in a catalogue."""
    before = [o for o in offers.values() if o.successor == offer.id or o.id == offer.predecessor]
    chain = list(successors(offer, offers))
    after = {later.id: later for later in chain}
    after |= {o.id: o for o in offers.values() if o.predecessor == offer.id and o.id not in after}
    links = accumulate((o.successor_is_formal for o in (offer, *chain)), and_)
    nearest = frozenset(later.id for later, is_formal in zip(chain, links, strict=False) if not is_formal)
    return Story(offer, tuple(before), tuple(after.values()), nearest)


def ask(offer: Offer, offers: Mapping[str, Offer], guide: Guide, weights: Weights, has_firm: bool = True) -> Asked:
    """An offer with its story, judged for the guide's firm."""
    story, found = story_of(offer, offers), match(guide.firm, offer, guide.as_of, weights)
    return Asked(story, found, guide, has_firm, _instead(found, guide, story, weights) if has_firm else None)


def _instead(found: Match, guide: Guide, story: Story, weights: Weights) -> Instead | None:
    """The best living substitute for this firm: what a source calls a successor and may fit, else one of the hits."""
    if found.eligibility is not Eligibility.NO:
        return None
    formal = (later for later in story.after if later.id not in story.nearest)
    heirs = [match(guide.firm, later, guide.as_of, weights) for later in formal]
    heirs = [heir for heir in heirs if heir.state.is_living]
    for heir in heirs:
        if heir.eligibility is not Eligibility.NO:
            return Instead(heir, guide.rank_of(heir.offer), True, _shared(found.offer, heir.offer))
    return _nearest_hit(found.offer, guide, tuple(heirs))


def _nearest_hit(own: Offer, guide: Guide, refused: tuple[Match, ...]) -> Instead | None:
    """The hit that stands best in the guide of those made for one of the offer's core needs, too.

    In place of money only money; in the same form, if there is any.
    """
    near = [hit.match for hit in guide.hits if _shared(own, hit.match.offer)]
    near = [m for m in near if m.offer.form.pays or not own.form.pays]
    alike = [m for m in near if own.form.pays and m.offer.form is own.form]
    if not near:
        return None
    best = (alike or near)[0]
    return Instead(best, guide.rank_of(best.offer), False, _shared(own, best.offer), refused)


def _shared(one: Offer, other: Offer) -> tuple[str, ...]:
    return tuple(sorted(one.core_needs & other.core_needs))
