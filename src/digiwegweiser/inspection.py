"""Use cases for those who write entries: what is wrong or doubtful in them, what they may say, and an empty one."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from digiwegweiser.catalog import store
from digiwegweiser.catalog.build import build_offer, build_weights
from digiwegweiser.catalog.entry_checks import check_entry
from digiwegweiser.catalog.files import own_files, read_bytes
from digiwegweiser.catalog.located import Located
from digiwegweiser.catalog.market import Market, World, stands_of
from digiwegweiser.catalog.market_checks import check_market
from digiwegweiser.catalog.needs import parse_needs
from digiwegweiser.catalog.parse import Parsed, read_all
from digiwegweiser.core.fault import Fault, FaultCode, FaultyData, Severity
from digiwegweiser.core.firm import Trade
from digiwegweiser.core.vocabulary import Sector

_CATALOGUE = "programs.yaml"
#: A firm without a trade of its own.
_STARTUP = "Start-up"


class Inspection(NamedTuple):
    """What was looked at on which day, and what was found, in the order of the files."""

    entries: int
    as_of: date
    faults: tuple[Fault, ...]

    def of(self, severity: Severity) -> list[Fault]:
        """The errors, or the warnings."""
        return [fault for fault in self.faults if fault.severity is severity]

    def text(self, show_all: bool) -> str:
        """For people."""
        from digiwegweiser.render.inspection import inspection_text

        return inspection_text(self.entries, self.of(Severity.ERROR), self.of(Severity.WARNING), show_all)

    def json(self) -> str:
        """For programs."""
        from digiwegweiser.render.inspection import inspection_json

        return inspection_json(self.entries, self.as_of, self.faults)


def inspect(path: Path | None, as_of: date) -> Inspection:
    """The shipped catalogue, or one file of the user's own beside it. Raises FaultyData where a file is not there.

    A catalogue that lies in a data folder is checked instead of the shipped one, with its neighbours.
    """
    folder, only = store.data_folder(), path
    own: dict[Path, bytes] = {}
    if path is not None and _is_whole_catalogue(path):
        folder = path.parent
    elif path is not None:
        own = {**_others(path), path: read_bytes(path)}
    parsed = read_all(store.read_sources(folder), own, folder)
    mine = [item for item in parsed.located if only is None or item.file == str(only)]
    found = [*parsed.faults, *(fault for item in mine for fault in check_entry(item, as_of))]
    found += check_market(market) if (market := _market(parsed, folder, as_of, only)) else ()
    # A catalogue is as sound as its neighbours; other files of the user's own are not asked for.
    told = [fault for fault in found if not own or fault.file == str(only)]
    return Inspection(len(mine), as_of, tuple(sorted(told, key=_in_the_file)))


def _in_the_file(fault: Fault) -> tuple[str, int, str]:
    return fault.file, fault.line or 0, fault.code


def _is_whole_catalogue(path: Path) -> bool:
    return path.name == _CATALOGUE and all((path.parent / name).is_file() for name in ("needs.yaml", "scoring.yaml"))


def _others(path: Path) -> dict[Path, bytes]:
    """The user's standing files, to which the one to be checked may refer; their own faults are not asked for."""
    found: dict[Path, bytes] = {}
    try:
        standing = own_files()
    except FaultyData:
        return found
    for other in standing:
        try:
            if not other.samefile(path):
                found[other] = read_bytes(other)
        except (OSError, FaultyData):
            continue
    return found


def _market(parsed: Parsed, folder: Path, as_of: date, only: Path | None) -> Market | None:
    """The offers that could be built; None where the tables are faulty themselves, or not all faults are known."""
    tables = {str(folder / name) for name in ("needs.yaml", "scoring.yaml")}
    if any(fault.file in tables or fault.code is FaultCode.TOO_MANY_FAULTS for fault in parsed.faults):
        return None
    needs = parse_needs(parsed.needs)
    world = World(
        trades=tuple(_trades(folder)),
        needs=[need.code for need in needs.needs],
        kreise=sorted(store.read_column(folder / "kreise.csv", "kreis_ags")),
    )
    sound = list(_sound(parsed))
    offers = {item.entry["id"]: build_offer(item.entry) for item in sound}
    file = None if only is None else str(only)
    return Market(stands_of(sound, offers), world, as_of, build_weights(parsed.scoring, needs.needs), file)


def _sound(parsed: Parsed) -> Iterator[Located]:
    """The entries without a fault of their own."""
    faulty = {(fault.file, fault.entry) for fault in parsed.faults}
    return (i for i in parsed.located if "id" in i.entry and (i.file, i.entry["id"]) not in faulty)


def _trades(folder: Path) -> Sequence[Trade]:
    from digiwegweiser.intake.trades import TradeBook

    book = TradeBook(folder)
    codes = sorted(store.read_column(folder / "trades.csv", "code") | store.read_column(folder / "sectors.csv", "code"))
    found = [book.read(word).value for word in (*codes, _STARTUP)]
    return [trade for trade in found if trade is not None]


def schema() -> dict[str, Any]:
    """The JSON Schema of a catalogue file, with German meanings."""
    from digiwegweiser.catalog.json_schema import catalogue_schema
    from digiwegweiser.render.meanings import with_meanings
    from digiwegweiser.render.wording import GROUPS, SECTORS

    found = store.load_catalog()
    names = {"need": {need.code: need.label for need in found.needs.needs}}
    names["trade"] = {
        code: name
        for file in ("trades.csv", "sectors.csv")
        for code, name in store.read_names(found.folder / file, "code", "name").items()
    }
    names["kreis"] = store.read_names(found.folder / "kreise.csv", "kreis_ags", "label")
    names["trade_or_group"] = names["trade"] | {group.value: name for group, name in GROUPS.items()}
    sectors = {sector.value: name for sector, name in SECTORS.items() if sector is not Sector.ANY}
    names["firms"] = names["trade_or_group"] | sectors
    whole: dict[str, Any] = with_meanings(catalogue_schema(names))
    return whole


def schema_text() -> str:
    """The schema as a file for editors."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def manual_text() -> str:
    """The page docs/katalog.md."""
    from digiwegweiser.render.manual import render_manual

    return render_manual(schema())


def template_text() -> str:
    """An entry to fill in."""
    from digiwegweiser.catalog.template import template

    return template()
