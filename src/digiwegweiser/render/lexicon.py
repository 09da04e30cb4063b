"""The names that codes stand for."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Lexicon(NamedTuple):
    """Names by code, as the data files give them."""

    needs: Mapping[str, str]
    kreise: Mapping[str, str]
    trades: Mapping[str, str]
    offers: Mapping[str, str]
    means: Mapping[str, frozenset[str]]
    """Needs whose offers help with a need as a means."""

    def need_labels(self, codes: Iterable[str]) -> list[str]:
        """The labels of needs, in the given order."""
        return [self.needs.get(code, code) for code in codes]
