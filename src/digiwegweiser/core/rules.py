"""The rules. Each reads one declared attribute of the firm (or a small tuple), one tier of one offer, and the date.

This is the only implementation of every rule; whoever needs many verdicts calls these functions with each value.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from digiwegweiser.core.candidate import Candidate
from digiwegweiser.core.finding import Finding
from digiwegweiser.core.firm import Firm, Place, StatedNeed, Trade
from digiwegweiser.core.kleene import MET, NOT_MET, UNKNOWN, all_of, any_of, met, negated, within
from digiwegweiser.core.money import project_verdict
from digiwegweiser.core.offer import Area, Audience
from digiwegweiser.core.preference import is_affordable, is_made_for, is_near, is_sure
from digiwegweiser.core.service import OVERVIEW, mixed_points, strength
from digiwegweiser.core.vocabulary import KREISE_OF_LAND, Sector, State, Verdict, land_of

#: Thresholds of the EU definition of small and medium firms (Empfehlung 2003/361/EG, Anhang Art. 2), inclusive.
EU_SME_EMPLOYEES = 249
EU_SME_TURNOVER_EUR = 50_000_000
EU_SME_BALANCE_EUR = 43_000_000


def lowest_of(*limits: float | None) -> float | None:
    """The strictest of several upper limits."""
    return min((limit for limit in limits if limit is not None), default=None)


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
    top = on.weights["area.no_doubt"]
    return Finding("area", verdict, top if verdict is MET else 0, top, "place", place, area)


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
    return MET if _is_whole_land(place, area.kreise) else _land_may_hold(place, area.kreise)


def _is_whole_land(place: Place | None, kreise: frozenset[str]) -> bool:
    """Whether all Kreise of the firm's Land are among these."""
    if place is None or place.land is None:
        return False
    return sum(land_of(key) == place.land for key in kreise) == KREISE_OF_LAND[place.land]


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
    """Whether the offer serves the sector and, if it names crafts, this craft; unknown where it serves but a part."""
    audience = on.tier.audience
    if trade is None:
        verdict = MET if _serves_all(on) else UNKNOWN
    elif audience.leaves_out(trade):
        verdict = NOT_MET
    elif audience.serves_part_of(trade):
        verdict = UNKNOWN
    else:
        verdict = all_of(_sector_verdict(trade, on), _code_verdict(trade, audience))
    top = on.weights["trade.no_doubt"]
    return Finding("trade", verdict, top if verdict is MET else 0, top, "trade", trade, audience)


def _serves_all(on: Candidate) -> bool:
    """Whether no trade whatever could be in the way."""
    audience = on.tier.audience
    if audience.trades or audience.trade_groups or audience.not_trades or audience.partly_trades:
        return False
    return not audience.sectors or (Sector.ANY in audience.sectors and not on.offer.form.pays)


#: Sectors with aid rules of their own: "small firms of every sector" need not include them where money is paid.
_OFTEN_APART = frozenset({Sector.AGRICULTURE, Sector.PROFESSIONS})


def _sector_verdict(trade: Trade, on: Candidate) -> Verdict:
    audience = on.tier.audience
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

    Whoever does not tell its age is rarely young: what is for young firms only gets no points
    then, and more than others where the firm is young.
    """
    lowest, highest = on.tier.audience.min_company_age_years, on.tier.audience.max_company_age_years
    if founded is None:
        verdict = within(None, lowest, highest)
    else:
        verdict = _age_verdict(on.as_of.year - founded, lowest, highest)
    is_for_the_young = highest is not None and highest <= on.weights["company_age.young_years"]
    if verdict is NOT_MET or (founded is None and highest is not None):
        points = 0
    else:
        points = on.weights["company_age.young" if is_for_the_young else "company_age.no_doubt"]
    top = on.weights["company_age.young"]
    return Finding("company_age", verdict, points, top, "founded", founded, (lowest, highest))


def _age_verdict(oldest: int, lowest: int | None, highest: int | None) -> Verdict:
    """Of a firm that gets this old within the year; a highest age of 0 means: not yet founded."""
    if highest == 0:
        return UNKNOWN if oldest == 0 else met(oldest < 0)
    ages = {within(max(age, 0), lowest, highest) for age in (oldest - 1, oldest)}
    return ages.pop() if len(ages) == 1 else UNKNOWN


def budget_fits(budget_eur: int | None, on: Candidate) -> Finding:
    """Whether the planned cost reaches the minimum and does not exceed what is funded at all.

    Whoever names no sum rarely plans a large one: what is for large projects only gets no points.
    """
    lowest, highest = on.tier.min_project_eur, on.tier.max_project_eur
    verdict, top = project_verdict(on.tier, budget_eur), on.weights["budget.no_doubt"]
    is_large = lowest is not None and lowest >= on.weights["budget.large_eur"]
    is_doubtful = verdict is NOT_MET or (budget_eur is None and is_large)
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


#: The hard rules first.
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
