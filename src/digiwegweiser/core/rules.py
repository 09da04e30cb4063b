"""The rules. Each reads one declared attribute of the firm (or a small tuple), one tier of one offer, and the date.

This is the only implementation of every rule; whoever needs many verdicts calls these functions with each value.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from digiwegweiser.core.finding import Finding
from digiwegweiser.core.firm import Firm, Place, StatedNeed, Trade
from digiwegweiser.core.geography import distance_km
from digiwegweiser.core.kleene import MET, NOT_MET, UNKNOWN, all_of, any_of, met, negated, within
from digiwegweiser.core.money import project_verdict
from digiwegweiser.core.offer import Area, Audience, Offer, Site, Tier
from digiwegweiser.core.vocabulary import Form, Kind, Sector, Service, State, TradeGroup, Verdict, land_of
from digiwegweiser.core.weights import Weights

#: Whoever asks for money is served by every offer that pays some.
FINANCING = "financing"
#: Forms of money that is paid back, at least in part.
LOANS = frozenset({Form.REPAYMENT_GRANT, Form.LOAN, Form.GUARANTEE})
#: Where to begin: the need of whoever names none.
OVERVIEW = "strategy"

#: Thresholds of the EU definition of small and medium firms (Empfehlung 2003/361/EG, Anhang Art. 2), inclusive.
EU_SME_EMPLOYEES = 249
EU_SME_TURNOVER_EUR = 50_000_000
EU_SME_BALANCE_EUR = 43_000_000


class Candidate:
    """One tier of one offer on one day, as the rules see it."""

    __slots__ = ("as_of", "offer", "state", "tier", "weights")

    def __init__(self, offer: Offer, tier: Tier, as_of: date, weights: Weights) -> None:
        self.offer, self.tier, self.as_of, self.weights = offer, tier, as_of, weights
        # Three rules ask for the state; it is looked up once.
        self.state = offer.state_on(as_of)


def lowest_of(*limits: float | None) -> float | None:
    """The strictest of several upper limits."""
    return min((limit for limit in limits if limit is not None), default=None)


# --- hard rules ------------------------------------------------------------------------------------------------------

_VERDICT_OF_STATE = {State.OPEN: MET, State.UNVERIFIED: UNKNOWN}


def still_open(_: None, on: Candidate) -> Finding:
    """Whether the offer can be had on the day; the last valid day counts."""
    state = on.state
    limit = (on.offer.valid_from, on.offer.valid_until)
    verdict = _VERDICT_OF_STATE.get(state, NOT_MET)
    if not on.offer.is_recommended and on.as_of >= on.offer.checked_on:
        verdict = NOT_MET
    return Finding("date", verdict, 0, 0, None, on.as_of, limit, state.value)


def area_fits(place: Place | None, on: Candidate) -> Finding:
    """Whether the firm lies in the area; a place known too roughly to tell is unknown."""
    area = on.tier.area
    verdict = _area_verdict(place, area)
    if area.is_partial and verdict is MET:
        verdict = UNKNOWN
    return Finding("area", verdict, 0, 0, "place", place, area)


def _area_verdict(place: Place | None, area: Area) -> Verdict:
    if area.kreise or area.gemeinden:
        return any_of(_kreis_verdict(place, area), _gemeinde_verdict(place, area))
    if not area.laender:
        return MET
    if place is None or place.land is None:
        return UNKNOWN
    return met(place.land in area.laender)


def _kreis_verdict(place: Place | None, area: Area) -> Verdict:
    if place is not None and place.kreis is not None:
        return met(place.kreis in area.kreise)
    return _land_may_hold(place, area.kreise)


def _gemeinde_verdict(place: Place | None, area: Area) -> Verdict:
    if place is None or place.kreis is None:
        return _land_may_hold(place, area.gemeinden)
    if place.gemeinde is not None:
        return met(place.gemeinde in area.gemeinden)
    return UNKNOWN if any(key.startswith(place.kreis) for key in area.gemeinden) else NOT_MET


def _land_may_hold(place: Place | None, keys: frozenset[str]) -> Verdict:
    """Unknown if one of the keys could be the firm's, whose Land at most is known."""
    if place is None or place.land is None:
        return UNKNOWN if keys else NOT_MET
    return UNKNOWN if any(land_of(key) == place.land for key in keys) else NOT_MET


def trade_fits(trade: Trade | None, on: Candidate) -> Finding:
    """Whether the offer serves the sector and, if it names crafts, this craft."""
    audience = on.tier.audience
    if trade is None:
        verdict = MET if _serves_all(on) else UNKNOWN
    else:
        verdict = all_of(_sector_verdict(trade, on), _code_verdict(trade, audience))
    return Finding("trade", verdict, 0, 0, "trade", trade, audience)


