"""What a table of firms says of each, in the words of the guide."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from digiwegweiser.core.finding import Finding
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.reading import Reading
from digiwegweiser.core.vocabulary import Eligibility, Service
from digiwegweiser.render.fitting import PARTS
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.messages import conflict_text, problem_text, remark_text, shorten
from digiwegweiser.render.money import cost_text
from digiwegweiser.render.reasons import served_text
from digiwegweiser.render.wording import KINDS, NBSP, listed, place_line

_FITS = {Eligibility.YES: "ja", Eligibility.OPEN: "offen", Eligibility.NO: "nein"}
_CANDIDATES_SUGGESTED = 5


class RowTexts:
    """The words of rows; texts are plain, numbers and units parted by ordinary spaces."""

    def __init__(self, words: Lexicon) -> None:
        self._words = words

    @property
    def parts(self) -> Mapping[str, Callable[[Finding, Offer], str | None]]:
        """Parts of the reason by rule, in the order in which they follow the needs."""
        return PARTS

    def needs(self, served: Sequence[tuple[str, Service]]) -> str:
        """The part of the reason on the needs; of those served alike the order counts, unserved ones not at all."""
        return served_text(served, self._words)

    def kind(self, offer: Offer) -> str:
        """What an offer is."""
        return KINDS[offer.kind]

    def cost(self, offer: Offer) -> str:
        """What it costs the firm."""
        return _plain(cost_text(offer))

    def eligibility(self, found: Eligibility) -> str:
        """Whether an offer fits."""
        return _FITS[found]

    def fault(self, key: str, reading: Reading[Any]) -> tuple[str, str | None]:
        """Why an answer could not be used, in one line, and what to write instead."""
        text = problem_text(key, reading, {}, with_option=False)
        return _plain(text.splitlines()[0]), _suggestion(reading)

    def remark(self, key: str, reading: Reading[Any]) -> str:
        """What was assumed when an answer was read."""
        return _plain(remark_text(key, reading))

    def conflict(self, kind: str, values: Sequence[Any]) -> str:
        """Which answers do not go together, and what to check."""
        return _plain(conflict_text(kind, values))

    def emergency(self, words: str) -> str:
        """What is told to a firm under attack."""
        return f"Notfall: „{shorten(words)}“ klingt nach einem laufenden Angriff; sofort anrufen, vor aller Förderung."


def _suggestion(reading: Reading[Any]) -> str | None:
    if reading.candidates:
        named = [
            place_line(one) if hasattr(one, "plz") else str(getattr(one, "name", one)) for one in reading.candidates
        ]
        return " | ".join(named[:_CANDIDATES_SUGGESTED])
    return listed([f"„{word}“" for word in reading.suggestions], "oder") or None


def _plain(text: str) -> str:
    return text.replace(NBSP, " ")
