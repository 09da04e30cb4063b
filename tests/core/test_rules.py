"""The hard rules: each limit from both sides, and what happens where something is not known."""

from datetime import date
from typing import Any

import pytest
from factories import MET, NOT_MET, UNKNOWN, a_firm, a_place, a_trade, an_offer, judge, some_needs

from digiwegweiser.core.finding import combine
from digiwegweiser.core.rules import RULES, all_of, any_of
from digiwegweiser.core.vocabulary import Eligibility, Form, Verdict

# --- area ------------------------------------------------------------------------------------------------------------

BUND: dict[str, Any] = {}
NRW = {"laender": {"DE-NW"}}
TWO_LAENDER = {"laender": {"DE-NW", "DE-HE"}}
KREIS_SOEST = {"laender": {"DE-NW"}, "kreise": {"05974"}}
#: Kreis Rostock (13072) is split; Schwerin (13004) belongs to the offer as a whole.
SPLIT = {"laender": {"DE-MV"}, "kreise": {"13004"}, "gemeinden": {"13072003"}}
ONLY_GEMEINDEN = {"laender": {"DE-MV"}, "gemeinden": {"13072003"}}


@pytest.mark.parametrize(
    ("area", "key", "verdict"),
    [
        (BUND, "05974028", MET),
        (BUND, "DE-SN", MET),
        (BUND, None, MET),
        (NRW, "05974028", MET),
        (NRW, "05974", MET),
        (NRW, "DE-NW", MET),
        (NRW, "DE-SN", NOT_MET),
        (NRW, "14612", NOT_MET),
        (NRW, None, UNKNOWN),
        (TWO_LAENDER, "DE-HE", MET),
        (TWO_LAENDER, "DE-RP", NOT_MET),
        (KREIS_SOEST, "05974028", MET),
        (KREIS_SOEST, "05974", MET),
        (KREIS_SOEST, "05978", NOT_MET),
        (KREIS_SOEST, "DE-NW", UNKNOWN),
        (KREIS_SOEST, "DE-SN", NOT_MET),
        (KREIS_SOEST, None, UNKNOWN),
        (SPLIT, "13004", MET),
        (SPLIT, "13072003", MET),
        (SPLIT, "13072001", NOT_MET),
        (SPLIT, "13072", UNKNOWN),
        (SPLIT, "13071", NOT_MET),
        (SPLIT, "13071004", NOT_MET),
        (SPLIT, "DE-MV", UNKNOWN),
        (SPLIT, "DE-SN", NOT_MET),
        (SPLIT, None, UNKNOWN),
        (ONLY_GEMEINDEN, "13072003", MET),
        (ONLY_GEMEINDEN, "13072001", NOT_MET),
        (ONLY_GEMEINDEN, "13072", UNKNOWN),
        (ONLY_GEMEINDEN, "13004", NOT_MET),
        (ONLY_GEMEINDEN, "DE-SN", NOT_MET),
        (ONLY_GEMEINDEN, None, UNKNOWN),
    ],
)
def test_area(area: dict[str, Any], key: str | None, verdict: Verdict) -> None:
    """A place is inside, outside, or known too roughly to tell; a rough place is outside where that is sure."""
    assert judge("area", a_place(key) if key else None, an_offer(**area)).verdict is verdict


def test_a_place_without_land_is_as_good_as_none() -> None:
    """A PLZ of which not even the Land is sure leaves every bound offer unknown, and the nationwide ones met."""
    nowhere = a_place(None)
    verdicts = [judge("area", nowhere, an_offer(**area)).verdict for area in (BUND, NRW, KREIS_SOEST, SPLIT)]
    assert verdicts == [MET, UNKNOWN, UNKNOWN, UNKNOWN]


def test_focus_is_no_limit() -> None:
    """A Land-wide offer at home in one Kreis serves the other Kreise of the Land, but no other Land."""
    offer = an_offer(laender={"DE-NW"}, focus={"05974"})
    assert judge("area", a_place("05978"), offer).verdict is MET
    assert judge("area", a_place("14612"), offer).verdict is NOT_MET


# --- trade -----------------------------------------------------------------------------------------------------------

JOINER = a_trade("A-27", "craft", "finishing")
BAKER = a_trade("A-30", "craft", "food")
SHOP = a_trade("S-04", "commerce")
HOTEL = a_trade("S-06", "services")
SOFTWARE = a_trade("S-07", "it services")
LAWYER = a_trade("S-09", "professions")
FARMER = a_trade("S-14", "agriculture")
STARTUP = a_trade(None, "startup")

