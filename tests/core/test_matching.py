"""One firm against one offer: the tier that suits best, eligibility, and the order of matches."""

from datetime import timedelta
from typing import Any

import pytest
from factories import NOT_MET, TODAY, UNKNOWN, a_firm, a_place, a_trade, an_offer, the_weights

from digiwegweiser.core.firm import Firm
from digiwegweiser.core.matching import Match, match, match_all
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.rules import HARD_RULES, RULES
from digiwegweiser.core.vocabulary import Eligibility

SMALL, LARGE = {"tier": "Klein", "max_employees": 9}, {"tier": "Groß", "min_employees": 10, "max_employees": 49}


def matched(offer: Offer, **firm: Any) -> Match:
    return match(a_firm(**firm), offer, TODAY, the_weights())


# --- tiers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("employees", "tier"), [(9, "Klein"), (10, "Groß"), (49, "Groß")])
def test_an_offer_fits_if_one_tier_fits_and_that_one_is_named(employees: int, tier: str) -> None:
    """The other tier's limits exclude nobody who fits this one."""
    found = matched(an_offer([SMALL, LARGE]), employees=employees)
    assert (found.eligibility, found.tier.name) == (Eligibility.YES, tier)
    assert found.failing() == ()


def test_an_offer_does_not_fit_if_no_tier_fits() -> None:
    """One employee above the largest tier is out, and the size is the reason."""
    found = matched(an_offer([SMALL, LARGE]), employees=50)
    assert found.eligibility is Eligibility.NO
    assert [f.rule for f in found.failing()] == ["employees"]


def test_limits_of_different_tiers_are_not_mixed() -> None:
    """A firm that meets the size of one tier and the budget of the other meets neither."""
    offer = an_offer([{"max_employees": 9, "min_project_eur": 20_000}, {"min_employees": 10, "min_project_eur": 5000}])
    assert matched(offer, employees=8, budget_eur=5000).eligibility is Eligibility.NO
    assert matched(offer, employees=8, budget_eur=20_000).eligibility is Eligibility.YES
    assert matched(offer, employees=10, budget_eur=5000).eligibility is Eligibility.YES


def test_an_open_tier_comes_before_one_that_fails() -> None:
    """While one tier waits for an answer the offer is open, though another one is excluded."""
    found = matched(an_offer([{"max_employees": 5}, {"tier": "Offen", "min_project_eur": 5000}]), budget_eur=None)
    assert (found.eligibility, found.tier.name) == (Eligibility.OPEN, "Offen")
    assert [f.rule for f in found.unknown()] == ["budget"]


def test_a_fitting_tier_comes_before_an_open_one_with_more_money() -> None:
    """What is sure is named first, not what pays most."""
    found = matched(
        an_offer([{"min_project_eur": 5000, "max_eur": 9000}, {"tier": "Sicher", "max_eur": 10}]), budget_eur=None
    )
    assert (found.eligibility, found.tier.name) == (Eligibility.YES, "Sicher")


def test_of_fitting_tiers_the_one_with_more_points_is_named() -> None:
    """The tier for the firm's own need comes before the richer one that only helps besides."""
    tiers = [{"tier": "Nebenbei", "needs": {"b"}, "max_eur": 9000}, {"tier": "Genau", "needs": {"a"}, "max_eur": 10}]
    offer = an_offer(tiers, core_needs={"a"}, also_needs={"b"})
    assert matched(offer, needs=["a"]).tier.name == "Genau"
    assert matched(offer, needs=["b"]).tier.name == "Nebenbei"


def test_of_equal_tiers_the_first_of_the_entry_is_named() -> None:
    """With the same points the amount decides nothing: an entry names the common tier first."""
    standard, plus = {"tier": "Standard", "max_eur": 5000}, {"tier": "Plus", "max_eur": 10_000}
    assert matched(an_offer([standard, plus])).tier.name == "Standard"
    assert matched(an_offer([plus, standard])).tier.name == "Plus"


@pytest.mark.parametrize(
    ("employees", "named", "others"),
    [(9, "Standard", ["Plus"]), (10, "Plus", []), (None, "Plus", [])],
)
def test_further_tiers_are_told_where_the_firm_is_just_as_eligible(
    employees: int | None, named: str, others: list[str]
) -> None:
    """A second fitting tier is named besides; one that fails, or is open where another is sure, is not."""
    found = matched(an_offer([{"tier": "Standard", "max_employees": 9}, {"tier": "Plus"}]), employees=employees)
    assert (found.tier.name, [tier.name for tier in found.other_tiers]) == (named, others)


