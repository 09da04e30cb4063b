"""The rules that give points: each case beside the one next to it."""

from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from factories import MET, NOT_MET, TODAY, UNKNOWN, a_place, a_trade, an_offer, some_needs, the_weights
from factories import judge as judge_by

from digiwegweiser.core.finding import Finding
from digiwegweiser.core.offer import Offer, Site
from digiwegweiser.core.preference import is_ending, nearest_km
from digiwegweiser.core.vocabulary import CostKind, Verdict
from digiwegweiser.core.weights import Weight, Weights

#: A points table of the tests' own, so that tuning the shipped one breaks none of them.
TABLE = {
    "needs.max": 45, "needs.core_percent": 100, "needs.also_percent": 50, "needs.means_percent": 30,
    "needs.best_percent": 40, "needs.untold_percent": 50,
    "nearness.kreis": 16, "nearness.region": 13, "nearness.land": 11, "nearness.laender": 10, "nearness.bund": 6,
    "nearness.elsewhere": 3, "nearness.site_near": 4, "nearness.site_near_km": 30, "nearness.site_reachable": 2,
    "nearness.site_reachable_km": 80,
    "made_for.trade": 12, "made_for.craft": 10, "made_for.sector": 5, "made_for.any": 2,
    "cost.free": 7, "cost.subsidised": 5, "cost.interest": 3, "cost.paid": 0,
    "sureness.open": 5, "sureness.unverified": 1, "sureness.high": 4, "sureness.medium": 2, "sureness.low": 0,
    "sureness.ending": -2,
    "area.no_doubt": 3, "trade.no_doubt": 3, "company_age.no_doubt": 2, "company_age.young": 6,
    "company_age.young_years": 7, "budget.no_doubt": 3, "budget.large_eur": 25_000,
    "guide.ending_days": 90, "guide.own_chamber_rank": 3, "guide.must_be_seen_rank": 5, "guide.loan_rank": 8,
    "guide.network_shown": 2,
}  # fmt: skip


@cache
def with_points() -> Weights:
    """The tests' own table, with the shipped means."""
    return Weights({line: Weight(value, "Probe") for line, value in TABLE.items()}, the_weights().means)


def judge(rule: str, value: Any, offer: Offer, as_of: date = TODAY) -> Finding:
    """One finding by the tests' own table."""
    return judge_by(rule, value, offer, as_of, with_points())


# --- needs -----------------------------------------------------------------------------------------------------------

TWO_CORE = {"core_needs": {"a", "b"}, "also_needs": {"c"}}


@pytest.mark.parametrize(
    ("needs", "points", "verdict"),
    [
        (("a",), 45, MET),
        (("c",), 23, MET),  # 22.5, rounded up
        (("x",), 0, NOT_MET),
        (("a", "b"), 45, MET),
        (("a", "c"), 38, MET),  # 40 percent of 100 and 60 of 75: 38.25 of 45
        (("a", "x"), 32, MET),
        (("c", "x"), 16, MET),
        (("a", "x", "x2"), 27, MET),
        (("a", "b", "x"), 36, MET),
        (("x", "x2"), 0, NOT_MET),
        ((), 0, UNKNOWN),
    ],
)
def test_needs(needs: tuple[str, ...], points: int, verdict: Verdict) -> None:
    """The need served best makes 40 percent, the average the rest; one served need is enough to be met."""
    found = judge("needs", some_needs(*needs), an_offer(**TWO_CORE))
    assert (found.points, found.max_points, found.verdict) == (points, 45, verdict)


def test_needs_do_not_depend_on_their_order() -> None:
    """What is named first does not count more."""
    offer = an_offer(**TWO_CORE)
    assert (
        judge("needs", some_needs("a", "c", "x"), offer).points
        == judge("needs", some_needs("x", "c", "a"), offer).points
    )


def test_a_tier_may_serve_only_some_needs_of_its_offer() -> None:
    """A tier that names needs serves none of the others, even core ones; one that names none serves all."""
    narrow = an_offer([{"needs": {"a"}}], **TWO_CORE)
    assert judge("needs", some_needs("a"), narrow).verdict is MET
    assert judge("needs", some_needs("b"), narrow).verdict is NOT_MET
    assert judge("needs", some_needs("b"), an_offer([{}], **TWO_CORE)).verdict is MET


def test_a_tier_cannot_serve_a_need_that_its_offer_does_not_have() -> None:
    """Naming a need in a tier does not add it to the offer."""
    assert judge("needs", some_needs("x"), an_offer([{"needs": {"x"}}], **TWO_CORE)).verdict is NOT_MET


