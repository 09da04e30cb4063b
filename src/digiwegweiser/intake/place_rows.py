"""The rows of the place tables, found without parsing what is not asked for."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from digiwegweiser.core.firm import Place
from digiwegweiser.intake.spelling import fold_table


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


#: So often is the table searched line by line; for whoever asks more often it is worth an index.
_SCANS = 5
_PLZ_KEPT = 20_000


class _Names:
    """Names in one text, which is searched faster than each by itself."""

    def __init__(self, names: Sequence[str]) -> None:
        self._text = "\n".join(names)
        self._starts = list(accumulate((len(name) + 1 for name in names), initial=0))

    def lines_with(self, part: str) -> list[int]:
        """Which names contain a text, counted from 0."""
        found = []
        at = self._text.find(part)
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            found.append(line)
            at = self._text.find(part, self._starts[line + 1])
        return found


class PlaceRows:
    """The tables of a data folder; each is read when first needed, and a PLZ is found without parsing the rest."""

    def __init__(self, data: Path) -> None:
        """Remember the folder; nothing is read yet."""
        self._data = data
        self._scans = 0
        self._beginning_with = lru_cache(_PLZ_KEPT)(self._find)

    @cached_property
    def _bytes(self) -> bytes:
        return (self._data / "postal_codes.csv").read_bytes()

    @cached_property
    def _lines(self) -> list[str]:
        return self._bytes.decode("utf-8").splitlines()[1:]

    @cached_property
    def _folded(self) -> list[str]:
        return fold_table(self._bytes).splitlines()[1:]

    def beginning_with(self, digits: str) -> list[PlaceRow]:
        """All rows whose PLZ begins with these digits, the primary row of each PLZ first."""
        return list(self._beginning_with(digits))

    def _find(self, digits: str) -> tuple[PlaceRow, ...]:
        start = self._offset(digits.encode("ascii"))
        end = self._offset(digits.encode("ascii") + b":")
        return tuple(_place_row(line) for line in self._bytes[start:end].decode("utf-8").splitlines())

    def _offset(self, key: bytes) -> int:
        """Where the first line begins that does not sort before the key; the table is sorted by PLZ."""
        low, high = self._bytes.index(b"\n") + 1, len(self._bytes)
        while low < high:
            start = max(self._bytes.rfind(b"\n", low, (low + high) // 2) + 1, low)
            end = self._bytes.find(b"\n", start)
            end = len(self._bytes) if end < 0 else end + 1
            low, high = (end, high) if self._bytes[start : start + len(key)] < key else (low, start)
        return low

    def special(self, plz: str) -> SpecialRow | None:
        """The row of a PLZ without an area."""
        text = (self._data / "plz_special.csv").read_bytes()
        start = text.find(b"\n" + plz.encode("ascii") + b",")
        if start < 0:
            return None
        end = text.find(b"\n", start + 1)
        fields = text[start + 1 : end if end >= 0 else None].decode("utf-8").rstrip("\r").split(",")
        plz, kind, name, ags, kreis, kreis_name, land, lat, lon, sure = fields
        row = PlaceRow(plz, name, ags, kreis, kreis_name, land, float(lat), float(lon), True, sure == "1")
        return SpecialRow(row, kind == "aufgehoben")

    def containing(self, folded: str) -> list[PlaceRow]:
        """The rows in whose folded name this text occurs."""
        self._scans += 1
        if self._scans > _SCANS:
            return [self.all[at] for at in self._names.lines_with(folded)]
        pairs = zip(self._lines, self._folded, strict=True)
        return [_place_row(line) for line, plain in pairs if folded in plain and folded in plain.split(",", 2)[1]]

    def of_gemeinde(self, ags: str) -> list[PlaceRow]:
        """The rows of a municipality, without its quarters."""
        self._scans += 1
        if self._scans > _SCANS:
            return list(self._by_gemeinde.get(ags, ()))
        return [_place_row(line) for line in self._lines if f",{ags}," in line and ",gemeinde," in line]

    @cached_property
    def _names(self) -> _Names:
        return _Names([line.split(",", 2)[1] for line in self._folded])

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


def _place_row(line: str) -> PlaceRow:
    """The row of a line; the table has no quoted fields."""
    plz, name, ags, kreis, kreis_name, land, lat, lon, kind, _, sure = line.split(",")
    return PlaceRow(plz, name, ags, kreis, kreis_name, land, float(lat), float(lon), kind == "gemeinde", sure == "1")


def _kreis_row(line: str) -> KreisRow:
    """The row of a line; the table has no quoted fields."""
    ags, name, kind, land, _, lat, lon, label = line.split(",")
    return KreisRow(ags, name, label, kind in ("Kreisfreie Stadt", "Stadtkreis"), land, float(lat), float(lon))


def place_of(row: PlaceRow, is_double: bool) -> Place:
    """The place of a row; a name that the PLZ holds twice carries its Kreis."""
    name = f"{row.name} ({row.kreis_name})" if is_double else row.name
    return Place(
        name,
        row.land,
        row.kreis,
        row.kreis_name,
        row.gemeinde or None,
        row.name if row.is_town else None,
        row.plz,
        row.lat,
        row.lon,
    )
