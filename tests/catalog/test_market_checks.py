"""What `katalog pruefen` doubts between offers: for nobody, told twice, never shown; each with the case next to it."""

from collections.abc import Callable
from typing import Any

import pytest
from factories import TODAY, an_offer, every_kreis, every_trade, the_needs, the_weights

from digiwegweiser.catalog.located import Located
from digiwegweiser.catalog.market import Market, Stand, World
from digiwegweiser.catalog.market_checks import MARKET_CHECKS, PAGE, check_market
from digiwegweiser.core.fault import Fault, FaultCode
from digiwegweiser.core.offer import Contact, Offer, Site

WORLD = World(every_trade(), [need.code for need in the_needs()], every_kreis())


def doubts(*offers: Offer, file: str | None = None) -> list[Fault]:
    stands = [Stand(Located({"id": offer.id}, "probe.yaml", at), offer) for at, offer in enumerate(offers, start=1)]
    return list(check_market(Market(stands, WORLD, TODAY, the_weights(), file)))


def codes(*offers: Offer) -> list[FaultCode]:
    return [fault.code for fault in doubts(*offers)]


# --- for nobody ------------------------------------------------------------------------------------------------------

NOBODY: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "head count": ({"min_employees": 10, "max_employees": 9}, {"min_employees": 9, "max_employees": 9}),
    "small, but many": ({"eu_sme": True, "min_employees": 250}, {"eu_sme": True, "min_employees": 249}),
    "large, but small": (
        {"eu_sme": False, "max_employees": 249, "max_turnover_eur": 50_000_000, "max_balance_eur": 10,
         "min_turnover_eur": 50_000_001},
        {"eu_sme": False, "max_employees": 250},
    ),
    "turnover": (
        {"min_turnover_eur": 2, "max_turnover_eur": 1}, {"min_turnover_eur": 1, "max_turnover_eur": 1},
    ),
    "age": (
        {"min_company_age_years": 5, "max_company_age_years": 3},
        {"min_company_age_years": 3, "max_company_age_years": 3},
    ),
    "project": ({"min_project_eur": 2, "max_project_eur": 1}, {"min_project_eur": 1, "max_project_eur": 1}),
    "trade": (
        {"sectors": {"craft"}, "trades": {"A-27"}, "not_trades": {"A-27"}},
        {"sectors": {"craft"}, "trades": {"A-27"}, "not_trades": {"A-30"}},
    ),
    "craft in a sector without crafts": (
        {"sectors": {"industry"}, "trades": {"S-04"}, "not_trades": {"S-04"}}, {"sectors": {"industry"}},
    ),
    "needs of a tier": (
        {"needs": frozenset({"ecommerce"})}, {"needs": frozenset({"processes_erp"})},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("bad", "good"), NOBODY.values(), ids=NOBODY)
def test_limits_that_leave_nobody_are_an_error_and_those_that_leave_one_are_not(
    bad: dict[str, Any], good: dict[str, Any]
) -> None:
    (fault,) = doubts(an_offer(**bad))
    assert (fault.code, fault.severity) == (FaultCode.NO_FIRM, "error")
    assert fault.value
    assert codes(an_offer(**good)) == []


def test_one_impossible_tier_is_told_although_another_is_fine() -> None:
    """Limits that a tier inherits count; an ended offer is past caring."""
    tiers = [{"max_employees": 9}, {"max_employees": 50}]
    (fault,) = doubts(an_offer(tiers, min_employees=10))
    assert (fault.key, fault.value) == ("funding.tiers", "min_employees: 10, max_employees: 9")
    assert codes(an_offer(tiers, min_employees=10, status="ended")) == []


# --- told twice ------------------------------------------------------------------------------------------------------


def twins(**second: Any) -> list[FaultCode]:
    first = {"id": "eins", "name": "Digitalberatung Musterland", "operator": "Kammer", "contact": Contact()}
    return codes(an_offer(**first), an_offer(**{**first, "id": "zwei", **second}))


@pytest.mark.parametrize(
    "second",
    [
        {},
        {"name": "Digital-Beratung Musterland"},
        {"name": "Digitalberatungen Musterland"},
        {"operator": "KAMMER "},
        {"laender": {"DE-NW"}},
        {"laender": {"DE-NW"}, "kreise": {"05974"}},
    ],
)
def test_the_same_name_and_operator_in_the_same_area_is_one_offer(second: dict[str, Any]) -> None:
    assert twins(**second) == [FaultCode.LOOKS_THE_SAME]


@pytest.mark.parametrize(
    "second",
    [
        {"name": "Digitalberatung Beispielland"},
        {"name": "Digitalberatung Musterland Ost", "operator": "Andere Kammer"},
        {"operator": "Andere Kammer"},
        {"predecessor": "eins"},
        {"successor": "eins"},
        {"status": "ended"},
    ],
)
def test_another_name_operator_or_time_is_another_offer(second: dict[str, Any]) -> None:
    assert twins(**second) == []