def _serves_all(on: Candidate) -> bool:
    """Whether no trade whatever could be in the way."""
    audience = on.tier.audience
    if audience.trades or audience.trade_groups or audience.not_trades:
        return False
    return not audience.sectors or (Sector.ANY in audience.sectors and not on.offer.form.pays)


#: Sectors with aid rules of their own: "small firms of every sector" need not include them where money is paid.
_OFTEN_APART = frozenset({Sector.AGRICULTURE, Sector.PROFESSIONS})


def _sector_verdict(trade: Trade, on: Candidate) -> Verdict:
    audience = on.tier.audience
    if trade.code in audience.not_trades:
        return NOT_MET
    if not audience.sectors or trade.sectors & audience.sectors or trade.code in audience.trades:
        return MET
    if Sector.ANY not in audience.sectors:
        return NOT_MET
    return UNKNOWN if on.offer.form.pays and trade.sectors <= _OFTEN_APART else MET


def _code_verdict(trade: Trade, audience: Audience) -> Verdict:
    """Codes limit their own kind: named crafts the crafts, named sectors (S-…) all other firms."""
    named = {code for code in audience.trades if code.startswith("S-") is not trade.is_craft}
    if not named and not (trade.is_craft and audience.trade_groups):
        return MET
    if trade.code is None:
        return UNKNOWN
    return met(trade.code in named or (trade.is_craft and trade.group in audience.trade_groups))


def employees_fit(employees: float | None, on: Candidate) -> Finding:
    """Whether the head count lies within the limits of the offer and of the EU definition, if that is asked for.

    A fraction between the limit and the next whole number is unknown: "up to 49" may stand for "fewer than 50".
    """
    audience = on.tier.audience
    highest = lowest_of(audience.max_employees, EU_SME_EMPLOYEES if audience.eu_sme else None)
    is_between = employees is not None and highest is not None and highest < employees < highest + 1
    ceiling = UNKNOWN if is_between else within(employees, None, highest)
    verdict = all_of(ceiling, within(employees, audience.min_employees, None))
    return Finding("employees", verdict, 0, 0, "employees", employees, (audience.min_employees, highest))


def finance_fits(values: tuple[int | None, int | None, float | None], on: Candidate) -> Finding:
    """Whether turnover or balance total stays within the limits: one of the two is enough (2003/361/EG, Art. 2).

    An offer for all but small and medium firms needs one of the EU limits to be exceeded.
    """
    turnover, balance, employees = values
    audience = on.tier.audience
    own = _either_within(turnover, audience.max_turnover_eur, balance, audience.max_balance_eur)
    verdict = all_of(
        own, within(turnover, audience.min_turnover_eur, None), _eu_verdict(turnover, balance, employees, on)
    )
    max_turnover = lowest_of(audience.max_turnover_eur, EU_SME_TURNOVER_EUR if audience.eu_sme else None)
    max_balance = lowest_of(audience.max_balance_eur, EU_SME_BALANCE_EUR if audience.eu_sme else None)
    limit = (audience.min_turnover_eur, max_turnover, max_balance)
    return Finding("finance", verdict, 0, 0, "turnover_eur", (turnover, balance), limit, _finance_case(audience))


def _finance_case(audience: Audience) -> str | None:
    return "not_sme" if audience.eu_sme is False else None


def _eu_verdict(turnover: int | None, balance: int | None, employees: float | None, on: Candidate) -> Verdict:
    asked = on.tier.audience.eu_sme
    if asked is None:
        return MET
    is_small = _either_within(turnover, EU_SME_TURNOVER_EUR, balance, EU_SME_BALANCE_EUR)
    return is_small if asked else negated(all_of(is_small, within(employees, None, EU_SME_EMPLOYEES)))


def _either_within(
    turnover: int | None, max_turnover: int | None, balance: int | None, max_balance: int | None
) -> Verdict:
    sides = [within(v, None, top) for v, top in ((turnover, max_turnover), (balance, max_balance)) if top is not None]
    return any_of(*sides) if sides else MET


def age_fits(founded: int | None, on: Candidate) -> Finding:
    """Whether the firm is old or young enough; known by year only, so an age at the limit may be unknown.

    Whoever does not tell its age is rarely young: what is for young firms only gets no points.
    """
    lowest, highest = on.tier.audience.min_company_age_years, on.tier.audience.max_company_age_years
    if founded is None:
        verdict = within(None, lowest, highest)
    else:
        oldest = on.as_of.year - founded
        ages = {within(max(age, 0), lowest, highest) for age in (oldest - 1, oldest)}
        verdict = ages.pop() if len(ages) == 1 else UNKNOWN
    is_doubtful = founded is None and highest is not None
    top = on.weights["company_age.no_doubt"]
    return Finding("company_age", verdict, 0 if is_doubtful else top, top, "founded", founded, (lowest, highest))