CRAFT = {"sectors": {"craft"}}
JOINERS = {"sectors": {"craft"}, "trades": {"A-27"}}
FOOD = {"sectors": {"craft", "industry"}, "trade_groups": {"food"}}
JOINERS_AND_FOOD = {"sectors": {"craft"}, "trades": {"A-27"}, "trade_groups": {"food"}}
ANY = {"sectors": {"any"}}
ANY_PAYING = {"sectors": {"any"}, "form": "grant"}
COMMERCE_PAYING = {"sectors": {"commerce"}, "form": "grant"}


@pytest.mark.parametrize(
    ("audience", "trade", "verdict"),
    [
        ({}, JOINER, MET),
        ({}, None, MET),
        (CRAFT, JOINER, MET),
        (CRAFT, SHOP, NOT_MET),
        (CRAFT, STARTUP, NOT_MET),
        (CRAFT, None, UNKNOWN),
        (JOINERS, JOINER, MET),
        (JOINERS, BAKER, NOT_MET),
        (JOINERS, SHOP, NOT_MET),
        (JOINERS, None, UNKNOWN),
        (FOOD, BAKER, MET),
        (FOOD, JOINER, NOT_MET),
        (FOOD, a_trade("S-01", "industry"), MET),
        (FOOD, None, UNKNOWN),
        (JOINERS_AND_FOOD, JOINER, MET),
        (JOINERS_AND_FOOD, BAKER, MET),
        (JOINERS_AND_FOOD, a_trade("A-23", "craft", "finishing"), NOT_MET),
        ({"sectors": {"commerce"}}, SHOP, MET),
        ({"sectors": {"commerce"}}, JOINER, NOT_MET),
        ({"sectors": {"it"}}, SOFTWARE, MET),
        ({"sectors": {"services"}}, SOFTWARE, MET),
        ({"sectors": {"startup"}}, STARTUP, MET),
        ({"sectors": {"startup"}}, JOINER, NOT_MET),
        (ANY, JOINER, MET),
        (ANY, STARTUP, MET),
        (ANY, FARMER, MET),
        (ANY, None, MET),
        (ANY_PAYING, JOINER, MET),
        (ANY_PAYING, SHOP, MET),
        (ANY_PAYING, STARTUP, MET),
        (ANY_PAYING, LAWYER, UNKNOWN),
        (ANY_PAYING, FARMER, UNKNOWN),
        (ANY_PAYING, a_trade("S-14", "agriculture professions"), UNKNOWN),
        (ANY_PAYING, a_trade("S-14", "agriculture commerce"), MET),
        (ANY_PAYING | {"form": "advice"}, FARMER, MET),
        (ANY_PAYING | {"sectors": {"any", "agriculture"}}, FARMER, MET),
        (ANY_PAYING | {"sectors": {"any", "agriculture"}}, LAWYER, UNKNOWN),
        (COMMERCE_PAYING, FARMER, NOT_MET),
        ({"sectors": {"any"}, "trades": {"A-27"}}, BAKER, NOT_MET),
        ({"sectors": {"any"}, "trades": {"A-27"}}, JOINER, MET),
        ({"sectors": {"any"}, "trades": {"A-27"}}, None, UNKNOWN),
        ({"sectors": {"commerce"}, "trades": {"S-06"}}, HOTEL, MET),
        ({"sectors": {"craft"}, "made_for": {"A-30"}}, JOINER, MET),
    ],
)
def test_trade(audience: dict[str, Any], trade: Any, verdict: Verdict) -> None:
    """The sector must be served and a craft must be among the named ones; being made for others excludes nobody."""
    assert judge("trade", trade, an_offer(**audience)).verdict is verdict


@pytest.mark.parametrize("form", list(Form))
def test_aid_for_all_sectors_is_unsure_for_farms_only_where_it_pays(form: Form) -> None:
    """Farms and professions have aid rules of their own; advice has none."""
    found = judge("trade", FARMER, an_offer(sectors={"any"}, form=form))
    assert found.verdict is (MET if form in (Form.NONE, Form.ADVICE) else UNKNOWN)


def test_an_unknown_trade_is_unknown_where_only_crafts_are_named() -> None:
    """An offer that names its crafts and no sector is not met by a firm whose trade is unknown."""
    assert judge("trade", BAKER, an_offer(trades={"A-27"})).verdict is NOT_MET
    assert judge("trade", None, an_offer(trades={"A-27"})).verdict is UNKNOWN


