"""From plain, checked data to offers and the points table."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from digiwegweiser.core.needs import Need
from digiwegweiser.core.offer import Area, Audience, Contact, Cost, Offer, Site, Source, Tier
from digiwegweiser.core.vocabulary import Confidence, CostKind, Expense, Form, Kind, Level, Sector, Status, TradeGroup
from digiwegweiser.core.weights import Weight, Weights

Plain = Mapping[str, Any]

_SECTORS = {word.value: word for word in Sector}
_GROUPS = {word.value: word for word in TradeGroup}
_EXPENSES = {word.value: word for word in Expense}
#: What a tier takes from its offer unless it says otherwise.
_INHERITED = ("de_minimis", "apply_before_start", "pays_for", "requires")
_TAKEN_AS_IS = (
    "id", "name", "summary", "operator", "status_evidence", "funded_by", "network",
    "through", "predecessor", "predecessor_note",
    "successor", "successor_note", "how_to_apply", "note",
)  # fmt: skip
_PLACES = ("laender", "kreise", "gemeinden")
_AREA_KEYS = (*_PLACES, "is_partial")


def build_offer(entry: Plain, origin: str | None = None) -> Offer:
    """The offer of a checked entry; tiers inherit what they do not say."""
    area, audience, funding = build_area(entry["area"]), build_audience(entry["audience"]), entry["funding"]
    told = {"requires": entry.get("requires", ()), **funding}
    tiers = tuple(_build_tier(tier, area, entry["audience"], audience, told) for tier in funding.get("tiers") or [{}])
    as_is: dict[str, Any] = {key: entry.get(key) for key in _TAKEN_AS_IS}
    return Offer(
        **as_is,
        kind=Kind(entry["kind"]),
        status=Status(entry["status"]),
        confidence=Confidence(entry["confidence"]),
        checked_on=date.fromisoformat(entry["checked_on"]),
        valid_from=_day(entry.get("valid_from")),
        valid_until=_day(entry.get("valid_until")),
        area=area,
        audience=audience,
        core_needs=frozenset(entry["needs"]["core"]),
        also_needs=frozenset(entry["needs"].get("also", ())),
        form=Form(funding["form"]),
        funding_note=funding.get("note"),
        tiers=tiers,
        cost=_build_cost(entry["cost"]),
        contact=Contact(**entry.get("contact", {})),
        sites=tuple(Site(**site) for site in entry.get("sites", ())),
        sources=tuple(Source(**source) for source in entry["sources"]),
        former_names=tuple(entry.get("former_names", ())),
        former_ids=tuple(entry.get("former_ids", ())),
        conditions=tuple(entry.get("conditions", ())),
        warnings=tuple(entry.get("warnings", ())),
        not_with=frozenset(entry.get("not_with", ())),
        is_recommended=entry.get("is_recommended", True),
        successor_is_formal=entry.get("successor_is_formal", True),
        origin=origin,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def build_area(plain: Plain) -> Area:
    """The area of a checked record."""
    keys = {key: frozenset(plain.get(key, ())) for key in (*_PLACES, "focus")}
    return Area(level=Level(plain["level"]), note=plain.get("note"), is_partial=plain.get("is_partial", False), **keys)


def build_audience(plain: Plain) -> Audience:
    """The audience of a checked record."""
    sets = {
        "sectors": frozenset(_SECTORS[word] for word in plain.get("sectors", ())),
        "trades": frozenset(plain.get("trades", ())),
        "trade_groups": frozenset(_GROUPS[word] for word in plain.get("trade_groups", ())),
        "made_for": frozenset(plain.get("made_for", ())),
        "not_trades": frozenset(plain.get("not_trades", ())),
        "partly_trades": frozenset(plain.get("partly_trades", ())),
    }
    return Audience(**{**plain, **sets})


def _build_tier(tier: Plain, area: Area, plain_audience: Plain, audience: Audience, funding: Plain) -> Tier:
    own = tier.get("for", {})
    limits = {key: value for key, value in own.items() if key not in _AREA_KEYS}
    if limits:
        audience = build_audience({**plain_audience, **limits})
    if len(limits) < len(own):
        # An offer that holds in some places only does so in each of its tiers, unless the tier says otherwise.
        said_of_area = {key: own[key] for key in _AREA_KEYS if key in own}
        area = build_area({"level": area.level, "is_partial": area.is_partial, **said_of_area})
    inherited = {key: funding[key] for key in _INHERITED if key in funding}
    said = {**inherited, **{key: value for key, value in tier.items() if key not in ("for", "needs")}}
    if "pays_for" in said:
        said["pays_for"] = frozenset(_EXPENSES[word] for word in said["pays_for"])
    said["requires"] = frozenset(said["requires"])
    return Tier(area=area, audience=audience, needs=frozenset(tier.get("needs", ())), **said)


def _build_cost(plain: Plain) -> Cost:
    kind = plain.get("kind")
    return Cost(None if kind is None else CostKind(kind), plain.get("payer"), plain.get("note"))


def build_weights(lines: Iterable[Mapping[str, Any]], needs: Iterable[Need]) -> Weights:
    """The table of checked lines, with the means that the needs name."""
    table = {line["line"]: Weight(line["value"], line["reason"]) for line in lines}
    return Weights(table, {need.code: need.means for need in needs})
