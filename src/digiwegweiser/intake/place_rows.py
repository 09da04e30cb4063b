"""The rows of the place tables, found without parsing what is not asked for."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from digiwegweiser.core.firm import Place
from digiwegweiser.intake.spelling import fold_table, place_words


class PlaceRow(NamedTuple):
    """A place within the area of a PLZ."""

    plz: str
    name: str
    gemeinde: str
    """AGS; empty where the table does not know to which municipality a quarter belongs."""
    kreis: str
    kreis_name: str
    land: str
    lat: float
    lon: float
    is_town: bool
    """A municipality, not a quarter or former municipality."""
    is_sure: bool
    """Whether the PLZ is known to reach this place; else only the map areas touch."""

    @property
    def is_city(self) -> bool:
        """Whether the municipality is a Kreis of its own."""
        return self.is_town and self.gemeinde.endswith("000")


class SpecialRow(NamedTuple):
    """A PLZ without an area: of one large recipient, or dissolved."""

    place: PlaceRow
    is_dissolved: bool


class KreisRow(NamedTuple):
    """A Landkreis or kreisfreie Stadt."""

    ags: str
    name: str
    label: str
    """Unique name to show."""
    is_city: bool
    land: str
    lat: float
    lon: float


#: What searches may cost before an index over all rows is worth its price, counted in look-ups of one PLZ.
_INDEX_COST = 1_000
#: The cost of a search through all lines.
_SCAN_COST = 100
_PLZ_KEPT = 20_000


class _Words:
    """The telling words of names, in alphabetical order."""

    def __init__(self, names: Sequence[str]) -> None:
        self._lines: dict[str, list[int]] = {}
        for line, name in enumerate(names):
            # "Rot an der Rot" has one word twice.
            for word in dict.fromkeys(place_words(name)):
                self._lines.setdefault(word, []).append(line)
        self._words = sorted(self._lines)

    def lines_of(self, word: str) -> Sequence[int]:
        """Which names have this word, counted from 0."""
        return self._lines.get(word, ())

    def lines_beginning(self, start: str) -> Sequence[int]:
        """Which names have a word that begins so, counted from 0."""
        found = self._words[bisect_left(self._words, start) : bisect_left(self._words, start + "{")]
        return sorted({line for word in found for line in self._lines[word]})


class PlaceRows:
    """The tables of a data folder; each is read when first needed, and a PLZ is found without parsing the rest."""

    def __init__(self, data: Path) -> None:
        """Remember the folder; nothing is read yet."""
        self._data = data
        self._spent = 0
        self._beginning_with = lru_cache(_PLZ_KEPT)(self._find)

    @cached_property
    def _bytes(self) -> bytes:
        return (self._data / "postal_codes.csv").read_bytes()

    @cached_property
    def _special(self) -> bytes:
        return (self._data / "plz_special.csv").read_bytes()

    @cached_property
    def _lines(self) -> list[str]:
        return self._bytes.decode("utf-8").splitlines()[1:]

    @cached_property
    def _folded(self) -> list[str]:
        return fold_table(self._bytes).splitlines()[1:]

    def _needs_index(self, cost: int) -> bool:
        """Whether with a search of this cost so much has been searched that an index pays."""
        self._spent += cost
        return self._spent > _INDEX_COST

    def beginning_with(self, digits: str) -> Sequence[PlaceRow]:
        """All rows whose PLZ begins with these digits, the primary row of each PLZ first."""
        return self._beginning_with(digits)

    def _find(self, digits: str) -> Sequence[PlaceRow]:
        if self._needs_index(1):
            return self.all[bisect_left(self._lines, digits) : bisect_left(self._lines, digits + ":")]
        return [_place_row(line) for line in _lines_beginning(self._bytes, digits)]

    def special(self, plz: str) -> SpecialRow | None:
        """The row of a PLZ without an area."""
        lines = _lines_beginning(self._special, plz)
        if not lines:
            return None
        _, kind, name, ags, kreis, kreis_name, land, lat, lon, sure = lines[0].split(",")
        row = PlaceRow(plz, name, ags, kreis, kreis_name, land, float(lat), float(lon), True, sure == "1")
        return SpecialRow(row, kind == "aufgehoben")

    def may_be(self, name: tuple[str, ...]) -> list[PlaceRow]:
        """The rows that these telling words may name: all where they are the words, several of them abbreviated."""
        longest = max(name, key=len)
        if self._needs_index(_SCAN_COST):
            lines = self._words.lines_of(longest) if len(name) == 1 else self._words.lines_beginning(longest)
            return [self.all[line] for line in lines if longest in self._folded_names[line]]
        pairs = zip(self._lines, self._folded, strict=True)
        return [_place_row(line) for line, plain in pairs if longest in plain and longest in plain.split(",", 2)[1]]

    def of_gemeinde(self, ags: str) -> Sequence[PlaceRow]:
        """The rows of a municipality, without its quarters."""
        if self._needs_index(_SCAN_COST):
            return self._by_gemeinde.get(ags, ())
        return [_place_row(line) for line in self._lines if f",{ags}," in line and ",gemeinde," in line]

    def town_name(self, ags: str) -> str | None:
        """The name of a municipality; None where the key is empty or unknown."""
        rows = self.of_gemeinde(ags) if ags else ()
        return rows[0].name if rows else None

    @cached_property
    def _folded_names(self) -> list[str]:
        return [line.split(",", 2)[1] for line in self._folded]

    @cached_property
    def _words(self) -> _Words:
        return _Words([row.name for row in self.all])

    @cached_property
    def _by_gemeinde(self) -> dict[str, list[PlaceRow]]:
        towns: dict[str, list[PlaceRow]] = {}
        for row in self.all:
            if row.is_town and row.gemeinde:
                towns.setdefault(row.gemeinde, []).append(row)
        return towns

    @cached_property
    def all(self) -> list[PlaceRow]:
        """Every row."""
        return [_place_row(line) for line in self._lines]

    @cached_property
    def kreise(self) -> list[KreisRow]:
        """All Kreise."""
        text = (self._data / "kreise.csv").read_text(encoding="utf-8")
        return [_kreis_row(line) for line in text.splitlines()[1:]]


def _lines_beginning(table: bytes, digits: str) -> list[str]:
    """The lines of a table sorted by PLZ whose PLZ begins with these digits."""
    start, end = (_offset(table, digits.encode("ascii") + after) for after in (b"", b":"))
    return table[start:end].decode("utf-8").splitlines()


def _offset(table: bytes, key: bytes) -> int:
    """Where the first line begins that does not sort before the key."""
    low, high = table.index(b"\n") + 1, len(table)
    while low < high:
        start = max(table.rfind(b"\n", low, (low + high) // 2) + 1, low)
        end = table.find(b"\n", start)
        end = len(table) if end < 0 else end + 1
        low, high = (end, high) if table[start : start + len(key)] < key else (low, start)
    return low


def _place_row(line: str) -> PlaceRow:
    """The row of a line; the table has no quoted fields."""
    plz, name, ags, kreis, kreis_name, land, lat, lon, kind, _, sure = line.split(",")
    return PlaceRow(plz, name, ags, kreis, kreis_name, land, float(lat), float(lon), kind == "gemeinde", sure == "1")


def _kreis_row(line: str) -> KreisRow:
    """The row of a line; the table has no quoted fields."""
    ags, name, kind, land, _, lat, lon, label = line.split(",")
    return KreisRow(ags, name, label, kind in ("Kreisfreie Stadt", "Stadtkreis"), land, float(lat), float(lon))


def place_of(row: PlaceRow, is_double: bool, town: str | None = None) -> Place:
    """The place of a row in this municipality; a name that the PLZ holds twice carries its Kreis."""
    name = f"{row.name} ({row.kreis_name})" if is_double else row.name
    return Place(
        name,
        row.land,
        row.kreis,
        row.kreis_name,
        row.gemeinde or None,
        town,
        row.plz,
        row.lat,
        row.lon,
    )