MICRO = {"tier": "Kleinst", "max_employees": 9, "max_turnover_eur": 2_000_000, "eu_sme": True, "rate_percent": 70}
MIDDLE = {"tier": "Mittel", "eu_sme": True, "rate_percent": 60}
LARGE_ONLY = {"tier": "Groß", "eu_sme": False, "rate_percent": 50}


def named(*tiers: dict[str, Any], **firm: Any) -> list[str | None]:
    """All tiers told, the best first."""
    return [tier.name for tier in matched(an_offer(list(tiers), form="grant"), **firm).tiers]


@pytest.mark.parametrize("turnover", [None, 800_000])
def test_of_classes_by_size_only_the_one_that_holds_the_firm_is_told(turnover: int | None) -> None:
    """A micro firm is a medium one, too, by the letter; but nobody gives it the lower rate."""
    firm = {"turnover_eur": turnover, "balance_eur": None}
    assert named(MICRO, MIDDLE, employees=5, **firm) == ["Kleinst"]
    assert named(MICRO, MIDDLE, employees=10, **firm) == ["Mittel"]


def test_the_larger_class_is_told_where_it_may_be_the_firms_or_gives_something_else() -> None:
    """The head count is not known; it pays more; it is for other projects."""
    assert named(MICRO, MIDDLE, employees=None, turnover_eur=None, balance_eur=None) == ["Kleinst", "Mittel"]
    assert named(MICRO, MIDDLE | {"rate_percent": 71}, employees=5) == ["Kleinst", "Mittel"]
    assert named(MICRO, MIDDLE | {"max_eligible_eur": 9}, employees=5) == ["Kleinst", "Mittel"]
    assert named(MICRO, MIDDLE | {"min_project_eur": 9}, employees=5) == ["Kleinst", "Mittel"]
    assert named(MICRO, MIDDLE | {"de_minimis": True}, employees=5) == ["Kleinst", "Mittel"]


def test_a_tier_for_large_firms_is_not_told_to_a_small_one_that_keeps_its_turnover_to_itself() -> None:
    """Up to 49 people; beyond, and for whoever tells no head count, it may be theirs."""
    unknown = {"turnover_eur": None, "balance_eur": None}
    assert named(MIDDLE, LARGE_ONLY, employees=49, **unknown) == ["Mittel"]
    assert named(MIDDLE, LARGE_ONLY, employees=50, **unknown) == ["Mittel", "Groß"]
    assert named(MIDDLE, LARGE_ONLY, employees=None, **unknown) == ["Mittel", "Groß"]
    assert named(MIDDLE, LARGE_ONLY, employees=49, turnover_eur=60_000_000, balance_eur=60_000_000) == ["Groß"]


FALLBACK = {"tier": "Alle", "rate_percent": 25}


def likely(*tiers: dict[str, Any], **firm: Any) -> list[str | None]:
    return [tier.name for tier in matched(an_offer(list(tiers), form="grant"), **firm).likely_tiers]


def test_a_better_tier_that_waits_for_the_turnover_alone_is_told_beside_the_sure_one() -> None:
    """The sure tier stays the best; whoever has told the turnover has no tier to hope for."""
    unknown = {"turnover_eur": None, "balance_eur": None}
    assert named(MIDDLE, FALLBACK, **unknown) == ["Alle"]
    assert likely(MIDDLE, FALLBACK, **unknown) == ["Mittel"]
    assert likely(MIDDLE, FALLBACK) == []
    assert likely(MIDDLE, FALLBACK, turnover_eur=60_000_000, balance_eur=60_000_000) == []


@pytest.mark.parametrize(
    "worse",
    [MIDDLE | {"rate_percent": 25}, MIDDLE | {"min_company_age_years": 3}, LARGE_ONLY, MIDDLE | {"needs": {"x"}}],
)
def test_what_pays_no_more_or_waits_for_more_is_not_hoped_for(worse: dict[str, Any]) -> None:
    """The same rate; the age is not known either; for large firms only; for another need."""
    assert likely(worse, FALLBACK, turnover_eur=None, balance_eur=None, founded=None) == []


def test_tiers_by_region_name_the_one_of_the_firm() -> None:
    """A tier with an area of its own is for the firms there."""
    offer = an_offer([{"tier": "Ost", "laender": {"DE-SN"}, "max_eur": 9000}, {"tier": "West", "laender": {"DE-NW"}}])
    assert matched(offer).tier.name == "West"
    assert matched(offer, place=a_place("14612")).tier.name == "Ost"
    assert matched(offer, place=a_place("DE-BY")).eligibility is Eligibility.NO


# --- eligibility -----------------------------------------------------------------------------------------------------

WANTS_ALL = {"max_employees": 9, "min_project_eur": 5000, "sectors": {"craft"}}