def test_a_named_sector_code_excludes_the_others_of_its_sector() -> None:
    """An offer of the services only for S-12 (care) is not for a hotel (S-06)."""
    care_only = an_offer(sectors={"services"}, trades={"S-12"})
    assert judge("trade", a_trade("S-12", "services"), care_only).verdict is MET
    assert judge("trade", HOTEL, care_only).verdict is NOT_MET


# --- employees -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "employees", "verdict"),
    [
        ({}, None, MET),
        ({}, 100_000, MET),
        ({"max_employees": 49}, 0, MET),
        ({"max_employees": 49}, 49, MET),
        ({"max_employees": 49}, 49.0, MET),
        ({"max_employees": 49}, 48.5, MET),
        ({"max_employees": 49}, 49.01, UNKNOWN),
        ({"max_employees": 49}, 49.5, UNKNOWN),
        ({"max_employees": 49}, 49.99, UNKNOWN),
        ({"max_employees": 49}, 50, NOT_MET),
        ({"max_employees": 49}, 50.5, NOT_MET),
        ({"max_employees": 49}, None, UNKNOWN),
        ({"max_employees": 0}, 0, MET),
        ({"max_employees": 0}, 1, NOT_MET),
        ({"min_employees": 3}, 3, MET),
        ({"min_employees": 3}, 2.5, NOT_MET),
        ({"min_employees": 3}, 2, NOT_MET),
        ({"min_employees": 3}, 0, NOT_MET),
        ({"min_employees": 3}, None, UNKNOWN),
        ({"min_employees": 1}, 0.5, NOT_MET),
        ({"min_employees": 0}, 0, MET),
        ({"min_employees": 3, "max_employees": 9}, 9, MET),
        ({"min_employees": 3, "max_employees": 9}, 9.5, UNKNOWN),
        ({"min_employees": 3, "max_employees": 9}, 2, NOT_MET),
        ({"eu_sme": True}, 249, MET),
        ({"eu_sme": True}, 249.5, UNKNOWN),
        ({"eu_sme": True}, 250, NOT_MET),
        ({"eu_sme": True}, None, UNKNOWN),
        ({"eu_sme": False}, 250, MET),
        ({"eu_sme": None}, 250, MET),
        ({"eu_sme": True, "max_employees": 99}, 100, NOT_MET),
        ({"eu_sme": True, "max_employees": 499}, 250, NOT_MET),
    ],
)
def test_employees(limits: dict[str, Any], employees: float | None, verdict: Verdict) -> None:
    """Both limits are inclusive, the stricter one counts, and a fraction just above the highest is not decided."""
    assert judge("employees", employees, an_offer(**limits)).verdict is verdict


def test_employees_below_the_minimum_are_out_even_where_the_maximum_is_unsure() -> None:
    """Contradicting limits never turn a clear no into a doubt."""
    assert judge("employees", 9.5, an_offer(min_employees=10, max_employees=9)).verdict is NOT_MET


def test_employees_tells_both_values() -> None:
    """The finding carries the firm's number and the limit that counted."""
    found = judge("employees", 62, an_offer(min_employees=1, max_employees=499, eu_sme=True))
    assert (found.attribute, found.value, found.limit) == ("employees", 62, (1, 249))


# --- turnover and balance sheet --------------------------------------------------------------------------------------

BOTH = {"max_turnover_eur": 2_000_000, "max_balance_eur": 1_000_000}


