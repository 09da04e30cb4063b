"""The names that codes stand for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Names by code, as the data files give them."""

    needs: Mapping[str, str]
    kreise: Mapping[str, str]
    trades: Mapping[str, str]
    offers: Mapping[str, str]

    def need_labels(self, codes: Iterable[str]) -> list[str]:
        """The labels of needs, in the given order."""
        return [self.needs.get(code, code) for code in codes]