def test_a_chamber_is_a_first_address_for_every_need() -> None:
    """A chamber serves what it does not list as well as what it also covers, its core fully; others serve neither."""
    chamber = an_offer(kind="chamber", core_needs={"a"})
    points = [judge("needs", some_needs(need), chamber).points for need in ("a", "x")]
    assert points == [45, 23]
    assert judge("needs", some_needs("x"), an_offer(kind="center", core_needs={"a"})).verdict is NOT_MET


# --- nearness --------------------------------------------------------------------------------------------------------

LIPPSTADT = a_place("05974028", plz="59555", lat=51.674, lon=8.345)


def site(lat: float | None = None, lon: float | None = None) -> dict[str, Any]:
    return {"sites": (Site("Ort", lat=lat, lon=lon),)}


@pytest.mark.parametrize(
    ("area", "key", "case", "points"),
    [
        ({"laender": {"DE-NW"}, "kreise": {"05974"}}, "05974", "kreis", 16),
        ({"laender": {"DE-NW"}, "kreise": {"05974"}}, "DE-NW", "land", 11),
        ({"laender": {"DE-NW"}, "focus": {"05974"}}, "05974028", "kreis", 16),
        ({"laender": {"DE-NW"}, "focus": {"05974"}}, "05978", "land", 11),
        ({"laender": {"DE-MV"}, "gemeinden": {"13072003"}}, "13072003", "region", 13),
        ({"laender": {"DE-MV"}, "gemeinden": {"13072003"}}, "13072", "land", 11),
        ({"laender": {"DE-NW"}}, "05974028", "land", 11),
        ({"laender": {"DE-NW", "DE-HE"}}, "05974028", "laender", 10),
        ({}, "05974028", "bund", 6),
        ({"focus": {"05974"}}, "05974028", "kreis", 16),
    ],
)
def test_nearness_by_area(area: dict[str, Any], key: str, case: str, points: int) -> None:
    """The narrower the area in which the firm lies, the more points."""
    found = judge("nearness", a_place(key), an_offer(**area))
    assert (found.case, found.points, found.max_points, found.verdict) == (case, points, 20, MET)


def test_nearness_of_an_unknown_place_is_unknown() -> None:
    """Without a place nothing is at home, and that is said."""
    found = judge("nearness", None, an_offer(laender={"DE-NW"}, focus={"05974"}))
    assert (found.verdict, found.case, found.value) == (UNKNOWN, "bund", None)


@pytest.mark.parametrize(
    ("north_degrees", "km", "points"),
    [(0.0, 0, 4), (0.2698, 30, 4), (0.2788, 31, 2), (0.7194, 80, 2), (0.7284, 81, 0), (4.0, 445, 0)],
)
def test_nearness_by_site(north_degrees: float, km: int, points: int) -> None:
    """Up to 30 km count fully, up to 80 km half, beyond not at all; both limits are inclusive whole kilometres."""
    offer = an_offer(**site(51.674 + north_degrees, 8.345))
    assert nearest_km(LIPPSTADT, offer) == km
    assert judge("nearness", LIPPSTADT, offer).points - judge("nearness", LIPPSTADT, an_offer()).points == points


def test_the_nearest_of_several_sites_counts() -> None:
    """A far site beside a near one, or one without coordinates, takes nothing away."""
    far, near, nowhere = Site("Fern", lat=48.0, lon=11.0), Site("Nah", lat=51.7, lon=8.345), Site("Irgendwo")
    assert nearest_km(LIPPSTADT, an_offer(sites=(far, near, nowhere))) == 3
    half = (Site("Halb", lat=51.7), Site("Halb", lon=8.345), nowhere)
    assert nearest_km(LIPPSTADT, an_offer(sites=half)) is None
    assert nearest_km(LIPPSTADT, an_offer()) is None


@pytest.mark.parametrize(
    "place",
    [
        None,
        a_place("05974", lat=51.6, lon=8.2),
        a_place("DE-NW", lat=51.6, lon=8.2),
        a_place("05974028", lat=51.6),
        a_place("05974028", lon=8.2),
    ],
)
def test_no_distance_from_a_rough_place(place: Any) -> None:
    """From the middle of a Kreis or Land no kilometres are claimed; a PLZ or Gemeinde is exact enough."""
    offer = an_offer(**site(51.674, 8.345))
    assert nearest_km(place, offer) is None
    assert nearest_km(a_place("05974", plz="59555", lat=51.674, lon=8.345), offer) == 0