@pytest.mark.parametrize(
    ("limits", "turnover", "balance", "verdict"),
    [
        ({}, None, None, MET),
        ({}, 10**12, 10**12, MET),
        (BOTH, 2_000_000, 1_000_000, MET),
        (BOTH, 2_000_001, 1_000_000, MET),
        (BOTH, 2_000_000, 1_000_001, MET),
        (BOTH, 2_000_001, 1_000_001, NOT_MET),
        (BOTH, 2_000_000, None, MET),
        (BOTH, None, 1_000_000, MET),
        (BOTH, 2_000_001, None, UNKNOWN),
        (BOTH, None, 1_000_001, UNKNOWN),
        (BOTH, None, None, UNKNOWN),
        ({"max_turnover_eur": 100}, 100, None, MET),
        ({"max_turnover_eur": 100}, 101, None, NOT_MET),
        ({"max_turnover_eur": 100}, 101, 1, NOT_MET),
        ({"max_turnover_eur": 100}, None, 1, UNKNOWN),
        ({"max_balance_eur": 100}, None, 101, NOT_MET),
        ({"max_balance_eur": 100}, 1, None, UNKNOWN),
        ({"max_turnover_eur": 0}, 0, None, MET),
        ({"max_turnover_eur": 0}, 1, None, NOT_MET),
        ({"min_turnover_eur": 100}, 100, None, MET),
        ({"min_turnover_eur": 100}, 99, None, NOT_MET),
        ({"min_turnover_eur": 100}, 0, None, NOT_MET),
        ({"min_turnover_eur": 100}, None, 10**9, UNKNOWN),
        (BOTH | {"min_turnover_eur": 100}, 99, 1, NOT_MET),
        (BOTH | {"min_turnover_eur": 100}, None, 1, UNKNOWN),
        ({"eu_sme": True}, 50_000_000, 43_000_001, MET),
        ({"eu_sme": True}, 50_000_001, 43_000_000, MET),
        ({"eu_sme": True}, 50_000_001, 43_000_001, NOT_MET),
        ({"eu_sme": True}, 50_000_001, None, UNKNOWN),
        ({"eu_sme": True}, None, None, UNKNOWN),
        ({"eu_sme": False}, 50_000_001, 43_000_001, MET),
        ({"eu_sme": True} | BOTH, 2_000_001, 1_000_001, NOT_MET),
    ],
)
def test_finance(limits: dict[str, Any], turnover: int | None, balance: int | None, verdict: Verdict) -> None:
    """One of the two under its ceiling is enough, the floor is on turnover alone, and 0 is a number like any other."""
    assert judge("finance", (turnover, balance, None), an_offer(**limits)).verdict is verdict


def test_the_balance_of_the_eu_definition_does_not_stand_in_for_the_offers_own_turnover() -> None:
    """With a turnover ceiling of its own, an offer for EU SMEs excludes a firm above it, however small its balance."""
    own_ceiling = an_offer(max_turnover_eur=2_000_000, eu_sme=True)
    assert judge("finance", (2_000_000, 1, None), own_ceiling).verdict is MET
    assert judge("finance", (2_000_001, 1, None), own_ceiling).verdict is NOT_MET


# --- company age -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "founded", "verdict"),
    [
        ({}, None, MET),
        ({}, 1850, MET),
        ({"min_company_age_years": 2}, 2023, MET),
        ({"min_company_age_years": 2}, 2024, UNKNOWN),
        ({"min_company_age_years": 2}, 2025, NOT_MET),
        ({"min_company_age_years": 2}, None, UNKNOWN),
        ({"max_company_age_years": 5}, 2021, MET),
        ({"max_company_age_years": 5}, 2020, UNKNOWN),
        ({"max_company_age_years": 5}, 2019, NOT_MET),
        ({"max_company_age_years": 5}, None, UNKNOWN),
        ({"max_company_age_years": 0}, 2027, MET),  # only before the foundation: a firm of last year is too late
        ({"max_company_age_years": 0}, 2026, UNKNOWN),
        ({"max_company_age_years": 0}, 2025, NOT_MET),
        ({"max_company_age_years": 1}, 2025, MET),
        ({"max_company_age_years": 0}, 2024, NOT_MET),
        ({"max_company_age_years": 5}, 2027, MET),
        ({"min_company_age_years": 1}, 2027, NOT_MET),
        ({"min_company_age_years": 0}, 2027, MET),
        ({"min_company_age_years": 2, "max_company_age_years": 5}, 2023, MET),
        ({"min_company_age_years": 2, "max_company_age_years": 5}, 2025, NOT_MET),
        ({"min_company_age_years": 2, "max_company_age_years": 5}, 2019, NOT_MET),
    ],
)
def test_company_age(limits: dict[str, Any], founded: int | None, verdict: Verdict) -> None:
    """In November 2026 a firm of 2024 is one or two years old: the year at the limit is unknown, its neighbours not."""
    assert judge("company_age", founded, an_offer(**limits)).verdict is verdict


@pytest.mark.parametrize(("day", "verdict"), [(date(2025, 12, 31), NOT_MET), (date(2026, 1, 1), UNKNOWN)])
def test_company_age_counts_on_the_day_asked_for(day: date, verdict: Verdict) -> None:
    """A firm founded in 2024 cannot be two years old before 2026."""
    offer = an_offer(min_company_age_years=2)
    assert judge("company_age", 2024, offer, day).verdict is verdict


