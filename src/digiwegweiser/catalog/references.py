"""Checks that need more than one entry: ids, successors, and codes of other files."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from digiwegweiser.catalog.fields import close_to
from digiwegweiser.catalog.located import Located, Path, Plain
from digiwegweiser.core.fault import MOST_FAULTS, Fault, FaultCode
from digiwegweiser.core.vocabulary import Form, Kind, Sector

#: Of more words than this, only those that begin like the wrong one are compared with it.
_MANY = 1000


@dataclass(frozen=True, slots=True)
class Codes:
    """What other files define and entries refer to."""

    needs: frozenset[str]
    trades: frozenset[str]
    groups: frozenset[str]
    kreise: frozenset[str]
    gemeinden: frozenset[str]


def check_references(entries: Iterable[Located], codes: Codes) -> list[Fault]:
    """The faults between entries and between files; later files override entries of earlier ones by id.

    At most MOST_FAULTS, and the last then says so.
    """
    faults = list(islice(_all_faults(list(entries), codes), MOST_FAULTS))
    if len(faults) == MOST_FAULTS:
        faults.append(Fault(FaultCode.TOO_MANY_FAULTS, faults[-1].file, value=str(MOST_FAULTS)))
    return faults


def _all_faults(located: list[Located], codes: Codes) -> Iterator[Fault]:
    yield from _duplicate_ids(located)
    ids = {item.entry["id"] for item in located if "id" in item.entry}
    successors = {item.entry.get("id"): item.entry.get("successor") for item in located}
    circling = _in_circles(successors)
    steps = _steps_before(located)
    for item in located:
        yield from _dangling(item, ids)
        yield from _wrong_company(item, ids, steps)
        yield from _unknown_codes(item, codes)
        if item.entry.get("id") in circling:
            yield item.fault(FaultCode.CYCLE, ("successor",), successors[item.entry.get("id")])


def _duplicate_ids(located: list[Located]) -> Iterator[Fault]:
    seen: dict[tuple[str, str], Located] = {}
    for item in located:
        for name in (item.entry.get("id"), *item.entry.get("former_ids", ())):
            if name is None:
                continue
            first = seen.setdefault((item.file, name), item)
            if first is not item:
                yield item.fault(FaultCode.DUPLICATE_ID, ("id",), name, [str(first.line)])


def _dangling(item: Located, ids: set[str]) -> Iterator[Fault]:
    for key in ("predecessor", "successor"):
        name = item.entry.get(key)
        if name is not None and name not in ids:
            yield item.fault(FaultCode.UNKNOWN_ID, (key,), name, _alike(name, ids))


def _wrong_company(item: Located, ids: set[str], steps: Mapping[str, frozenset[str]]) -> Iterator[Fault]:
    """References to what is not there, to the entry itself, and steps that lead back to where they began."""
    own = item.entry.get("id")
    for path, name in _company(item.entry):
        words = FORMS if path[0] == "not_with" else KINDS
        if name not in ids | words:
            yield item.fault(FaultCode.UNKNOWN_ID, path, name, _alike(name, sorted(ids | words)))
        elif name == own or (path[0] != "not_with" and own in _reached(name, steps)):
            yield item.fault(FaultCode.NEEDS_ITSELF, path, name)


#: What may stand in `not_with` and in `requires` beside ids.
FORMS = frozenset(form.value for form in Form if form.pays)
KINDS = frozenset(kind.value for kind in Kind)


def _company(entry: Plain) -> Iterator[tuple[Path, str]]:
    yield from _listed((), entry, ("not_with", "requires"))
    for at, tier in enumerate(entry.get("funding", {}).get("tiers", ())):
        yield from _listed(("funding", "tiers", at), tier, ("requires",))


def _steps_before(located: Iterable[Located]) -> dict[str, frozenset[str]]:
    """What each entry requires, in any tier; of one id the last entry counts."""
    return {
        item.entry["id"]: frozenset(name for path, name in _company(item.entry) if path[0] != "not_with")
        for item in located
        if "id" in item.entry
    }


def _reached(name: str, steps: Mapping[str, frozenset[str]]) -> set[str]:
    """Everything that must come before an entry, step by step."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        new = steps.get(waiting.pop(), frozenset()) - found
        found |= new
        waiting.extend(new)
    return found


def _alike(word: str, words: Collection[str]) -> list[str]:
    return close_to(word, words if len(words) <= _MANY else (known for known in words if known[:5] == word[:5]))


def _in_circles(successors: Mapping[Any, str | None]) -> set[Any]:
    """The names from which the successors lead back to themselves; each is visited once."""
    found: set[Any] = set()
    done: set[Any] = set()
    for start in successors:
        chain: dict[Any, int] = {}
        here: Any = start
        while here is not None and here not in done and here not in chain:
            chain[here] = len(chain)
            here = successors.get(here)
        if here in chain:
            found |= set(list(chain)[chain[here] :])
        done |= chain.keys()
    return found


def _unknown_codes(item: Located, codes: Codes) -> Iterator[Fault]:
    for path, value in _coded_values(item.entry):
        key = next(part for part in reversed(path) if isinstance(part, str))
        code, known = _vocabulary(key, codes)
        if value not in known:
            yield item.fault(code, path, value, _alike(value, known))


def _vocabulary(key: str, codes: Codes) -> tuple[FaultCode, frozenset[str]]:
    if key in ("core", "also", "needs"):
        return FaultCode.UNKNOWN_NEED, codes.needs
    if key in ("not_trades", "partly_trades"):
        return FaultCode.UNKNOWN_TRADE, codes.trades | codes.groups | _SECTORS
    if key == "trades":
        return FaultCode.UNKNOWN_TRADE, codes.trades
    if key == "made_for":
        return FaultCode.UNKNOWN_TRADE, codes.trades | codes.groups
    return FaultCode.UNKNOWN_AGS, codes.gemeinden if key in ("gemeinden", "ags") else codes.kreise


_SECTORS = frozenset(sector.value for sector in Sector if sector is not Sector.ANY)
_TRADE_LISTS = ("trades", "made_for", "not_trades", "partly_trades")


def _coded_values(entry: Plain) -> Iterator[tuple[Path, str]]:
    yield from _listed(("needs",), entry.get("needs", {}), ("core", "also"))
    yield from _listed(("area",), entry.get("area", {}), ("kreise", "focus", "gemeinden"))
    yield from _listed(("audience",), entry.get("audience", {}), _TRADE_LISTS)
    for at, site in enumerate(entry.get("sites", ())):
        if "ags" in site:
            yield ("sites", at, "ags"), site["ags"]
    for at, tier in enumerate(entry.get("funding", {}).get("tiers", ())):
        yield from _listed(("funding", "tiers", at), tier, ("needs",))
        coded = (*_TRADE_LISTS, "kreise", "gemeinden")
        yield from _listed(("funding", "tiers", at, "for"), tier.get("for", {}), coded)


def _listed(way: Path, plain: Plain, keys: Iterable[str]) -> Iterator[tuple[Path, str]]:
    for key in keys:
        for at, value in enumerate(plain.get(key, ())):
            yield (*way, key, at), value
