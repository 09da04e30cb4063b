"""Which rows of the place tables a name means."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TypeVar

from digiwegweiser.intake.laender import land_labels
from digiwegweiser.intake.place_rows import KreisRow, PlaceRow, PlaceRows
from digiwegweiser.intake.spelling import bare_place_words, fold, is_abbreviation, place_words

K = TypeVar("K")
T = TypeVar("T")

#: First words of names like "Bad Kösen", whose second word alone is not the name.
_ATTACHED = frozenset(("bad", "st", "gross", "klein", "alt", "neu", "hohen", "nieder", "ober", "unter", "markt"))

_KREIS_WORDS = frozenset(
    ("kreis", "landkreis", "lkr", "lk", "kr", "stadtkreis", "region", "staedteregion", "regionalverband")
)

#: More than there are Kreise, which are compared again and again.
_KREISE_KEPT = 2_000


def towns_named(rows: Iterable[PlaceRow], name: tuple[str, ...]) -> list[PlaceRow]:
    """The municipalities of this name, with or without what tells namesakes apart; else those abbreviated so."""
    towns = [row for row in rows if row.is_town]
    found = [row for row in towns if name in (place_words(row.name), bare_place_words(row.name))]
    if found or len(name) == 1:
        # An abbreviation of one word would have to be the same.
        return found
    return [row for row in towns if is_abbreviation(name, place_words(row.name))]


def quarters_named(rows: Iterable[PlaceRow], name: tuple[str, ...]) -> list[PlaceRow]:
    """The quarters and former municipalities of this name: "Bahrenfeld" finds "Hamburg Bahrenfeld"."""
    quarters = [row for row in rows if not row.is_town]
    found = [row for row in quarters if place_words(row.name) == name]
    found = found or [row for row in quarters if quarter_words(row.name) == name]
    return found or [row for row in quarters if bare_place_words(row.name) == name]


def quarter_words(name: str) -> tuple[str, ...]:
    """The telling words after the first one, without it only where it is not part of the name."""
    found = place_words(name)
    return found if found[0] in _ATTACHED else found[1:] or found


def rows_named(rows: Sequence[PlaceRow], name: str) -> list[PlaceRow]:
    """The rows of one PLZ that a name means, the most literal ones only."""
    if literal := [row for row in rows if row.name == name]:
        return literal
    asked = place_words(name)
    found = [row for row in rows if place_words(row.name) == asked]
    exact = [row for row in found if fold(row.name) == fold(name)]
    return exact or found or towns_named(rows, asked) or quarters_named(rows, asked)


def towns_beginning(rows: Iterable[PlaceRow], name: tuple[str, ...]) -> list[PlaceRow]:
    """The municipalities whose name begins so: "Garmisch" finds "Garmisch-Partenkirchen"."""
    return [row for row in rows if row.is_town and place_words(row.name)[: len(name)] == name]


def by_town(rows: Iterable[PlaceRow]) -> list[list[PlaceRow]]:
    """The rows of each municipality, those with most PLZ first."""
    return sorted(_grouped(rows, lambda row: row.gemeinde or row.plz).values(), key=lambda group: -len(group))


def names_kreis(text: str) -> bool:
    """Whether the text says that a Kreis is meant: "Landkreis Rostock", "LK Harz"."""
    found = place_words(text)
    return len(found) > 1 and found[0] in _KREIS_WORDS


class KreisNames:
    """The Kreise by name, "Kreis", "Landkreis" and the like left aside."""

    def __init__(self, rows: PlaceRows) -> None:
        """Remember the tables; the names are sorted when they are needed."""
        self._rows = rows

    def named(self, text: str) -> list[KreisRow]:
        """The Kreise of this name, with or without what tells namesakes apart; else those abbreviated so.

        Where Landkreise bear it, they alone.
        """
        asked = _kreis_words(place_words(text))
        found = self._by_name.get(asked) or self._by_bare_name.get(asked) or self._abbreviated(asked)
        return [kreis for kreis in found if not kreis.is_city] or found

    def _abbreviated(self, name: tuple[str, ...]) -> list[KreisRow]:
        # An abbreviation of one word would have to be the same.
        among = self._by_initial.get(name[0][0], ()) if len(name) > 1 else ()
        return [kreis for kreis in among if is_abbreviation(name, _kreis_words(place_words(kreis.label)))]

    @cached_property
    def _by_name(self) -> dict[tuple[str, ...], list[KreisRow]]:
        return _grouped(self._rows.kreise, lambda kreis: _kreis_words(place_words(kreis.label)))

    @cached_property
    def _by_bare_name(self) -> dict[tuple[str, ...], list[KreisRow]]:
        return _grouped(self._rows.kreise, lambda kreis: _kreis_words(bare_place_words(kreis.label)))

    @cached_property
    def _by_initial(self) -> dict[str, list[KreisRow]]:
        return _grouped(self._rows.kreise, lambda kreis: _kreis_words(place_words(kreis.label))[0][0])


class KnownNames:
    """Names by their telling words, among which a misspelt one is looked for."""

    def __init__(self, rows: PlaceRows) -> None:
        """Remember the tables; the names are gathered when they are needed."""
        self._rows = rows

    def meant_by(self, asked: str) -> Iterator[str]:
        """The town, Kreis or Land, then the quarter, of which these words are surely a misspelling, if any is."""
        from digiwegweiser.intake.similar import closest

        for known, keys in ((self.towns, self._towns_by_initial), (self.quarters, self._quarters_by_initial)):
            # Names with another first letter are never meant.
            meant = closest(asked, keys.get(asked[0], ()))
            if meant and meant.count(" ") == asked.count(" "):
                yield known[meant]

    def alike(self, asked: str) -> tuple[str, ...]:
        """The names, but not those of quarters, that look like these words."""
        from digiwegweiser.intake.similar import alike

        return tuple(dict.fromkeys(self.towns[key] for key in alike(asked, self.towns)))

    @cached_property
    def towns(self) -> dict[str, str]:
        """Towns, Kreise and Länder."""
        towns = {" ".join(place_words(name)): name for name in land_labels()}
        towns |= {" ".join(place_words(kreis.label)): kreis.label for kreis in self._rows.kreise}
        for name, is_town in self._is_town.items():
            if is_town:
                towns.setdefault(" ".join(bare_place_words(name)), name)
                towns.setdefault(" ".join(place_words(name)), name)
        return towns

    @cached_property
    def quarters(self) -> dict[str, str]:
        """Quarters and former municipalities."""
        return {" ".join(place_words(name)): name for name, is_town in self._is_town.items() if not is_town}

    @cached_property
    def _is_town(self) -> dict[str, bool]:
        return {row.name: row.is_town for row in self._rows.all}

    @cached_property
    def _towns_by_initial(self) -> dict[str, list[str]]:
        return _grouped(self.towns, lambda name: name[0])

    @cached_property
    def _quarters_by_initial(self) -> dict[str, list[str]]:
        return _grouped(self.quarters, lambda name: name[0])


def _grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    found: dict[K, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


@lru_cache(_KREISE_KEPT)
def _kreis_words(found: tuple[str, ...]) -> tuple[str, ...]:
    """The words without those that only say Kreis."""
    kept = [word for word in found if word not in _KREIS_WORDS] or list(found)
    if kept[-1].endswith("kreis") and len(kept[-1]) > 5:
        kept[-1] = kept[-1].removesuffix("kreis")
    return tuple(kept)