# --- budget ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "budget", "verdict"),
    [
        ({}, None, MET),
        ({}, 0, MET),
        ({"min_project_eur": 5000}, 5000, MET),
        ({"min_project_eur": 5000}, 4999, NOT_MET),
        ({"min_project_eur": 5000}, 0, NOT_MET),
        ({"min_project_eur": 5000}, None, UNKNOWN),
        ({"min_project_eur": 0}, 0, MET),
        ({"max_project_eur": 20_000}, 20_000, MET),
        ({"max_project_eur": 20_000}, 20_001, NOT_MET),
        ({"max_project_eur": 20_000}, None, UNKNOWN),
        ({"max_project_eur": 0}, 1, NOT_MET),
        ({"max_eligible_eur": 20_000}, 20_001, MET),
        ({"max_eligible_eur": 20_000}, None, MET),
    ],
)
def test_budget(limits: dict[str, Any], budget: int | None, verdict: Verdict) -> None:
    """Minimum and maximum of the project are inclusive; costs above what is counted exclude nobody."""
    assert judge("budget", budget, an_offer(**limits)).verdict is verdict


# --- ordered ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "ordered", "verdict"),
    [
        (True, True, NOT_MET),
        (True, False, MET),
        (True, None, UNKNOWN),
        (False, True, MET),
        (False, False, MET),
        (False, None, MET),
        (None, True, UNKNOWN),
        (None, False, MET),
        (None, None, UNKNOWN),
    ],
)
def test_ordered(first: bool | None, ordered: bool | None, verdict: Verdict) -> None:
    """An order excludes where the application must come first, and is a doubt where nobody knows."""
    paying = an_offer(form="grant", apply_before_start=first)
    assert judge("ordered", ordered, paying).verdict is verdict


@pytest.mark.parametrize("form", ["none", "advice"])
@pytest.mark.parametrize("first", [True, False, None])
def test_advice_never_comes_too_late(form: str, first: bool | None) -> None:
    """Who has ordered can still be advised; only money can be lost."""
    assert judge("ordered", True, an_offer(form=form, apply_before_start=first)).verdict is MET
    assert judge("ordered", True, an_offer(form="grant", apply_before_start=True)).verdict is NOT_MET


# --- combining -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdicts", "conjunction", "disjunction", "eligibility"),
    [
        ((MET, MET), MET, MET, Eligibility.YES),
        ((MET, UNKNOWN), UNKNOWN, MET, Eligibility.OPEN),
        ((MET, NOT_MET), NOT_MET, MET, Eligibility.NO),
        ((UNKNOWN, UNKNOWN), UNKNOWN, UNKNOWN, Eligibility.OPEN),
        ((UNKNOWN, NOT_MET), NOT_MET, UNKNOWN, Eligibility.NO),
        ((NOT_MET, NOT_MET), NOT_MET, NOT_MET, Eligibility.NO),
    ],
)
def test_strong_kleene(
    verdicts: tuple[Verdict, Verdict], conjunction: Verdict, disjunction: Verdict, eligibility: Eligibility
) -> None:
    """One "no" decides a conjunction and one "yes" a disjunction, whatever else is unknown and in any order."""
    for pair in (verdicts, verdicts[::-1]):
        assert all_of(*pair) is conjunction
        assert any_of(*pair) is disjunction
        assert combine(pair) is eligibility


def test_no_rule_at_all_is_a_yes() -> None:
    """Nothing asked, nothing failed."""
    assert combine(()) is Eligibility.YES


def test_a_rule_reads_only_its_declared_attributes() -> None:
    """Every rule has a name of its own and reads attributes that a firm has; those of the offer alone read none."""
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert {rule.name for rule in RULES if not rule.attributes} == {"date", "cost", "sureness"}
    read = {rule.name: rule.value_of(a_firm(turnover_eur=5, balance_eur=None)) for rule in RULES}
    assert (read["date"], read["employees"], read["finance"]) == (None, 8, (5, None, 8))


def test_no_needs_and_no_answer_are_the_same() -> None:
    """A firm without needs has not said them yet, so nothing is excluded for want of a need."""
    offer = an_offer(core_needs={"it_security"})
    assert judge("needs", (), offer).verdict is UNKNOWN
    assert judge("needs", some_needs("ecommerce"), offer).verdict is NOT_MET