def test_a_site_on_the_equator_is_a_site() -> None:
    """The coordinate 0.0 is a number and no missing one."""
    assert nearest_km(a_place(lat=0.0, lon=0.0), an_offer(**site(0.0, 0.0))) == 0


# --- made for --------------------------------------------------------------------------------------------------------

JOINER = a_trade("A-27", "craft", "finishing")


@pytest.mark.parametrize(
    ("audience", "trade", "case", "points"),
    [
        ({"sectors": {"craft"}, "trades": {"A-27"}}, JOINER, "trade", 12),
        ({"sectors": {"craft"}, "trade_groups": {"finishing"}}, JOINER, "trade", 12),
        ({"sectors": {"craft", "any"}, "made_for": {"A-27"}}, JOINER, "trade", 12),
        ({"sectors": {"craft", "any"}, "made_for": {"finishing"}}, JOINER, "trade", 12),
        ({"sectors": {"craft", "any"}, "made_for": {"food"}}, JOINER, "any", 2),  # made for others
        ({"sectors": {"craft"}}, JOINER, "craft", 10),
        ({"sectors": {"craft"}, "made_for": {"A-30"}}, JOINER, "craft", 10),
        ({"sectors": {"craft", "industry"}}, JOINER, "sector", 5),
        ({"sectors": {"craft"}}, a_trade("S-04", "commerce"), "any", 2),
        ({"sectors": {"any"}}, JOINER, "any", 2),
        ({}, JOINER, "any", 2),
        ({"sectors": {"commerce"}}, a_trade("S-04", "commerce"), "sector", 5),
        ({"sectors": {"commerce"}, "made_for": {"S-04"}}, a_trade("S-04", "commerce"), "trade", 12),
        ({"sectors": {"startup"}}, a_trade(None, "startup"), "sector", 5),
        ({"sectors": {"any"}}, a_trade(None, "startup"), "any", 2),
    ],
)
def test_made_for(audience: dict[str, Any], trade: Any, case: str, points: int) -> None:
    """The closer an offer was made for the trade, the more points."""
    found = judge("made_for", trade, an_offer(**audience))
    assert (found.case, found.points, found.max_points, found.verdict) == (case, points, 12, MET)


def test_made_for_an_unknown_trade_is_unknown() -> None:
    """Without a trade only the points for everybody are given, and the doubt is told."""
    found = judge("made_for", None, an_offer(sectors={"craft"}, trades={"A-27"}))
    assert (found.case, found.points, found.verdict) == ("any", 2, UNKNOWN)


# --- cost and sureness -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "points", "verdict"),
    [("free", 7, MET), ("subsidised", 5, MET), ("interest", 3, MET), ("paid", 0, MET), (None, 0, UNKNOWN)],
)
def test_cost(kind: str | None, points: int, verdict: Verdict) -> None:
    """The cheaper, the more points; an unknown cost gets none and is not taken as free."""
    found = judge("cost", None, an_offer(cost=kind))
    assert (found.points, found.verdict) == (points, verdict)
    assert found.limit is (None if kind is None else CostKind(kind))


@pytest.mark.parametrize(
    ("changes", "points", "verdict"),
    [
        ({"confidence": "high"}, 9, MET),
        ({"confidence": "medium"}, 7, MET),
        ({"confidence": "low"}, 5, MET),
        ({"status": "unverified", "confidence": "high"}, 5, UNKNOWN),
        ({"status": "unverified", "confidence": "low"}, 1, UNKNOWN),
        ({"confidence": "high", "valid_until": TODAY}, 7, MET),
        ({"confidence": "high", "valid_until": TODAY + timedelta(days=90)}, 7, MET),
        ({"confidence": "high", "valid_until": TODAY + timedelta(days=91)}, 9, MET),
    ],
)
def test_sureness(changes: dict[str, Any], points: int, verdict: Verdict) -> None:
    """Well sourced and seen open counts most; what ends within 90 days loses a little."""
    found = judge("sureness", None, an_offer(**changes))
    assert (found.points, found.max_points, found.verdict) == (points, 9, verdict)


def test_sureness_never_goes_below_zero() -> None:
    """An unsure offer that is about to end has one point less two, which is none."""
    found = judge("sureness", None, an_offer(status="unverified", confidence="low", valid_until=TODAY))
    assert found.points == 0


