"""Small builders, so that a test names only what it is about."""

import csv
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from digiwegweiser.catalog.build import build_offer, build_weights
from digiwegweiser.catalog.needs import parse_needs
from digiwegweiser.catalog.needs_schema import read_needs_file
from digiwegweiser.catalog.schema import read_entries
from digiwegweiser.catalog.scoring import read_scoring
from digiwegweiser.catalog.yaml_reader import read_yaml
from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.finding import Finding
from digiwegweiser.core.firm import Firm, Place, StatedNeed, Trade
from digiwegweiser.core.needs import Need
from digiwegweiser.core.offer import Area, Audience, Contact, Cost, Offer, Source, Tier
from digiwegweiser.core.rules import RULES
from digiwegweiser.core.vocabulary import (
    Confidence,
    CostKind,
    Expense,
    Form,
    Kind,
    Level,
    Sector,
    Status,
    TradeGroup,
    Verdict,
    land_of,
)
from digiwegweiser.core.weights import Weights

DATA = Path(__file__).parents[1] / "data"
TODAY = date(2026, 11, 22)
MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN

_ENUMS: dict[str, Any] = {
    "kind": Kind, "status": Status, "confidence": Confidence, "form": Form, "level": Level,
}  # fmt: skip
_ENUM_SETS: dict[str, Any] = {"sectors": Sector, "trade_groups": TradeGroup, "pays_for": Expense}


def a_place(key: str | None = "05974028", **changes: Any) -> Place:
    """A place known as exactly as its key: "DE-NW" (Land), "05974" (Kreis), "05974028" (Gemeinde); None = nowhere."""
    known: dict[str, Any] = {"name": str(key)}
    if key is not None and key.startswith("DE-"):
        known["land"] = key
    elif key is not None:
        known |= {"land": land_of(key), "kreis": key[:5], "gemeinde": key if len(key) == 8 else None}
    return Place(**{**known, **changes})


def a_trade(
    code: str | None = "A-27", sectors: str = "craft", group: str | None = None, name: str = "Gewerbe"
) -> Trade:
    """A trade; the joiner belongs to his group unless told otherwise."""
    if code == "A-27" and group is None:
        group = "finishing"
    found = frozenset(Sector(word) for word in sectors.split())
    return Trade(code, name, found, None if group is None else TradeGroup(group))


def some_needs(*codes: str) -> tuple[StatedNeed, ...]:
    """Needs as a firm states them."""
    return tuple(StatedNeed(code, code) for code in codes)


def a_firm(**changes: Any) -> Firm:
    """A joiner in Lippstadt with eight people of whom everything is known; `needs` may be codes."""
    known: dict[str, Any] = {
        "place": a_place(),
        "trade": a_trade(),
        "employees": 8,
        "needs": ("processes_erp",),
        "turnover_eur": 800_000,
        "balance_eur": 300_000,
        "founded": 1998,
        "budget_eur": 10_000,
        "ordered": False,
        "de_minimis_eur": 0,
    }
    told = {**known, **changes}
    return Firm(**{**told, "needs": tuple(n if isinstance(n, StatedNeed) else StatedNeed(n, n) for n in told["needs"])})


def an_offer(tiers: list[dict[str, Any]] | None = None, **changes: Any) -> Offer:
    """An active nationwide free advice for everybody; where it pays money, then for software.

    Changes may name fields of the offer, its area, its audience and its money; `tiers` are further changes per tier.
    """
    told = {key: _typed(key, value) for key, value in changes.items()}
    variants = [told | {key: _typed(key, value) for key, value in tier.items()} for tier in tiers or [{}]]
    own = _taken(Offer, told)
    known: dict[str, Any] = {
        "id": "an-offer",
        "name": "Ein Angebot",
        "kind": Kind.CENTER,
        "summary": "Hilfe",
        "operator": "Träger",
        "status": Status.ACTIVE,
        "status_evidence": "Beleg",
        "confidence": Confidence.HIGH,
        "checked_on": TODAY,
        "core_needs": frozenset({"processes_erp"}),
        "also_needs": frozenset(),
        "form": Form.ADVICE,
        "contact": Contact(url="https://example.org"),
        "sources": (Source("https://example.org"),),
    }
    built = {
        "area": Area(**_taken(Area, told)),
        "audience": Audience(**_taken(Audience, told)),
        "cost": Cost(CostKind.FREE),
        "tiers": tuple(_a_tier(variant) for variant in variants),
    }
    return Offer(**{**known, **built, **own})