@pytest.mark.parametrize(
    ("employees", "turnover", "balance", "verdict"),
    [
        (250, None, None, MET),  # the head count alone makes it large
        (249, 50_000_000, None, NOT_MET),  # at both limits it is still small
        (249, 50_000_001, 43_000_001, MET),
        (249, 50_000_001, 43_000_000, NOT_MET),  # one of the two sums is enough to stay small
        (8, None, None, UNKNOWN),
        (None, 1, 1, UNKNOWN),
    ],
)
def test_an_offer_for_all_but_small_firms(
    employees: int | None, turnover: int | None, balance: int | None, verdict: Verdict
) -> None:
    """Who is not small by the EU definition is let in, who is small is not, and the head count counts too."""
    assert judge("finance", (turnover, balance, employees), an_offer(eu_sme=False)).verdict is verdict


def test_a_trade_that_is_left_out() -> None:
    """Whoever is named as left out is out, although the sector is served; everybody else is in."""
    offer = an_offer(sectors={"any"}, not_trades={"S-09"})
    assert judge("trade", a_trade("S-09", "professions"), offer).verdict is NOT_MET
    assert judge("trade", a_trade("S-04", "commerce"), offer).verdict is MET
    assert judge("trade", None, offer).verdict is UNKNOWN


def test_farms_can_be_left_out_without_those_that_tend_gardens_for_others() -> None:
    """Both have one code: a sector left out means who is nothing else, a group its crafts and a code all of it."""
    farm, gardener = a_trade("S-14", "agriculture"), a_trade("S-14", "services")
    no_farms = an_offer(sectors={"any"}, not_trades={"agriculture"})
    assert judge("trade", farm, no_farms).verdict is NOT_MET
    assert judge("trade", gardener, no_farms).verdict is MET
    assert judge("trade", gardener, an_offer(not_trades={"S-14"})).verdict is NOT_MET
    no_builders = an_offer(sectors={"craft"}, not_trades={"construction"})
    assert judge("trade", a_trade("A-01", group="construction"), no_builders).verdict is NOT_MET
    assert judge("trade", a_trade("A-27"), no_builders).verdict is MET
    assert judge("trade", a_trade(None, ""), no_farms).verdict is not NOT_MET


def test_a_trade_of_which_only_a_part_is_served_is_never_a_yes() -> None:
    """The office has to tell, whether or not the sector is named; the other trades are not in doubt."""
    inns, shops = a_trade("S-06", "services"), a_trade("S-04", "commerce")
    for sectors in ({"services", "any"}, {"commerce"}):
        offer = an_offer(sectors=sectors, partly_trades={"S-06"})
        assert judge("trade", inns, offer).verdict is UNKNOWN
        assert judge("trade", shops, offer).verdict is MET
        assert judge("trade", None, offer).verdict is UNKNOWN
    builders = an_offer(sectors={"any"}, partly_trades={"construction"})
    assert judge("trade", a_trade("A-01", group="construction"), builders).verdict is UNKNOWN
    assert judge("trade", a_trade("A-27"), builders).verdict is MET
    offer = an_offer(sectors={"any"}, partly_trades={"professions"})
    assert judge("trade", a_trade("S-09", "professions"), offer).verdict is UNKNOWN
    assert judge("trade", a_trade("S-08", "services professions"), offer).verdict is MET
    left_out = an_offer(sectors={"any"}, not_trades={"S-06"}, partly_trades={"S-06"})
    assert judge("trade", inns, left_out).verdict is NOT_MET


def test_an_offer_for_a_part_of_a_trade_is_not_made_for_it() -> None:
    """No points for a trade that the offer serves but in part; named without that limit it gets them."""
    inns = a_trade("S-06", "services")
    whole, part = an_offer(trades={"S-06"}), an_offer(trades={"S-06"}, partly_trades={"S-06"})
    assert judge("made_for", inns, whole).case == "trade"
    assert judge("made_for", inns, part).case == "any"
    assert judge("made_for", inns, part).points < judge("made_for", inns, whole).points


def test_an_area_of_which_only_parts_count_is_open_inside_and_closed_outside() -> None:
    """Without a list of the places nobody inside can be told yes; outside it is a plain no."""
    offer = an_offer(laender={"DE-NW"}, is_partial=True)
    assert judge("area", a_place("05974"), offer).verdict is UNKNOWN
    assert judge("area", a_place("09162"), offer).verdict is NOT_MET


def test_what_the_sources_advise_against_is_no_longer_recommended() -> None:
    """From the day of checking on it is out; before that day only its dates decide."""
    offer = an_offer(is_recommended=False, status="unverified", valid_from=date(2018, 1, 1))
    assert judge("date", None, offer).verdict is NOT_MET
    assert judge("date", None, offer, date(2018, 6, 1)).verdict is UNKNOWN
