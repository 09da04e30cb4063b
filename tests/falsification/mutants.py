"""The catalogue with one fact moved by the smallest step: every limit, date, area, need, price and order of steps."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

from factories import every_kreis, the_catalogue, the_needs

from digiwegweiser.core.offer import Area, Audience, Offer, Tier
from digiwegweiser.core.vocabulary import LAND_NAMES, CostKind, Sector, TradeGroup, land_of

DAY = timedelta(days=1)
_STEPS: dict[str, float] = {
    "min_employees": 1, "max_employees": 1, "min_turnover_eur": 1, "max_turnover_eur": 1, "max_balance_eur": 1,
    "min_company_age_years": 1, "max_company_age_years": 1,
    "min_project_eur": 1, "max_project_eur": 1, "max_eligible_eur": 100, "max_eur": 1, "min_eur": 1,
    "rate_percent": 1, "rate_from_percent": 1,
}  # fmt: skip


class Mutant(NamedTuple):
    """An offer with one fact changed, and which."""

    offer: Offer
    change: str
    tier: int | None = None
    """Number of the tier that was changed, from 1; None for what belongs to the offer itself."""


def mutants_of(offer: Offer) -> Iterator[Mutant]:
    """Every smallest change of what decides."""
    yield from _dates(offer)
    yield from _needs(offer)
    for kind in {CostKind.FREE: (CostKind.SUBSIDISED,)}.get(offer.cost.kind, (CostKind.FREE,)):  # type: ignore[call-overload]
        yield Mutant(offer._replace(cost=offer.cost._replace(kind=kind)), f"cost.kind = {kind}")
    for number, tier in enumerate(offer.tiers, 1):
        for changed, what in _tiers(offer, tier):
            tiers = tuple(changed if n == number else t for n, t in enumerate(offer.tiers, 1))
            yield Mutant(offer._replace(tiers=tiers), f"tier {number}: {what}", number)
    for area, what in _homes(offer.area):
        yield Mutant(offer._replace(area=area), f"area.{what}")
    for name in sorted(offer.not_with):
        yield Mutant(offer._replace(not_with=offer.not_with - {name}), f"not_with without {name}")
    if offer.not_with:
        yield Mutant(offer._replace(not_with=offer.not_with | _one_more(offer)), "not_with with one more")


def _dates(offer: Offer) -> Iterator[Mutant]:
    for name in ("valid_from", "valid_until", "checked_on"):
        day = getattr(offer, name)
        for step in (-DAY, DAY) if day is not None else ():
            yield Mutant(offer._replace(**{name: day + step}), f"{name} {step.days:+d} day")


def _needs(offer: Offer) -> Iterator[Mutant]:
    core, also = offer.core_needs, offer.also_needs
    for code in sorted(core):
        yield Mutant(offer._replace(core_needs=core - {code}), f"needs.core without {code}")
        yield Mutant(offer._replace(core_needs=core - {code}, also_needs=also | {code}), f"{code} only also")
    for code in sorted(also):
        yield Mutant(offer._replace(also_needs=also - {code}), f"needs.also without {code}")
        yield Mutant(offer._replace(also_needs=also - {code}, core_needs=core | {code}), f"{code} core")
    new = next(need.code for need in the_needs() if need.code not in core | also)
    yield Mutant(offer._replace(also_needs=also | {new}), f"needs.also with {new}")


def _tiers(offer: Offer, tier: Tier) -> Iterator[tuple[Tier, str]]:
    for changed, what in _stepped(tier.audience):
        yield tier._replace(audience=changed), what
    for changed, what in (*_flags(tier.audience), *_chosen(tier.audience)):
        yield tier._replace(audience=changed), what
    for area, what in _areas(tier.area):
        yield tier._replace(area=area), f"area.{what}"
    for name in sorted(tier.requires):
        yield tier._replace(requires=tier.requires - {name}), f"requires without {name}"
    if not offer.form.pays:
        return
    yield from _stepped(tier)
    for value in {True, False, None} - {tier.apply_before_start}:
        yield tier._replace(apply_before_start=value), f"apply_before_start = {value}"
    for code in sorted(tier.needs):
        if len(tier.needs) > 1:
            yield tier._replace(needs=tier.needs - {code}), f"needs without {code}"


def _one_more(offer: Offer) -> frozenset[str]:
    """The id of the next offer that pays and is not among them."""
    known = offer.not_with | {offer.id}
    return frozenset({next(o.id for o in the_catalogue() if o.form.pays and not known & {o.id, o.form})})


def _stepped(record: Any) -> Iterator[tuple[Any, str]]:
    for name, step in _STEPS.items():
        value = getattr(record, name, None)
        for change in (-step, step) if value is not None else ():
            if value + change >= 0:
                yield record._replace(**{name: value + change}), f"{name} {change:+g}"


def _flags(audience: Audience) -> Iterator[tuple[Audience, str]]:
    for value in {True, False, None} - {audience.eu_sme}:
        yield audience._replace(eu_sme=value), f"eu_sme = {value}"


def _chosen(audience: Audience) -> Iterator[tuple[Audience, str]]:
    """Every choice of sectors, crafts and groups with one less or one more."""
    for name in ("sectors", "trades", "trade_groups", "not_trades", "partly_trades", "made_for"):
        chosen = getattr(audience, name)
        # No sectors at all means the same as any of them.
        for word in sorted(chosen) if chosen != {Sector.ANY} else ():
            yield audience._replace(**{name: chosen - {word}}), f"{name} without {word}"
    is_for_some = bool(audience.sectors) and Sector.ANY not in audience.sectors
    for word in sorted(set(Sector) - audience.sectors - {Sector.ANY}) if is_for_some else ():
        yield audience._replace(sectors=audience.sectors | {word}), f"sectors with {word}"
    for group in sorted(set(TradeGroup) - audience.trade_groups) if audience.trade_groups else ():
        yield audience._replace(trade_groups=audience.trade_groups | {group}), f"trade_groups with {group}"


def _areas(area: Area) -> Iterator[tuple[Area, str]]:
    yield area._replace(is_partial=not area.is_partial), f"is_partial = {not area.is_partial}"
    if area.kreise or area.gemeinden:
        yield from _fewer_or_more(area, "kreise", every_kreis())
        for key in sorted(area.gemeinden):
            yield area._replace(gemeinden=area.gemeinden - {key}), f"gemeinden without {key}"
    else:
        yield from _fewer_or_more(area, "laender", tuple(LAND_NAMES))


def _homes(area: Area) -> Iterator[tuple[Area, str]]:
    """What only says where an offer is at home."""
    if area.focus:
        yield from _fewer_or_more(area, "focus", every_kreis())


def _fewer_or_more(area: Area, name: str, every: tuple[str, ...]) -> Iterator[tuple[Area, str]]:
    chosen = getattr(area, name)
    for key in sorted(chosen):
        if len(chosen) > 1 or area.gemeinden:
            yield area._replace(**{name: chosen - {key}}), f"{name} without {key}"
    # One more: the next by number that is not chosen, as a slip of the hand would have it.
    more = next((key for key in every if key not in chosen and _may_follow(key, chosen)), None)
    if more is not None:
        yield area._replace(**{name: chosen | {more}}), f"{name} with {more}"


def _may_follow(key: str, chosen: frozenset[str]) -> bool:
    return not chosen or key in LAND_NAMES or land_of(key) in {land_of(other) for other in chosen}
