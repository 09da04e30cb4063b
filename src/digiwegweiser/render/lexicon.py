"""The names that codes stand for."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from digiwegweiser.core.emergency import Authority
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.succession import Heir, heir_on


class Lexicon(NamedTuple):
    """Names by code, as the data files give them."""

    needs: Mapping[str, str]
    kreise: Mapping[str, str]
    trades: Mapping[str, str]
    offers: Mapping[str, Offer]
    """The whole catalogue by id."""
    means: Mapping[str, frozenset[str]]
    """Needs whose offers help with a need as a means."""
    authorities: Mapping[str, Authority] = MappingProxyType({})
    """The data protection authority by Land."""

    def need_labels(self, codes: Iterable[str]) -> list[str]:
        """The labels of needs, in the given order."""
        return [self.needs.get(code, code) for code in codes]

    def heir(self, offer: Offer, as_of: date) -> Heir | None:
        """What came after an offer, past successors that have ended, too."""
        return heir_on(offer, self.offers, as_of)
