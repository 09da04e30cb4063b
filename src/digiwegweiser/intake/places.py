"""From an owner's words to a place."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from digiwegweiser.core.firm import Place
from digiwegweiser.core.geography import distance_km
from digiwegweiser.core.reading import Note, Reading, Remark
from digiwegweiser.intake.laender import CITY_LAENDER, is_full_land_name, land_label, land_labels, land_named
from digiwegweiser.intake.place_names import (
    KnownNames,
    KreisNames,
    by_town,
    names_kreis,
    quarters_named,
    rows_named,
    towns_beginning,
    towns_named,
)
from digiwegweiser.intake.place_rows import KreisRow, PlaceRow, PlaceRows, place_of
from digiwegweiser.intake.spelling import bare_place_words, fold, place_words, words

LONGEST_TEXT = 120
"""Longer texts are no place; the limit keeps the patterns fast on anything."""
PLZ_DIGITS = 5
LAND_SHARE = 0.9
"""From which share of the known PLZ with the same first digits a Land counts as sure."""

# Patterns are compiled when first used: a plain PLZ needs none of them, and compiling takes milliseconds.
_COUNTRY = r"[\s,(]+(?:deutschland|germany|brd)\)?$"
_PLZ_FIRST = r"(?:de?)?[-\s]*([0-9]{4,5})(?:\.0)?(?![0-9.])[\s,;:/-]*(.*)"
_PLZ_LAST = r"(.*?)[\s,(/]+(?:de?-)?([0-9]{5})\)?"
_QUALIFIED = (
    r"(.+?)\s*\(([^()]+)\)",
    r"(.+?)\s*[,/]\s*([^,/]+)",
    r"(.+?)\s+((?:kreis|landkreis|lkr\.?|lk|kr\.?)\s.+)",
    r"(.+?)\s+(?:in\s+)?(\S+)",
)

_TITLES = frozenset((
    "stadt", "hansestadt", "landeshauptstadt", "lutherstadt", "kreisstadt", "gemeinde", "markt", "ort", "in", "bei",
    "aus",
))  # fmt: skip

WIDEST_TOWN_KM = 30
"""From one side to the other; the distance that counts as near (nearness.site_near_km): beyond, "near" is a guess."""
_LONGEST_TOWN = 4
"""Telling words of a town name that may stand before an unknown quarter."""

_Test = Callable[[PlaceRow], bool]


class Gazetteer:
    """Reads PLZ, towns, quarters, Kreise and Länder from the tables of a data folder."""

    def __init__(self, data: Path) -> None:
        """Remember the folder; the tables are read when they are needed."""
        self._rows = PlaceRows(data)
        self._kreise = KreisNames(self._rows)
        self._names = KnownNames(self._rows)

    def read(self, text: str) -> Reading[Place]:
        """The place, the places it could be, or names that look alike."""
        if len(text) > LONGEST_TEXT:
            return Reading(text)
        if len(text) == PLZ_DIGITS and text.isascii() and text.isdigit():
            return self._read_plz(text, text, "")
        spoken = _pattern(_COUNTRY).sub("", " ".join(text.split()).strip(" ,;.-"))
        if found := _pattern(_PLZ_FIRST).fullmatch(spoken):
            return self._read_plz(text, found[1], found[2])
        if found := _pattern(_PLZ_LAST).fullmatch(spoken):
            return self._read_plz(text, found[2], found[1])
        return self._read_name(text, spoken) if len("".join(place_words(spoken))) > 1 else Reading(text)

    def names(self) -> list[str]:
        """Labels that each read back to one place: PLZ with place, towns of several PLZ, Kreise, Länder."""
        rows = [row for row in self._rows.all if row.is_sure]
        double = {key for key, many in Counter((row.plz, row.name) for row in rows).items() if many > 1}
        labels = [place_of(row, (row.plz, row.name) in double).label for row in rows]
        towns = Counter(row.name for row in rows if row.is_town)
        one = Counter(name for name, _ in {(row.name, row.gemeinde) for row in rows if row.is_town})
        bare = Counter(bare_place_words(name) for name in one)
        labels += [
            name for name, many in towns.items() if many > 1 and one[name] == 1 and bare[bare_place_words(name)] == 1
        ]
        labels += [kreis.label for kreis in self._rows.kreise if not kreis.is_city]
        return sorted(dict.fromkeys(labels)) + land_labels()

    # -- PLZ ------------------------------------------------------------------------------------------------------

    def _read_plz(self, text: str, digits: str, rest: str) -> Reading[Place]:
        """A PLZ, with or without a name; four digits are a PLZ that lost its leading zero."""
        plz = digits.zfill(5)
        notes = () if plz == digits else (Note(Remark.SPELLING, plz),)
        rows = self._rows.beginning_with(plz)
        rest = rest.strip(" ,;/-")
        rest = rest.strip("()") if rest.startswith("(") else rest
        rest = rest if words(rest) else ""
        if not rows:
            reading = self._read_special(text, plz, rest) or self._read_unknown_plz(text, digits, rest)
        elif rest:
            reading = self._read_plz_and_name(text, rows, rest)
        else:
            reading = self._read_rows(text, rows)
        is_found = reading.value or reading.candidates
        return reading._replace(notes=notes + reading.notes) if notes and is_found else reading

    def _read_rows(self, text: str, rows: Sequence[PlaceRow]) -> Reading[Place]:
        """The first place of these rows when all lie in one Kreis, else each municipality."""
        sure = [row for row in rows if row.is_sure] or list(rows)
        if len({row.kreis for row in sure}) == 1:
            return Reading(text, self._place(sure[0]))
        towns = [row for row in sure if row.is_town]
        others = [row for row in sure if row.kreis not in {town.kreis for town in towns}]
        return _one_or_many(text, [self._place(row) for row in towns + others])

    def _read_plz_and_name(self, text: str, rows: Sequence[PlaceRow], name: str) -> Reading[Place]:
        """The place of that name within the PLZ, a Kreis or Land that narrows it down, or the PLZ alone."""
        found = rows_named(rows, name) or self._qualified(rows, name)
        if found:
            return self._with_part_of(_one_or_many(text, [self._place(row) for row in found]), found)
        region = self._region(name)
        within = [row for row in rows if region(row)] if region else []
        if within:
            return self._read_rows(text, within)
        return self._misspelt_row(text, rows, name) or self._contradicted(text, rows, name)

    def _misspelt_row(self, text: str, rows: Sequence[PlaceRow], name: str) -> Reading[Place] | None:
        """The place within the PLZ that the name is a misspelling of."""
        from digiwegweiser.intake.similar import closest

        known = {" ".join(place_words(row.name)): row for row in rows}
        meant = closest(" ".join(place_words(name)), known)
        return Reading(text, self._place(known[meant]), (Note(Remark.SPELLING, known[meant].name),)) if meant else None

    def _contradicted(self, text: str, rows: Sequence[PlaceRow], name: str) -> Reading[Place]:
        """The PLZ alone (the name may be a quarter), unless the name clearly means another Kreis or Land."""
        alone = self._read_rows(text, rows)
        named = self._read_exact(text, name)
        other = named.value if named and all(note.remark is not Remark.PART_OF for note in named.notes) else None
        if other is None or other.kreis in {row.kreis for row in rows}:
            return alone
        own = alone.candidates or ((alone.value,) if alone.value else ())
        return Reading(text, candidates=(*own, other))

    def _read_special(self, text: str, plz: str, name: str) -> Reading[Place] | None:
        """The town that a PLZ without an area is assumed to lie in; where that is unsure, a choice of wider areas."""
        special = self._rows.special(plz)
        if special is None:
            return None
        row = special.place
        if name and not rows_named([row], name):
            named = self._read_name(text, name)
            if named.is_understood:
                return named
        remark = Remark.DISSOLVED if special.is_dissolved else Remark.LARGE_RECIPIENT
        town = self._place(row)
        if name and rows_named([row], name):
            return Reading(text, town)
        if row.is_sure:
            return Reading(text, town, (Note(remark, row.name),))
        wider = [kreis for kreis in self._rows.kreise if kreis.ags == row.kreis and not kreis.is_city]
        choice = [town, *(self._kreis(kreis) for kreis in wider), self._land(row.land)]
        return Reading(text, notes=(Note(remark, row.name),), candidates=tuple(dict.fromkeys(choice)))

    def _read_unknown_plz(self, text: str, digits: str, name: str) -> Reading[Place]:
        """The town if one is named (Postfach PLZ are in no table), else the Land by the first digits."""
        shares = self._lands_around(digits.zfill(5))
        if name:
            named = self._read_name(text, name)
            near = [place for place in named.candidates if place.land in shares]
            if named.is_understood or named.candidates:
                return Reading(text, near[0], named.notes) if len(near) == 1 else named
        if not shares:
            close = self._rows.beginning_with(digits)[:5] if len(digits) == 4 else []
            return Reading(text, suggestions=tuple(self._place(row).label for row in close))
        land = max(shares, key=lambda key: shares[key])
        if shares[land] >= LAND_SHARE:
            return Reading(text, self._land(land), (Note(Remark.LAND_ONLY, land_label(land)),))
        ranked = sorted(shares, key=lambda key: -shares[key])
        return Reading(text, candidates=tuple(self._land(land) for land in ranked))

    def _lands_around(self, plz: str) -> dict[str, float]:
        """The share of each Land among the known PLZ that share the longest beginning, two digits at least."""
        for length in (4, 3, 2):
            first = {row.plz: row.land for row in reversed(self._rows.beginning_with(plz[:length]))}
            if first:
                return {land: many / len(first) for land, many in Counter(first.values()).items()}
        return {}

    # -- names ----------------------------------------------------------------------------------------------------

    def _read_name(self, text: str, name: str) -> Reading[Place]:
        """A town, quarter, Kreis or Land by its name."""
        return self._read_exact(text, name) or self._read_misspelt(text, name)

    def _read_exact(self, text: str, name: str) -> Reading[Place] | None:
        """What bears this name: a Land, a Kreis called so, a town, a Kreis, a quarter, a town narrowed down."""
        if land := land_named(name):
            return self._read_land(text, name, land)
        if names_kreis(name):
            return self._read_kreis(text, name)
        asked = place_words(name)
        if towns := self._towns(asked):
            return self._read_towns(text, asked, towns)
        return (
            self._read_kreis(text, name)
            or self._read_quarter(text, asked)
            or self._read_qualified(text, name)
            or self._read_titled(text, name)
            or self._read_unknown_quarter(text, asked)
            or self._read_beginning(text, asked)
        )

    def _read_land(self, text: str, name: str, land: str) -> Reading[Place]:
        """The Land; a town that shares its name is mentioned."""
        others = self._towns(place_words(name)) if is_full_land_name(name) and land not in CITY_LAENDER else []
        others = [town for town in others if town[0].is_city]
        notes = tuple(Note(Remark.LIKELIER, self._town(town).label) for town in others)
        return Reading(text, self._land(land), notes)

    def _read_kreis(self, text: str, name: str) -> Reading[Place] | None:
        """The Kreis or Kreise of this name."""
        found = self._kreise.named(name)
        return _one_or_many(text, [self._kreis(kreis) for kreis in found]) if found else None

    def _towns(self, name: tuple[str, ...]) -> list[list[PlaceRow]]:
        """The municipalities of this name, each as its rows, those with most PLZ first."""
        return by_town(towns_named(self._rows.may_be(name), name))

    def _read_towns(self, text: str, asked: tuple[str, ...], towns: list[list[PlaceRow]]) -> Reading[Place]:
        """The only town, or the city that bears exactly this name, or the choice."""
        if len(towns) == 1:
            return Reading(text, self._town(towns[0]))
        cities = [rows for rows in towns if rows[0].is_city and place_words(rows[0].name) == asked]
        if len(cities) == 1:
            others = ", ".join(self._candidate(rows, towns).label for rows in towns if rows is not cities[0])
            return Reading(text, self._town(cities[0]), (Note(Remark.LIKELIER, others),))
        return _one_or_many(text, [self._candidate(rows, towns, asked) for rows in towns])

    def _candidate(
        self, rows: list[PlaceRow], towns: list[list[PlaceRow]], asked: tuple[str, ...] | None = None
    ) -> Place:
        """The town in a form that can be typed back: by name if that tells it apart, else with its first PLZ."""
        own = place_words(rows[0].name)
        namesakes = [other for other in towns if place_words(other[0].name) == own]
        if own == asked or len(namesakes) > 1:
            return self._place(rows[0])
        return self._town(rows)

    def _read_quarter(self, text: str, asked: tuple[str, ...]) -> Reading[Place] | None:
        """The quarter or former municipality of this name."""
        found = quarters_named(self._rows.may_be(asked), asked)
        groups: dict[tuple[str, str], list[PlaceRow]] = {}
        for row in found:
            groups.setdefault((row.gemeinde or row.plz, row.name), []).append(row)
        if len(groups) == 1:
            return self._with_part_of(Reading(text, self._town(found)), found)
        return _one_or_many(text, [self._place(rows[0]) for rows in groups.values()]) if groups else None

    def _read_qualified(self, text: str, name: str) -> Reading[Place] | None:
        """A town told apart by its Kreis or Land: "Neuenkirchen, Kreis Steinfurt"."""
        found = self._qualified(None, name)
        groups = by_town(found)
        if len(groups) == 1:
            return self._with_part_of(Reading(text, self._town(found)), found)
        return _one_or_many(text, [self._candidate(rows, groups) for rows in groups]) if groups else None

    def _qualified(self, rows: Sequence[PlaceRow] | None, name: str) -> list[PlaceRow]:
        """The rows (None: of all) that the first part of the name means within the Kreis or Land of the second."""
        for pattern in _QUALIFIED:
            parts = _pattern(pattern).fullmatch(name)
            region = self._region(parts[2]) if parts and place_words(parts[1]) else None
            if parts and region:
                head = place_words(parts[1])
                among = self._rows.may_be(head) if rows is None else rows
                within = [row for row in among if region(row)]
                if found := towns_named(within, head) or quarters_named(within, head):
                    return found
        return []

    def _region(self, name: str) -> _Test | None:
        """A test whether a row lies in the Kreis or Land of this name."""
        if not place_words(name):
            return None
        if land := land_named(name):
            return lambda row: row.land == land
        keys = {kreis.ags for kreis in self._kreise.named(name)}
        return (lambda row: row.kreis in keys) if keys else None

    def _read_unknown_quarter(self, text: str, asked: tuple[str, ...]) -> Reading[Place] | None:
        """The town at the beginning when what follows is not known: "Köln-Ehrenfeld"."""
        for length in range(min(len(asked) - 1, _LONGEST_TOWN), 0, -1):
            towns = self._towns(asked[:length])
            exact = [rows for rows in towns if place_words(rows[0].name) == asked[:length]]
            cities = [rows for rows in exact if rows[0].is_city] or exact
            if len(cities) == 1:
                town = self._town(cities[0])
                return Reading(text, town, (Note(Remark.PART_OF, town.name),))
        return None

    def _read_beginning(self, text: str, asked: tuple[str, ...]) -> Reading[Place] | None:
        """The town whose name begins so, from five letters on."""
        if len("".join(asked)) < 5:
            return None
        towns = by_town(towns_beginning(self._rows.may_be(asked[:1]), asked))
        notes = (Note(Remark.SPELLING, towns[0][0].name),) if len(towns) == 1 else ()
        return self._read_towns(text, asked, towns)._replace(notes=notes) if towns else None

    def _read_titled(self, text: str, name: str) -> Reading[Place] | None:
        """The name without a leading "Stadt", "Gemeinde" and the like."""
        title, _, rest = name.partition(" ")
        return self._read_exact(text, rest) if fold(title) in _TITLES and place_words(rest) else None

    def _read_misspelt(self, text: str, name: str) -> Reading[Place]:
        """The one name that this is a misspelling of, else names that look alike."""
        asked = " ".join(place_words(name))
        for meant in self._names.meant_by(asked):
            if reading := self._read_exact(text, meant):
                return reading._replace(notes=(Note(Remark.SPELLING, meant), *reading.notes))
        return Reading(text, suggestions=self._names.alike(asked))

    # -- rows to places -------------------------------------------------------------------------------------------

    def _place(self, row: PlaceRow) -> Place:
        """The place of one row, with its PLZ."""
        rows = self._rows.beginning_with(row.plz)
        town = row.name if row.is_town else self._rows.town_name(row.gemeinde)
        return place_of(row, [other.name for other in rows].count(row.name) > 1, town)

    def _town(self, rows: Sequence[PlaceRow]) -> Place:
        """The place that several rows share, with a PLZ only if there is just one; in the middle of its points.

        Without a point where they lie too far apart: the middle of Berlin says nothing of a firm in Spandau.
        """
        sure = [row for row in rows if row.is_sure] or list(rows)
        if len({row.plz for row in sure}) == 1:
            return self._place(sure[0])
        town = self._place(sure[0])._replace(name=sure[0].name, plz=None)
        lat, lon = sum(row.lat for row in sure) / len(sure), sum(row.lon for row in sure) / len(sure)
        if max(distance_km(lat, lon, row.lat, row.lon) for row in sure) > WIDEST_TOWN_KM / 2:
            return town._replace(lat=None, lon=None)
        return town._replace(lat=round(lat, 4), lon=round(lon, 4))

    def _kreis(self, kreis: KreisRow) -> Place:
        """The place that stands for a Kreis; a kreisfreie Stadt is its town."""
        if kreis.is_city:
            return self._town(self._rows.of_gemeinde(kreis.ags + "000"))
        return Place(kreis.label, kreis.land, kreis.ags, kreis.label, lat=kreis.lat, lon=kreis.lon)

    def _land(self, land: str) -> Place:
        """The place that stands for a Land; Berlin and Hamburg are their towns."""
        if land in CITY_LAENDER:
            return self._town(self._rows.of_gemeinde(CITY_LAENDER[land]))
        return Place(land_label(land), land)

    def _with_part_of(self, reading: Reading[Place], rows: Iterable[PlaceRow]) -> Reading[Place]:
        """The reading with the remark that a quarter was named, where its municipality is known."""
        place = reading.value
        if place is None or place.gemeinde_name is None or any(row.is_town for row in rows):
            return reading
        return Reading(reading.text, place, (*reading.notes, Note(Remark.PART_OF, place.gemeinde_name)))


@lru_cache(8)
def _pattern(text: str) -> re.Pattern[str]:
    """The pattern, for which small and capital letters are the same."""
    return re.compile(text, re.IGNORECASE)


def _one_or_many(text: str, places: Iterable[Place]) -> Reading[Place]:
    """A reading with the only place as value, or with all as candidates."""
    distinct = tuple(dict.fromkeys(places))
    return Reading(text, distinct[0]) if len(distinct) == 1 else Reading(text, candidates=distinct)
