"""The German words that a table needs; whoever renders provides them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from digiwegweiser.core.finding import Finding
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.reading import Reading
from digiwegweiser.core.vocabulary import Eligibility, Service


class Texts(Protocol):
    """Words for reasons, offers and answers."""

    @property
    def parts(self) -> Mapping[str, Callable[[Finding, Offer], str | None]]:
        """Parts of the reason by rule, in the order in which they follow the needs."""

    def needs(self, served: Sequence[tuple[str, Service]]) -> str:
        """The part of the reason on the needs; of those served alike the order counts, unserved ones not at all."""

    def kind(self, offer: Offer) -> str:
        """What an offer is."""

    def cost(self, offer: Offer) -> str:
        """What it costs the firm."""

    def eligibility(self, found: Eligibility) -> str:
        """Whether the offer fits."""

    def fault(self, key: str, reading: Reading[Any]) -> tuple[str, str | None]:
        """Why an answer could not be used, and what to write instead."""

    def remark(self, key: str, reading: Reading[Any]) -> str:
        """What was assumed when an answer was read."""

    def conflict(self, kind: str, values: Sequence[Any]) -> str:
        """Which answers do not go together, and what to check."""

    def emergency(self, words: str) -> str:
        """What is told to a firm under attack."""
