"""Checks that need more than one entry: ids, successors, and codes of other files."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from digiwegweiser.core.fault import Fault, FaultCode

Plain = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Codes:
    """What other files define and entries refer to."""

    needs: frozenset[str]
    trades: frozenset[str]
    groups: frozenset[str]
    kreise: frozenset[str]
    gemeinden: frozenset[str]


@dataclass(frozen=True, slots=True)
class Located:
    """A plain entry and where it stands."""

    entry: Plain
    file: str
    line: int


def check_references(entries: Iterable[Located], codes: Codes) -> list[Fault]:
    """All faults between entries and between files; later files override entries of earlier ones by id."""
    located = list(entries)
    faults = list(_duplicate_ids(located))
    ids = {item.entry["id"] for item in located if "id" in item.entry}
    successors = {item.entry.get("id"): item.entry.get("successor") for item in located}
    for item in located:
        faults += _dangling(item, ids)
        faults += _unknown_codes(item, codes)
        follower = successors.get(item.entry.get("id"))
        if follower is not None and _runs_in_circle(item.entry.get("id"), successors):
            faults.append(_fault(FaultCode.CYCLE, item, "successor", follower, ()))
    return faults


def _fault(code: FaultCode, item: Located, key: str, value: str, instead: Iterable[str]) -> Fault:
    return Fault(code, item.file, item.line, item.entry.get("id"), key, value, tuple(instead))


def _duplicate_ids(located: list[Located]) -> Iterator[Fault]:
    seen: dict[tuple[str, str], Located] = {}
    for item in located:
        for name in (item.entry.get("id"), *item.entry.get("former_ids", ())):
            if name is None:
                continue
            first = seen.setdefault((item.file, name), item)
            if first is not item:
                yield _fault(FaultCode.DUPLICATE_ID, item, "id", name, [f"Zeile {first.line}"])


def _dangling(item: Located, ids: set[str]) -> Iterator[Fault]:
    for key in ("predecessor", "successor"):
        name = item.entry.get(key)
        if name is not None and name not in ids:
            yield _fault(FaultCode.UNKNOWN_ID, item, key, name, get_close_matches(name, ids, 3, 0.6))


def _runs_in_circle(start: str | None, successors: Mapping[Any, str | None]) -> bool:
    seen, here = {start}, successors.get(start)
    while here is not None:
        if here == start:
            return True
        if here in seen:
            return False
        seen.add(here)
        here = successors.get(here)
    return False


def _unknown_codes(item: Located, codes: Codes) -> Iterator[Fault]:
    for key, value in _coded_values(item.entry):
        code, known = _vocabulary(key.rsplit(".", 1)[-1], codes)
        if value not in known:
            yield _fault(code, item, key, value, get_close_matches(value, known, 3, 0.6))


def _vocabulary(key: str, codes: Codes) -> tuple[FaultCode, frozenset[str]]:
    if key in ("core", "also", "needs"):
        return FaultCode.UNKNOWN_NEED, codes.needs
    if key in ("trades", "not_trades"):
        return FaultCode.UNKNOWN_TRADE, codes.trades
    if key == "made_for":
        return FaultCode.UNKNOWN_TRADE, codes.trades | codes.groups
    return FaultCode.UNKNOWN_AGS, codes.gemeinden if key in ("gemeinden", "ags") else codes.kreise


def _coded_values(entry: Plain) -> Iterator[tuple[str, str]]:
    yield from _listed("needs", entry.get("needs", {}), ("core", "also"))
    yield from _listed("area", entry.get("area", {}), ("kreise", "focus", "gemeinden"))
    yield from _listed("audience", entry.get("audience", {}), ("trades", "made_for", "not_trades"))
    for site in entry.get("sites", ()):
        if "ags" in site:
            yield "sites.ags", site["ags"]
    for tier in entry.get("funding", {}).get("tiers", ()):
        yield from _listed("funding.tiers", tier, ("needs",))
        coded = ("trades", "made_for", "not_trades", "kreise", "gemeinden")
        yield from _listed("funding.tiers.for", tier.get("for", {}), coded)


def _listed(prefix: str, plain: Plain, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    for key in keys:
        for value in plain.get(key, ()):
            yield f"{prefix}.{key}", value
