"""Pairs of entries that look like one offer written down twice."""

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from digiwegweiser.catalog.market import Market, Stand, own_places
from digiwegweiser.core.firm import Place
from digiwegweiser.core.kleene import NOT_MET
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.rules import area_fits

#: How much of two names is the same, from 0 to 1, for them to be taken for one.
ALIKE = 0.85
_NO_WORD = re.compile(r"\W+")


def twins(market: Market) -> Iterator[tuple[Stand, Stand]]:
    """Each entry with the first before it that it looks like.

    The two have a like name, and the operator and a part of the area in common, or the page. One that follows the
    other in time is no twin of it.
    """
    told: set[str] = set()
    for group in _groups(market):
        for at, second in enumerate(group):
            first = next((one for one in group[:at] if _is_twin(market, one.offer, second.offer)), None)
            if first is not None and second.offer.id not in told:
                told.add(second.offer.id)
                yield second, first


def _is_twin(market: Market, first: Offer, second: Offer) -> bool:
    return _is_like(first, second) and _shares(market, first, second)


def _groups(market: Market) -> Iterator[list[Stand]]:
    """Offers by operator, and by page."""
    found: dict[str, list[Stand]] = defaultdict(list)
    for stand in market.not_ended:
        found[f"operator {_plain(stand.offer.operator)}"].append(stand)
        if stand.offer.contact.url is not None:
            found[f"page {stand.offer.contact.url.rstrip('/')}"].append(stand)
    return iter(found.values())


def _plain(text: str) -> str:
    return _NO_WORD.sub(" ", text.casefold()).strip()


def _is_like(first: Offer, second: Offer) -> bool:
    if first.id in (second.predecessor, second.successor) or second.id in (first.predecessor, first.successor):
        return False
    one, other = _plain(first.name), _plain(second.name)
    if one.replace(" ", "") == other.replace(" ", ""):
        return True
    # "Stufe 1" and "Stufe 2", "Region Nord" and "Region Süd": what differs is a word of its own, not a spelling.
    compared = SequenceMatcher(None, one, other)
    return compared.real_quick_ratio() >= ALIKE <= compared.ratio() and not _differ_in_words(one, other)


def _differ_in_words(one: str, other: str) -> bool:
    """Whether each has a word that the other does not have in any spelling."""
    words, others = set(one.split()), set(other.split())
    return _has_own(words - others, others - words) and _has_own(others - words, words - others)


def _has_own(words: set[str], others: set[str]) -> bool:
    return any(all(SequenceMatcher(None, word, o).ratio() < ALIKE for o in others) for word in words)


def _shares(market: Market, first: Offer, second: Offer) -> bool:
    """Whether a firm in the area of one may lie in that of the other."""
    if first.contact.url is not None and first.contact.url == second.contact.url:
        return True
    places: list[Place | None] = [*own_places(first), *own_places(second)] or [None]
    on = [market.candidate(offer, offer.tiers[0]._replace(area=offer.area)) for offer in (first, second)]
    return any(all(area_fits(place, one).verdict is not NOT_MET for one in on) for place in places)