def budget_fits(budget_eur: int | None, on: Candidate) -> Finding:
    """Whether the planned cost reaches the minimum and does not exceed what is funded at all.

    Whoever names no sum rarely plans a large one: what is for large projects only gets no points.
    """
    lowest, highest = on.tier.min_project_eur, on.tier.max_project_eur
    is_doubtful = budget_eur is None and lowest is not None and lowest >= on.weights["budget.large_eur"]
    verdict, top = project_verdict(on.tier, budget_eur), on.weights["budget.no_doubt"]
    return Finding("budget", verdict, 0 if is_doubtful else top, top, "budget_eur", budget_eur, (lowest, highest))


def not_too_late(ordered: bool | None, on: Candidate) -> Finding:
    """Whether the application can still come before the order (Vorhabenbeginn)."""
    first = on.tier.apply_before_start
    if not on.offer.form.pays or first is False or ordered is False:
        verdict = MET
    elif ordered is None:
        verdict = UNKNOWN
    else:
        verdict = NOT_MET if first else UNKNOWN
    return Finding("ordered", verdict, 0, 0, "ordered", ordered, first)


def needs_served(needs: tuple[StatedNeed, ...], on: Candidate) -> Finding:
    """How well the needs are served: each is judged by itself, then best and mean are mixed.

    Whoever names none looks for an overview first: what gives one gets a part of the points.
    """
    top = on.weights["needs.max"]
    core, also = on.offer.core_needs, on.offer.also_needs
    if not needs:
        overview = mixed_points(strength(OVERVIEW, on), strength(OVERVIEW, on), 1, on.weights)
        points = overview * on.weights["needs.untold_percent"] // 100
        return Finding("needs", UNKNOWN, points, top, "needs", None, (core, also))
    strengths = [strength(need.code, on) for need in needs]
    best = max(strengths)
    points = mixed_points(best, sum(strengths), len(strengths), on.weights)
    return Finding("needs", met(best > 0), points, top, "needs", needs, (core, also))


def mixed_points(best: Any, total: Any, many: Any, weights: Weights) -> Any:
    """Points for that many needs, from the percents to which the best is served and all together.

    Whole numbers throughout, or arrays of such: percent of percent, rounded half up once.
    """
    share, top = weights["needs.best_percent"], weights["needs.max"]
    mixed = share * many * best + (100 - share) * total
    return (2 * top * mixed + 10_000 * many) // (20_000 * many)


def service(code: str, offer: Offer, tier: Tier, means: Mapping[str, frozenset[str]]) -> Service:
    """How an offer in one of its tiers serves a need; `means`: which needs help with which other as a means."""
    if tier.needs and code not in tier.needs:
        return Service.NONE
    if code in offer.core_needs:
        return Service.CORE
    if code in offer.also_needs or (code == FINANCING and offer.form.pays):
        return Service.ALSO
    if means.get(code, frozenset()) & offer.core_needs:
        return Service.MEANS
    return Service.MEMBERS if offer.kind is Kind.CHAMBER else Service.NONE


def strength(code: str, on: Candidate) -> int:
    """Percent to which one need is served; a chamber's adviser is never less than an offer that also covers it."""
    match service(code, on.offer, on.tier, on.weights.means):
        case Service.NONE:
            return 0
        case Service.CORE:
            return on.weights["needs.core_percent"]
        case Service.MEANS if on.offer.kind is not Kind.CHAMBER:
            return on.weights["needs.means_percent"]
        case _:
            return on.weights["needs.also_percent"]


# --- rules that only give points ------------------------------------------------------------------------------------


def is_near(place: Place | None, on: Candidate) -> Finding:
    """How near the offer is: by area, and by the nearest site."""
    weights = on.weights
    top = weights["nearness.kreis"] + weights["nearness.site_near"]
    case = _nearness(place, on.offer.area)
    km = nearest_km(place, on.offer)
    points = weights[f"nearness.{case}"] + _site_points(km, weights)
    verdict = UNKNOWN if place is None else MET
    return Finding("nearness", verdict, points, top, "place", place, km, case)


def is_local(found: Finding) -> bool:
    """Whether a finding on nearness says that the offer is one of the firm's own Kreis or Land."""
    return found.case in ("kreis", "land")


def _nearness(place: Place | None, area: Area) -> str:
    if place is not None and place.kreis is not None and _at_home(place, area):
        return "kreis"
    if not area.laender or place is None or place.land is None:
        return "elsewhere" if area.focus and place is not None and place.kreis is not None else "bund"
    return "land" if len(area.laender) == 1 else "laender"


def _at_home(place: Place, area: Area) -> bool:
    return place.kreis in area.kreise or place.kreis in area.focus or place.gemeinde in area.gemeinden