@pytest.mark.parametrize(
    ("last_day", "is_soon"),
    [
        (None, False),
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), True),
        (date(2027, 2, 20), True),
        (date(2027, 2, 21), False),
    ],
)
def test_ending(last_day: date | None, is_soon: bool, weights: Weights) -> None:
    """Ending means: the last day is today or one of the next 90; a past or missing one does not count."""
    assert is_ending(an_offer(valid_until=last_day), TODAY, weights) is is_soon


def test_the_warning_time_comes_from_the_table(weights: Weights) -> None:
    """Another number of days in the points table moves the border."""
    shorter = Weights({**weights.lines, "guide.ending_days": Weight(10, "Probe")}, weights.means)
    offer = an_offer(valid_until=TODAY + timedelta(days=11))
    assert is_ending(offer, TODAY, weights)
    assert not is_ending(offer, TODAY, shorter)


# --- doubts, far homes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "founded", "points"),
    [
        ({"max_company_age_years": 5}, None, 0),
        ({"max_company_age_years": 5}, TODAY.year, 6),
        ({"max_company_age_years": 5}, 1990, 0),
        ({"max_company_age_years": 8}, TODAY.year, 2),
        ({"min_company_age_years": 2}, None, 2),
        ({}, None, 2),
    ],
)
def test_what_is_for_young_firms_only_suits_young_firms_best(
    limits: dict[str, int], founded: int | None, points: int
) -> None:
    """Without an age it gets no points, for a young firm more than others; a lower limit is mostly met."""
    assert judge("company_age", founded, an_offer(**limits)).points == points


@pytest.mark.parametrize(
    ("rule", "value", "points"),
    [("area", a_place("05974"), 3), ("area", None, 0), ("area", a_place("09162"), 0),
     ("trade", a_trade(), 3), ("trade", None, 0), ("trade", a_trade("S-14", "agriculture"), 0)],
)  # fmt: skip
def test_what_may_not_be_for_this_firm_at_all_gets_no_points(rule: str, value: Any, points: int) -> None:
    """Sure of area and trade there are points, in doubt and beyond there are none."""
    assert judge(rule, value, an_offer(laender={"DE-NW"}, sectors={"craft"})).points == points


def test_an_area_that_names_the_kreis_is_a_region_until_the_offer_sits_there() -> None:
    """Near are a chamber, a site in the Kreis, and what is for this Kreis alone; the rest comes from another Kreis."""
    here, two = a_place("05974028"), {"kreise": {"05974", "05978"}}
    cases = [
        judge("nearness", here, offer).case
        for offer in (
            an_offer(**two), an_offer(kind="chamber", **two), an_offer(kreise={"05974"}),
            an_offer(**two)._replace(sites=(Site("Lippstadt", ags="05974028"),)),
            an_offer(**two)._replace(sites=(Site("Unna", ags="05978036"),)),
        )
    ]  # fmt: skip
    assert cases == ["region", "kreis", "kreis", "kreis", "region"]


@pytest.mark.parametrize(
    ("lowest", "budget", "points"), [(25_000, None, 0), (24_999, None, 3), (25_000, 30_000, 3), (None, None, 3)]
)
def test_what_is_for_large_projects_only_is_doubtful_without_a_sum(
    lowest: int | None, budget: int | None, points: int
) -> None:
    """Only a large minimum on a sum that is not told costs the points."""
    assert judge("budget", budget, an_offer([{"min_project_eur": lowest}])).points == points


def test_open_to_all_but_at_home_elsewhere_is_farther_than_nationwide() -> None:
    """A home in another Kreis costs points; in the own one it counts as near; without a Kreis it is nationwide."""
    hub, everywhere = an_offer(focus={"08212"}), an_offer()
    assert judge("nearness", a_place("05974028"), hub).case == "elsewhere"
    assert judge("nearness", a_place("05974028"), hub).points < judge("nearness", a_place(), everywhere).points
    assert judge("nearness", a_place("08212000"), hub).case == "kreis"
    assert judge("nearness", a_place("DE-NW"), hub).case == "bund"


def test_whoever_names_no_need_sees_first_what_gives_an_overview() -> None:
    """Half the points for an overview, none for what helps with one thing only; the verdict stays unknown."""
    overview, security = an_offer(core_needs={"strategy"}), an_offer(core_needs={"it_security"})
    assert judge("needs", (), overview).points == 22  # half of 45, rounded down
    assert judge("needs", (), security).points == 0
    assert {judge("needs", (), offer).verdict for offer in (overview, security)} == {UNKNOWN}