def _a_tier(told: dict[str, Any]) -> Tier:
    area, audience = Area(**_taken(Area, told)), Audience(**_taken(Audience, told))
    name = {"name": told["tier"]} if "tier" in told else {}
    told = {"pays_for": frozenset({Expense.SOFTWARE})} | told
    own = {key: value for key, value in _taken(Tier, told).items() if key not in ("name", "area", "audience")}
    return Tier(area, audience, **name, **own)


def _taken(record: type, told: dict[str, Any]) -> dict[str, Any]:
    """What a record takes of the changes; a note is always the offer's."""
    names = set(record._fields) - (set() if record is Offer else {"note"})
    return {key: value for key, value in told.items() if key in names}


def _typed(key: str, value: Any) -> Any:
    """Sets become frozen, words become the vocabulary's."""
    if key == "cost" and not isinstance(value, Cost):
        return Cost(None if value is None else CostKind(value))
    if key in _ENUMS:
        return _ENUMS[key](value)
    if key in _ENUM_SETS and value is not None:
        return frozenset(_ENUM_SETS[key](word) for word in value)
    return frozenset(value) if isinstance(value, set) else value


def judge(rule: str, value: Any, offer: Offer, as_of: date = TODAY, weights: Weights | None = None) -> Finding:
    """What one rule says of one value and the offer's first tier; by the shipped points table unless told."""
    found = next(r for r in RULES if r.name == rule)
    return found.judge(value, Candidate(offer, offer.tiers[0], as_of, weights or the_weights()))


# --- the shipped data ------------------------------------------------------------------------------------------------


@cache
def the_needs() -> tuple[Need, ...]:
    """The shipped closed list of needs."""
    path = DATA / "needs.yaml"
    plain, faults = read_needs_file(read_yaml(path.read_bytes(), path.name), path.name)
    assert faults == []
    return parse_needs(plain).needs


@cache
def the_weights() -> Weights:
    """The shipped points table, read without the cache."""
    path = DATA / "scoring.yaml"
    lines, faults = read_scoring(read_yaml(path.read_bytes(), path.name), path.name)
    assert faults == []
    return build_weights(lines, the_needs())


@cache
def the_catalogue() -> tuple[Offer, ...]:
    """The shipped offers, read without the cache."""
    path = DATA / "programs.yaml"
    entries, _, faults = read_entries(read_yaml(path.read_bytes(), path.name), path.name)
    assert faults == []
    return tuple(build_offer(entry) for entry in entries)


@cache
def every_kreis() -> tuple[str, ...]:
    """The keys of all Kreise."""
    return tuple(row["kreis_ags"] for row in _rows("kreise.csv"))


@cache
def every_gemeinde() -> tuple[str, ...]:
    """The keys of all municipalities."""
    return tuple(sorted({row["ags"] for row in _rows("postal_codes.csv") if row["ags"]}))


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def every_trade() -> tuple[Trade, ...]:
    """All crafts with their groups, some other sectors, and a start-up without a trade."""
    groups = dict(zip(_GROUP_NAMES, TradeGroup, strict=True))
    crafts = [Trade(r["code"], r["name"], frozenset({Sector.CRAFT}), groups[r["group"]]) for r in _rows("trades.csv")]
    others = [a_trade(code, sector) for code, sector in _OTHER_SECTORS]
    return (*crafts, *others, a_trade(None, "startup"))


_GROUP_NAMES = (
    "Bauhauptgewerbe", "Ausbaugewerbe", "Handwerke für den gewerblichen Bedarf", "Kraftfahrzeuggewerbe",
    "Lebensmittelgewerbe", "Gesundheitsgewerbe", "Handwerke für den privaten Bedarf",
)  # fmt: skip
_OTHER_SECTORS = (
    ("S-01", "industry"), ("S-04", "commerce"), ("S-06", "services"), ("S-07", "it services"), ("S-09", "professions"),
    ("S-14", "agriculture"),
)  # fmt: skip
