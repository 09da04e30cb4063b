"""Two versions of the catalogue: which entries differ in what, and which firms are told something else, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.finding import Finding
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.guide import build_guide
from digiwegweiser.core.matching import Match, match
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.rules import area_fits, still_open
from digiwegweiser.core.vocabulary import Eligibility, State, Verdict
from digiwegweiser.core.weights import Weights

#: How many hits of a guide are compared: what most owners read.
FIRST = 5
#: Lists of records in which each record stands for itself; in others (tiers) the place in the list counts.
_LOOSE_RECORDS = frozenset({"sites", "sources"})

Plain = Mapping[str, Any]


class Version(NamedTuple):
    """One version of the catalogue, as written and as built."""

    label: str
    entries: Mapping[str, Plain]
    offers: Mapping[str, Offer]


class Fate(StrEnum):
    """What became of an entry from one version to the next."""

    NEW = "new"
    REMOVED = "removed"
    ENDED = "ended"
    """Still there, but over by the day, which it was not before."""
    REVIVED = "revived"
    CHANGED = "changed"


class Edit(NamedTuple):
    """One key with its old and new value; None where it was or is not there. Of lists only what differs."""

    key: str
    old: Any
    new: Any


class EntryChange(NamedTuple):
    """What became of one entry."""

    id: str
    name: str
    fate: Fate
    edits: tuple[Edit, ...] = ()


class Shift(NamedTuple):
    """What one offer is to one firm before and after; None where the catalogue does not have it."""

    id: str
    old: Match | None
    new: Match | None

    def differing(self) -> tuple[tuple[Finding, Finding], ...]:
        """The findings, before and after, of the rules that say something else."""
        if self.old is None or self.new is None:
            return ()
        pairs = zip(self.old.findings, self.new.findings, strict=True)
        return tuple((a, b) for a, b in pairs if (a.verdict, a.points) != (b.verdict, b.points))


class Move(NamedTuple):
    """A firm whose first hits differ, by ids, and the changed offers that made it so."""

    firm: Firm
    before: tuple[str, ...]
    after: tuple[str, ...]
    causes: tuple[Shift, ...]


class Effect(NamedTuple):
    """All that differs between two versions."""

    old: Version
    new: Version
    as_of: date
    changes: tuple[EntryChange, ...]
    firms: int
    """How many firms were tried."""
    moves: tuple[Move, ...]


def entry_changes(old: Version, new: Version, as_of: date) -> tuple[EntryChange, ...]:
    """Every entry that differs, by id; an entry with a new id is the same if it names the old one."""
    former = renamings(old, new)
    found = [_entry_change(name, old, new, former.get(name, name), as_of) for name in new.entries]
    known = {former.get(name, name) for name in new.entries}
    found += [EntryChange(name, offer.name, Fate.REMOVED) for name, offer in old.offers.items() if name not in known]
    return tuple(sorted((change for change in found if change is not None), key=lambda change: change.id))


def renamings(old: Version, new: Version) -> Mapping[str, str]:
    """The old id by the new one, for entries that are found under a former id."""
    gone = old.offers.keys() - new.offers.keys()
    return {
        name: former
        for name, offer in new.offers.items()
        if name not in old.offers
        for former in offer.former_ids
        if former in gone
    }


def _entry_change(name: str, old: Version, new: Version, former: str, as_of: date) -> EntryChange | None:
    offer = new.offers[name]
    if former not in old.entries:
        return EntryChange(name, offer.name, Fate.NEW)
    edits = tuple(_edits("", old.entries[former], new.entries[name]))
    if not edits:
        return None
    was, is_now = (version.state_on(as_of) is State.ENDED for version in (old.offers[former], offer))
    fate = Fate.CHANGED if was == is_now else Fate.ENDED if is_now else Fate.REVIVED
    return EntryChange(name, offer.name, fate, edits)


def _edits(key: str, old: Any, new: Any) -> Iterator[Edit]:
    """The keys in which two plain values differ, deepest first named; a missing value is None."""
    if old == new:
        return
    if isinstance(old, Mapping | None) and isinstance(new, Mapping | None) and (old or new):
        was, is_now = old or {}, new or {}
        for name in dict.fromkeys((*was, *is_now)):
            yield from _edits(f"{key}.{name}" if key else name, was.get(name), is_now.get(name))
    elif isinstance(old, list | None) and isinstance(new, list | None):
        yield from _list_edits(key, old or [], new or [])
    else:
        yield Edit(key, old, new)


def _list_edits(key: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Edit]:
    is_loose = key in _LOOSE_RECORDS or not any(isinstance(item, Mapping) for item in (*old, *new))
    if is_loose:
        gone, added = [item for item in old if item not in new], [item for item in new if item not in old]
        # Where nothing came or went, the order has changed, and that is told, too.
        yield Edit(key, gone or None, added or None) if gone or added else Edit(key, [*old], [*new])
        return
    for at in range(max(len(old), len(new))):
        yield from _edits(f"{key}[{at + 1}]", *(items[at] if at < len(items) else None for items in (old, new)))


def moves(firms: Iterable[Firm], old: Version, new: Version, as_of: date, weights: Weights) -> Iterator[Move]:
    """The firms whose first hits differ; by the new ids."""
    former = renamings(old, new)
    pairs = list(_changed_offers(old, new, former))
    ids = {was: name for name, was in former.items()}
    markets = _Market(old, as_of, weights), _Market(new, as_of, weights)
    for firm in firms:
        here = [market.offers_near(firm) for market in markets]
        shifts = [_shift(firm, pair, as_of, weights) for pair in pairs if pair.is_among(*here)]
        # What is nothing to the firm in either version cannot move its guide, and that is soon known.
        if any(_is_something(shift.old) or _is_something(shift.new) for shift in shifts):
            was, after = (_first(firm, offers.values(), as_of, weights) for offers in here)
            before = tuple(ids.get(name, name) for name in was)
            if before != after:
                yield Move(firm, before, after, _causes(shifts, {*before, *after}))


class _Market:
    """The living offers of one version by where they hold, so that most need not be judged for a firm at all."""

    def __init__(self, version: Version, as_of: date, weights: Weights) -> None:
        tiers = [(offer, [Candidate(offer, tier, as_of, weights) for tier in offer.tiers]) for offer in _by_id(version)]
        self.living = [(o, on) for o, on in tiers if still_open(None, on[0]).verdict is not Verdict.NOT_MET]

    def offers_near(self, firm: Firm) -> Mapping[str, Offer]:
        """The offers whose day and area do not exclude the firm, by id; only these can be hits."""
        return {
            offer.id: offer
            for offer, tiers in self.living
            if any(area_fits(firm.place, on).verdict is not Verdict.NOT_MET for on in tiers)
        }


def _by_id(version: Version) -> list[Offer]:
    return [version.offers[name] for name in sorted(version.offers)]


class _Pair(NamedTuple):
    """One offer in both versions, by its new id."""

    id: str
    old: Offer | None
    new: Offer | None

    def is_among(self, old: Mapping[str, Offer], new: Mapping[str, Offer]) -> bool:
        """Whether one of the two is among the offers of its version."""
        return (self.old is not None and self.old.id in old) or (self.new is not None and self.new.id in new)


#: What no rule and no order reads; `successor` and its kin only tell of offers that are over.
_TEXTS: dict[str, Any] = {
    **dict.fromkeys(("name", "summary", "operator", "status_evidence"), ""),
    **dict.fromkeys(("funded_by", "funding_note", "how_to_apply", "note", "origin")),
    **dict.fromkeys(("former_names", "former_ids", "conditions", "warnings", "sources"), ()),
}


def _changed_offers(old: Version, new: Version, former: Mapping[str, str]) -> Iterator[_Pair]:
    """The offers that differ in what a rule may read."""
    for name, offer in new.offers.items():
        before = old.offers.get(former.get(name, name))
        if before is None or before._replace(id=name, **_TEXTS) != offer._replace(**_TEXTS):
            yield _Pair(name, before, offer)
    followed = set(former.values())
    yield from (_Pair(n, o, None) for n, o in old.offers.items() if n not in new.offers and n not in followed)


def _shift(firm: Firm, pair: _Pair, as_of: date, weights: Weights) -> Shift:
    before, after = (None if offer is None else match(firm, offer, as_of, weights) for offer in (pair.old, pair.new))
    return Shift(pair.id, before, after)


def _is_something(found: Match | None) -> bool:
    return found is not None and found.eligibility is not Eligibility.NO


def _first(firm: Firm, offers: Iterable[Offer], as_of: date, weights: Weights) -> tuple[str, ...]:
    """The ids of the first hits."""
    guide = build_guide(firm, offers, as_of, weights)
    return tuple(hit.match.offer.id for hit in guide.hits[:FIRST])


def _causes(shifts: Iterable[Shift], seen: set[str]) -> tuple[Shift, ...]:
    """The offers that count for the firm and differ; those among the first hits alone, if there are any."""
    moved = [s for s in shifts if _is_something(s.old) or _is_something(s.new)]
    judged = [s for s in moved if s.old is None or s.new is None or s.differing()] or moved
    return tuple([s for s in judged if s.id in seen] or judged)
