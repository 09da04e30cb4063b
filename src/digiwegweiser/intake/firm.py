"""From all answers of an owner to a firm, with how each answer was read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from digiwegweiser.core.firm import NEXT_WORDS, Firm, StatedNeed
from digiwegweiser.core.reading import Reading
from digiwegweiser.intake.conflicts import Conflict, conflicts, needs_at_odds
from digiwegweiser.intake.needs import NeedBook
from digiwegweiser.intake.numbers import founding_year, read_count, read_euro, read_year, read_yes_no
from digiwegweiser.intake.places import Gazetteer
from digiwegweiser.intake.trades import TradeBook


class Answers(NamedTuple):
    """The owner's own words by attribute of the firm; None = not answered."""

    place: str | None = None
    trade: str | None = None
    employees: str | None = None
    needs: tuple[str, ...] = ()
    turnover_eur: str | None = None
    balance_eur: str | None = None
    founded: str | None = None
    budget_eur: str | None = None
    ordered: str | None = None
    de_minimis_eur: str | None = None

    def over(self, base: "Answers") -> "Answers":
        """These answers, completed by those of `base`."""
        given: dict[str, Any] = dict(self.items())
        return base._replace(**given)

    def items(self) -> Iterator[tuple[str, Any]]:
        """What has been answered, by attribute."""
        for name, value in self._asdict().items():
            if value is not None and value != ():
                yield name, value


class FirmReading(NamedTuple):
    """The firm, and every reading by attribute (several for needs)."""

    firm: Firm
    readings: Mapping[str, tuple[Reading[Any], ...]]

    def problems(self) -> list[tuple[str, Reading[Any]]]:
        """What was not understood or is ambiguous, and cannot be left out."""
        return [(key, r) for key, r in self._all() if not r.is_understood and not self._is_spare(key)]

    def remarks(self) -> list[tuple[str, Reading[Any]]]:
        """What was understood, but not literally; and what was not, but is left out."""
        return [(key, r) for key, r in self._all() if (r.notes if r.is_understood else self._is_spare(key))]

    def _all(self) -> Iterator[tuple[str, Reading[Any]]]:
        return ((key, reading) for key, several in self.readings.items() for reading in several)

    def _is_spare(self, key: str) -> bool:
        """Whether the guide can do without an answer: one of several needs, while another was understood."""
        return key == "needs" and any(reading.is_understood for reading in self.readings[key])


class Heard(NamedTuple):
    """One answer read, and what it says by the way of other things."""

    reading: Reading[Any]
    founded: int | None = None
    """The year of foundation that a description of the trade mentions."""
    emergency: str | None = None
    """The words that tell of an attack in progress."""


class FirmReader:
    """Reads answers with the reference tables; also attribute by attribute, for the interview."""

    def __init__(self, places: Gazetteer, trades: TradeBook, needs: NeedBook) -> None:
        self.places, self.trades, self.needs = places, trades, needs
        # Many firms say the same.
        self._refused = lru_cache(10_000)(needs.refused)
        self._readers: Mapping[str, Callable[[str], Reading[Any]]] = {
            "place": places.read,
            "trade": trades.read,
            "employees": read_count,
            "needs": needs.read,
            "turnover_eur": read_euro,
            "balance_eur": read_euro,
            "founded": read_year,
            "budget_eur": read_euro,
            "ordered": read_yes_no,
            "de_minimis_eur": read_euro,
        }

    def read(self, key: str, text: str) -> Reading[Any]:
        """One answer to the attribute `key`."""
        return self._readers[key](text)

    def hear(self, key: str, text: str, this_year: int | None = None) -> Heard:
        """One answer read, with what it says by the way."""
        return Heard(
            self.read(key, text),
            founded=founding_year(text, this_year) if key == "trade" else None,
            emergency=self.needs.read_emergency(text) if key == "needs" else None,
        )

    def conflicts(self, reading: FirmReading, this_year: int) -> tuple[Conflict, ...]:
        """Answers that contradict each other, the impossible first."""
        said = reading.readings.get("needs", ())
        return (*self.needs_at_odds(said), *conflicts(reading.firm, this_year))

    def needs_at_odds(self, said: Sequence[Reading[tuple[StatedNeed, ...]]]) -> tuple[Conflict, ...]:
        """Needs that are wanted in one answer and refused in one."""
        refused = [need for found in said for need in self._refused(found.text)]
        stated = [need for found in said for need in found.value or ()]
        return needs_at_odds(stated, refused) if refused else ()

    def read_all(self, answers: Answers, this_year: int | None = None) -> FirmReading:
        """The firm as far as it was understood."""
        return combine(
            {
                key: tuple(
                    self.hear(key, text, this_year) for text in (words if isinstance(words, tuple) else (words,))
                )
                for key, words in answers.items()
            }
        )


def combine(heard: Mapping[str, tuple[Heard, ...]]) -> FirmReading:
    """The firm that answers describe together; what is said of its foundation by the way counts, too."""
    readings = {key: tuple([one.reading for one in several]) for key, several in heard.items()}
    known: dict[str, Any] = {key: several[0].value for key, several in readings.items() if key != "needs"}
    if "trade" in heard:
        known["trade_word"] = _own_word(readings["trade"])
        known.setdefault("founded", heard["trade"][0].founded)
    if "needs" in heard:
        known["needs"] = merge_needs(readings["needs"])
        known["emergency"] = next((one.emergency for one in heard["needs"] if one.emergency is not None), None)
    return FirmReading(Firm(**known), readings)


def _own_word(readings: tuple[Reading[Any], ...]) -> str | None:
    """What the owner calls the trade; None where it was read as a similar or likelier word."""
    return next((" ".join(found.text.split()) for found in readings if found.is_understood and not found.notes), None)


def merge_needs(readings: tuple[Reading[tuple[StatedNeed, ...]], ...]) -> tuple[StatedNeed, ...]:
    """All needs in the order of their first mention, each once, with the words of all answers that state it."""
    merged: dict[str, list[StatedNeed]] = {}
    for reading in readings:
        for need in reading.value or ():
            merged.setdefault(need.code, []).append(StatedNeed(need.code, need.words, reading.text))
    return tuple(map(_joined, merged.values()))


def _joined(stated: Sequence[StatedNeed]) -> StatedNeed:
    """One need of several answers; a bare code says nothing beside the owner's own words."""
    if len(stated) == 1:
        return stated[0]
    own = [need for need in stated if need.words.casefold() != need.code] or stated
    return own[0]._replace(words=NEXT_WORDS.join(dict.fromkeys(need.words for need in own)))