@pytest.mark.parametrize(
    ("firm", "eligibility"),
    [
        ({}, Eligibility.YES),
        ({"employees": None}, Eligibility.OPEN),
        ({"employees": None, "budget_eur": None, "trade": None}, Eligibility.OPEN),
        ({"employees": None, "budget_eur": 4999}, Eligibility.NO),
        ({"employees": 10}, Eligibility.NO),
        ({"needs": []}, Eligibility.OPEN),
        ({"needs": ["ecommerce"]}, Eligibility.NO),
        ({"founded": None, "turnover_eur": None, "ordered": None}, Eligibility.YES),
    ],
)
def test_one_no_is_no_else_one_unknown_is_open(firm: dict[str, Any], eligibility: Eligibility) -> None:
    """Strong Kleene over the hard rules; what the offer does not ask for never matters."""
    assert matched(an_offer(**WANTS_ALL), **firm).eligibility is eligibility


def test_an_unverified_offer_is_open_for_everybody() -> None:
    """Doubt about the offer is a doubt for the firm, and no exclusion."""
    found = matched(an_offer(status="unverified"))
    assert found.eligibility is Eligibility.OPEN
    assert [(f.rule, f.attribute) for f in found.unknown()] == [("date", None)]


def test_rules_for_points_never_exclude_and_never_ask() -> None:
    """A firm far away, of another trade, with an offer of unknown cost is eligible all the same."""
    found = matched(an_offer(cost=None, sectors={"any"}), place=a_place("DE-BY"))
    assert found.eligibility is Eligibility.YES
    assert found.unknown() == ()
    assert found.finding("cost").verdict is UNKNOWN


def test_a_match_has_every_finding_once_and_the_failing_ones_apart() -> None:
    """All rules speak, in their fixed order; `failing` are the hard ones that say no."""
    found = matched(an_offer(max_employees=5, laender={"DE-SN"}))
    assert [f.rule for f in found.findings] == [rule.name for rule in RULES]
    assert {f.rule for f in found.failing()} == {"employees", "area"}
    assert all(f.verdict is NOT_MET and f.rule in HARD_RULES for f in found.failing())


def test_an_empty_firm_is_excluded_by_nothing_but_the_date() -> None:
    """Of a firm of which nothing is known, no rule says no; an ended offer is over for it too."""
    asks_much = an_offer(laender={"DE-NW"}, min_turnover_eur=1, max_company_age_years=5, eu_sme=True, **WANTS_ALL)
    assert match(Firm(), asks_much, TODAY, the_weights()).failing() == ()
    ended = an_offer(valid_until=TODAY - timedelta(days=1))
    assert [f.rule for f in match(Firm(), ended, TODAY, the_weights()).failing()] == ["date"]


# --- order -----------------------------------------------------------------------------------------------------------


def ranking(*offers: Offer, **firm: Any) -> list[str]:
    return [m.offer.id for m in match_all(a_firm(**firm), offers, TODAY, the_weights())]


def test_more_points_come_first() -> None:
    """The offer made for the need comes before the one that also covers it."""
    also, core = an_offer(id="a-also", core_needs=set(), also_needs={"processes_erp"}), an_offer(id="z-core")
    assert ranking(also, core) == ranking(core, also) == ["z-core", "a-also"]


def test_with_equal_points_what_is_sure_comes_before_what_is_open() -> None:
    """A missing answer costs the place among equals."""
    waiting, sure = an_offer(id="a-open", min_project_eur=1), an_offer(id="z-sure")
    assert ranking(waiting, sure, budget_eur=None) == ["z-sure", "a-open"]
    assert ranking(waiting, sure, budget_eur=1) == ["a-open", "z-sure"]


def test_equals_are_told_by_id() -> None:
    """The order of the file decides nothing."""
    offers = [an_offer(id=name) for name in ("b", "c", "a")]
    assert ranking(*offers) == ranking(*reversed(offers)) == ["a", "b", "c"]


def test_a_trade_more_fitting_comes_first() -> None:
    """For the joiner the craft's centre comes before the one for everybody, for the shop it is out."""
    craft, everybody = an_offer(id="z-craft", sectors={"craft"}), an_offer(id="a-any", sectors={"any"})
    assert ranking(craft, everybody) == ["z-craft", "a-any"]
    assert matched(craft, trade=a_trade("S-04", "commerce")).eligibility is Eligibility.NO


def test_the_hard_rules_stand_first() -> None:
    """Matching takes the first findings for those that decide."""
    assert [rule.is_hard for rule in RULES] == sorted((rule.is_hard for rule in RULES), reverse=True)
    assert {rule.name for rule in RULES[: len(HARD_RULES)]} == HARD_RULES