def test_what_is_for_different_places_is_two_offers() -> None:
    """Neither Land reaches into the other; a Kreis lies in its own."""

    def both(first: dict[str, Any], second: dict[str, Any]) -> list[FaultCode]:
        known = {"name": "Hilfe", "contact": Contact()}
        return codes(an_offer(id="a", **known, **first), an_offer(id="b", **known, **second))

    assert both({"laender": {"DE-NW"}}, {"laender": {"DE-HE"}}) == []
    assert both({"laender": {"DE-NW"}}, {"laender": {"DE-NW", "DE-HE"}}) == [FaultCode.LOOKS_THE_SAME]
    assert both({"kreise": {"05974"}, "laender": {"DE-NW"}}, {"kreise": {"05970"}, "laender": {"DE-NW"}}) == []


def test_the_same_page_under_the_same_name_is_one_offer_whoever_runs_it() -> None:
    """Even for different places; another page is not."""
    first = an_offer(id="a", name="Hilfe", operator="x", contact=Contact(url="https://example.org/hilfe"))
    second = an_offer(id="b", name="Hilfe", operator="y", contact=Contact(url="https://example.org/hilfe"))
    assert codes(first, second) == [FaultCode.LOOKS_THE_SAME]
    assert codes(first, second._replace(contact=Contact(url="https://example.org/anders"))) == []


# --- never shown -----------------------------------------------------------------------------------------------------


def crowd(count: int, change: Callable[[Offer], Offer] = lambda offer: offer, **changes: Any) -> list[Fault]:
    """Doubts of a paid offer behind that many free ones of the same kind."""
    ahead = [an_offer(id=f"a{n}", name=f"Nummer {n}{n}{n}", operator=str(n)) for n in range(count)]
    weak = an_offer(**{"id": "z", "name": "Letzter", "operator": "z", "cost": "paid", **changes})
    return doubts(*ahead, change(weak))


def test_behind_a_page_of_better_ones_an_offer_is_never_seen() -> None:
    """One fewer, and there is a place left for it; the better ones are named."""
    (fault,) = crowd(PAGE)
    assert (fault.code, fault.entry, fault.severity) == (FaultCode.NEVER_SHOWN, "z", "warning")
    assert fault.instead == tuple(f"a{n}" for n in range(PAGE))
    assert crowd(PAGE - 1) == []


@pytest.mark.parametrize(
    "better",
    [
        {"core_needs": {"processes_erp", "ecommerce"}},
        {"laender": {"DE-NW"}},
        {"sectors": {"craft"}},
        {"made_for": {"A-27"}},
        {"cost": "free", "id": "a"},
        {"kind": "chamber"},
        {"form": "grant", "apply_before_start": False},
        {"sites": (Site("Soest", lat=51.57, lon=8.1),)},
    ],
)
def test_whoever_is_better_for_somebody_is_seen_by_him(better: dict[str, Any]) -> None:
    """One need, place, trade, price or site that the others do not have is enough."""
    assert better.get("id", "z") not in {fault.entry for fault in crowd(PAGE, **better)}


def test_limits_that_the_others_have_make_an_offer_seen_again() -> None:
    """Where the better ones leave somebody out, the weaker is the answer for him."""
    ahead = [an_offer(id=f"a{n}", name=f"Nummer {n}{n}{n}", operator=str(n), max_employees=9) for n in range(PAGE)]
    assert codes(*ahead, an_offer(id="z", name="Letzter", operator="z", cost="paid")) == []


def test_members_of_one_network_stand_in_the_way_only_once() -> None:
    """They are folded into one line."""
    ahead = [an_offer(id=f"a{n}", name=f"Nummer {n}{n}{n}", operator=str(n), network="edih") for n in range(9)]
    assert codes(*ahead, an_offer(id="z", name="Letzter", operator="z", cost="paid")) == []


def test_where_one_file_is_asked_for_the_others_only_stand_in_the_way() -> None:
    """They are looked at, but not doubted themselves."""
    ahead = [an_offer(id=f"a{n}", name=f"Nummer {n}{n}{n}", operator=str(n)) for n in range(PAGE)]
    offers = (*ahead, an_offer(id="z", name="Letzter", operator="z", cost="paid"), an_offer(id="x", max_employees=-1))
    assert {fault.entry for fault in doubts(*offers, file="probe.yaml")} == {"z", "x"}
    assert doubts(*offers, file="other.yaml") == []


def test_every_check_is_in_the_table() -> None:
    assert [check.code for check in MARKET_CHECKS] == [
        FaultCode.NO_FIRM, FaultCode.LOOKS_THE_SAME, FaultCode.NEVER_SHOWN,
    ]  # fmt: skip
