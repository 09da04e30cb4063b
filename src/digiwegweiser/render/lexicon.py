"""The names that codes stand for."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import State


class Lexicon(NamedTuple):
    """Names by code, as the data files give them."""

    needs: Mapping[str, str]
    kreise: Mapping[str, str]
    trades: Mapping[str, str]
    offers: Mapping[str, Offer]
    """The whole catalogue by id."""
    means: Mapping[str, frozenset[str]]
    """Needs whose offers help with a need as a means."""

    def need_labels(self, codes: Iterable[str]) -> list[str]:
        """The labels of needs, in the given order."""
        return [self.needs.get(code, code) for code in codes]

    def successor(self, offer: Offer, as_of: date) -> Offer | None:
        """The first offer after this one in the chain of successors that has not ended; else the last of the chain."""
        after, seen = offer, {offer.id}
        while after.successor is not None and after.successor in self.offers and after.successor not in seen:
            after = self.offers[after.successor]
            seen.add(after.id)
            if after.state_on(as_of) is not State.ENDED:
                break
        return after if after is not offer else None