def nearest_site(place: Place | None, offer: Offer) -> tuple[Site, int] | None:
    """The nearest site and whole kilometres as the crow flies; None where either end is not known to the town."""
    if place is None or (place.plz is None and place.gemeinde is None) or place.lat is None or place.lon is None:
        return None
    found = [
        (round(distance_km(place.lat, place.lon, site.lat, site.lon)), at)
        for at, site in enumerate(offer.sites)
        if site.lat is not None and site.lon is not None
    ]
    if not found:
        return None
    km, at = min(found)
    return offer.sites[at], km


def nearest_km(place: Place | None, offer: Offer) -> int | None:
    """Whole kilometres to the nearest site as the crow flies; None where that is not known."""
    nearest = nearest_site(place, offer)
    return None if nearest is None else nearest[1]


def _site_points(km: int | None, weights: Weights) -> int:
    if km is None or km > weights["nearness.site_reachable_km"]:
        return 0
    return weights["nearness.site_near" if km <= weights["nearness.site_near_km"] else "nearness.site_reachable"]


def is_made_for(trade: Trade | None, on: Candidate) -> Finding:
    """How closely the offer was made for this trade."""
    case = _made_for(trade, on.tier.audience)
    points = on.weights[f"made_for.{case}"]
    verdict = UNKNOWN if trade is None else MET
    return Finding("made_for", verdict, points, on.weights["made_for.trade"], "trade", trade, on.tier.audience, case)


def _made_for(trade: Trade | None, audience: Audience) -> str:
    if trade is None:
        return "any"
    if trade.code in audience.trades or trade.code in audience.made_for:
        return "trade"
    if trade.group is not None and (trade.group in audience.made_for or _is_chosen(trade.group, audience)):
        return "trade"
    if trade.is_craft and audience.sectors == {Sector.CRAFT}:
        return "craft"
    if audience.made_for:
        return "any"
    return "sector" if trade.sectors & audience.sectors else "any"


#: An offer that names more groups than this leaves some out rather than choosing any.
MOST_CHOSEN_GROUPS = 3


def _is_chosen(group: TradeGroup, audience: Audience) -> bool:
    return group in audience.trade_groups and len(audience.trade_groups) <= MOST_CHOSEN_GROUPS


def is_affordable(_: None, on: Candidate) -> Finding:
    """What using the offer costs."""
    kind = on.offer.cost.kind
    verdict = UNKNOWN if kind is None else MET
    points = 0 if kind is None else on.weights[f"cost.{kind.value}"]
    return Finding("cost", verdict, points, on.weights["cost.free"], None, None, kind, kind)


def is_sure(_: None, on: Candidate) -> Finding:
    """How sure the entry is: state on the day, sourcing, and whether it is about to end."""
    weights = on.weights
    case = "open" if on.state is State.OPEN else "unverified"
    ends_soon = is_ending(on.offer, on.as_of, weights)
    points = weights[f"sureness.{case}"] + weights[f"sureness.{on.offer.confidence.value}"]
    points += weights["sureness.ending"] if ends_soon else 0
    top = weights["sureness.open"] + weights["sureness.high"]
    verdict = MET if case == "open" else UNKNOWN
    return Finding("sureness", verdict, max(points, 0), top, None, None, on.offer.valid_until, case)


def is_ending(offer: Offer, as_of: date, weights: Weights) -> bool:
    """Whether the last day comes within the warning time."""
    last = offer.valid_until
    return last is not None and timedelta(0) <= last - as_of <= timedelta(days=weights["guide.ending_days"])


class Rule(NamedTuple):
    """A rule with the attributes of the firm that it reads, and whether it decides on eligibility."""

    name: str
    attributes: tuple[str, ...]
    judge: Callable[[Any, Candidate], Finding]
    is_hard: bool = True

    def value_of(self, firm: Firm) -> Any:
        """What the rule reads of a firm: one value, a tuple, or None."""
        if len(self.attributes) == 1:
            return getattr(firm, self.attributes[0])
        return tuple(getattr(firm, name) for name in self.attributes) or None


RULES: tuple[Rule, ...] = (
    Rule("date", (), still_open),
    Rule("area", ("place",), area_fits),
    Rule("trade", ("trade",), trade_fits),
    Rule("employees", ("employees",), employees_fit),
    Rule("finance", ("turnover_eur", "balance_eur", "employees"), finance_fits),
    Rule("company_age", ("founded",), age_fits),
    Rule("budget", ("budget_eur",), budget_fits),
    Rule("ordered", ("ordered",), not_too_late),
    Rule("needs", ("needs",), needs_served),
    Rule("nearness", ("place",), is_near, is_hard=False),
    Rule("made_for", ("trade",), is_made_for, is_hard=False),
    Rule("cost", (), is_affordable, is_hard=False),
    Rule("sureness", (), is_sure, is_hard=False),
)

HARD_RULES: frozenset[str] = frozenset(rule.name for rule in RULES if rule.is_hard)
