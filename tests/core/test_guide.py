"""The guide: which offers are told, in which order, and what is kept apart."""

from datetime import timedelta
from typing import Any

import pytest
from factories import TODAY, a_firm, a_place, a_trade, an_offer, the_weights

from digiwegweiser.core.guide import Guide, build_guide
from digiwegweiser.core.offer import Offer

DAY = timedelta(days=1)
GOOD = {"sectors": {"craft"}}
OWN_CHAMBER: dict[str, Any] = {
    "id": "hwk",
    "kind": "chamber",
    "sectors": {"craft"},
    "laender": {"DE-NW"},
    "kreise": {"05974"},
    "core_needs": {"strategy"},
    "confidence": "low",
}


def guide(*offers: Offer, **firm: Any) -> Guide:
    return build_guide(a_firm(**firm), offers, TODAY, the_weights())


def hits(told: Guide) -> list[str]:
    return [hit.match.offer.id for hit in told.hits]


def named(*ids: str, **changes: Any) -> list[Offer]:
    return [an_offer(id=name, **{**GOOD, **changes}) for name in ids]


# --- own chamber -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("better", "order"),
    [
        ("a", ["a", "hwk"]),
        ("ab", ["a", "b", "hwk"]),
        ("abc", ["a", "b", "hwk", "c"]),
        ("abcde", ["a", "b", "hwk", "c", "d", "e"]),
    ],
)
def test_the_own_chamber_is_third_at_the_latest(better: str, order: list[str]) -> None:
    """However many offers have more points, the chamber stands third; the others keep their order."""
    assert hits(guide(*named(*better), an_offer(**OWN_CHAMBER))) == order


def test_a_chamber_with_more_points_keeps_its_better_place() -> None:
    """Lifting never pulls down."""
    best = an_offer(**{**OWN_CHAMBER, "core_needs": {"processes_erp"}, "confidence": "high"})
    assert hits(guide(*named("a", "b", "c", "d"), best)) == ["hwk", "a", "b", "c", "d"]


def test_no_other_chamber_is_lifted() -> None:
    """With no place known a chamber stays where its points put it; a centre is never lifted."""
    better = named("a", "b", "c", "d")
    assert hits(guide(*better, an_offer(**OWN_CHAMBER), place=None))[-1] == "hwk"
    assert hits(guide(*better, an_offer(**OWN_CHAMBER), place=a_place("DE-NW")))[2] == "hwk"
    assert (
        hits(guide(*better, an_offer(**{**OWN_CHAMBER, "kind": "center", "also_needs": {"processes_erp"}})))[-1]
        == "hwk"
    )


def test_a_chamber_elsewhere_is_no_hit() -> None:
    """The neighbour's chamber is excluded, not lifted."""
    told = guide(*named("a", "b", "c"), an_offer(**{**OWN_CHAMBER, "kreise": {"05978"}}))
    assert hits(told) == ["a", "b", "c"]
    assert [m.offer.id for m in told.excluded] == ["hwk"]


def test_the_chamber_of_the_district_is_named_for_every_trade() -> None:
    """A shop is no member, but the district is decided by the place alone; a rough place leaves it open."""
    chamber, centre = an_offer(**OWN_CHAMBER), an_offer(**{**OWN_CHAMBER, "id": "a", "kind": "center"})
    for told in (guide(centre, chamber), guide(centre, chamber, trade=a_trade("S-04", "commerce"))):
        assert told.chamber is chamber
    for place in (None, a_place("DE-NW"), a_place("05978")):
        assert guide(chamber, place=place).chamber is None


def test_a_nationwide_chamber_is_not_the_districts() -> None:
    """An entry that stands for all chambers of a kind has no district."""
    assert guide(an_offer(id="ihk", kind="chamber")).chamber is None


# --- networks --------------------------------------------------------------------------------------------------------


def test_the_two_best_of_a_network_are_told_and_the_rest_folded_into_the_best() -> None:
    """Only like offers are folded: those outside the network keep their places."""
    told = guide(*named("a", "c", "d", "e", network="zac"), *named("b", "f"))
    assert hits(told) == ["a", "b", "c", "f"]
    assert {hit.match.offer.id: [m.offer.id for m in hit.folded] for hit in told.hits} == {
        "a": ["d", "e"], "b": [], "c": [], "f": [],
    }  # fmt: skip


def test_two_of_a_network_are_not_folded() -> None:
    """At the limit everything is shown."""
    told = guide(*named("a", "b", network="zac"))
    assert hits(told) == ["a", "b"]
    assert [hit.folded for hit in told.hits] == [(), ()]


def test_networks_are_folded_each_for_itself() -> None:
    """Two networks show two members each."""
    told = guide(*named("a", "b", "c", network="zac"), *named("d", "e", "f", network="edih"))
    assert hits(told) == ["a", "b", "d", "e"]
    assert [[m.offer.id for m in hit.folded] for hit in told.hits] == [["c"], [], ["f"], []]


def test_of_the_folded_the_own_and_nearest_come_first() -> None:
    """The centre of the firm's Land is named before better ranked ones of the whole country; equals keep their rank."""
    others = named("a", "b", "c", "d", network="zac")
    also = {"core_needs": frozenset({"ecommerce"}), "also_needs": frozenset({"processes_erp"}), "network": "zac"}
    own, far = an_offer(id="e", **also, level="land", laender={"DE-NW"}), an_offer(id="e", **also)
    assert [m.offer.id for m in guide(*others, own).hits[0].folded] == ["e", "c", "d"]
    assert [m.offer.id for m in guide(*others, far).hits[0].folded] == ["c", "d", "e"]


def test_excluded_members_of_a_network_are_not_folded_in() -> None:
    """A hit stands for offers that the firm can use, and for no others."""
    told = guide(*named("a", "b", network="zac"), *named("c", network="zac", laender={"DE-SN"}))
    assert [hit.folded for hit in told.hits] == [(), ()]
    assert [m.offer.id for m in told.excluded] == ["c"]


# --- the other lists -------------------------------------------------------------------------------------------------

OVER = {"valid_until": TODAY - DAY}
SOON = {"valid_from": TODAY + DAY}


def places(told: Guide) -> dict[str, list[str]]:
    return {
        "hits": hits(told),
        "excluded": [m.offer.id for m in told.excluded],
        "ended": [m.offer.id for m in told.ended],
        "upcoming": [m.offer.id for m in told.upcoming],
    }


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({}, "hits"),
        ({"valid_until": TODAY}, "hits"),
        ({"valid_from": TODAY}, "hits"),
        ({"status": "unverified"}, "hits"),
        ({"status": "paused"}, "excluded"),
        ({"max_employees": 5}, "excluded"),
        ({"status": "unverified", "max_employees": 5}, "excluded"),
        (OVER, "ended"),
        ({"status": "ended"}, "ended"),
        (SOON, "upcoming"),
        ({"status": "announced"}, "upcoming"),
        (OVER | {"max_employees": 5}, "ended"),
        (OVER | {"form": "grant", "min_project_eur": 99_999}, "ended"),
        (SOON | {"max_employees": 5}, "upcoming"),
    ],
)
def test_every_offer_stands_in_its_list(changes: dict[str, Any], where: str) -> None:
    """Told, excluded, ended and upcoming are four lists, and an offer stands in one of them."""
    told = places(guide(an_offer(id="x", **changes)))
    assert [name for name, ids in told.items() if ids] == [where]


@pytest.mark.parametrize("other_day", [OVER, SOON])
@pytest.mark.parametrize(
    "unfit",
    [{"laender": {"DE-SN"}}, {"sectors": {"commerce"}}, {"core_needs": {"ecommerce"}}],
    ids=["area", "trade", "need"],
)
def test_over_or_not_begun_and_not_for_this_firm_is_not_told_at_all(
    other_day: dict[str, Any], unfit: dict[str, Any]
) -> None:
    """What would not have served by place, trade or need is no loss; on its own days it is among the excluded."""
    assert not any(places(guide(an_offer(id="x", **other_day, **unfit))).values())
    assert places(guide(an_offer(id="x", **unfit)))["excluded"] == ["x"]


def test_ended_and_upcoming_are_told_even_where_an_answer_is_missing() -> None:
    """An unknown place, trade or need is no reason to hide what might have served."""
    bound = {"laender": {"DE-NW"}, "sectors": {"craft"}}
    told = guide(an_offer(id="x", **OVER, **bound), an_offer(id="y", **SOON, **bound), place=None, trade=None, needs=[])
    assert (places(told)["ended"], places(told)["upcoming"]) == (["x"], ["y"])


def test_a_guide_is_of_its_day() -> None:
    """On its last day an offer is told, on the next it has ended."""
    offer = an_offer(id="x", valid_until=TODAY)
    assert hits(guide(offer)) == ["x"]
    assert [m.offer.id for m in build_guide(a_firm(), [offer], TODAY + DAY, the_weights()).ended] == ["x"]


def test_an_empty_catalogue_gives_an_empty_guide() -> None:
    """No offers, no hits, no failure."""
    told = guide()
    assert not any(places(told).values())
    assert told.chamber is None


# --- without a place -------------------------------------------------------------------------------------------------


def test_without_a_place_what_holds_everywhere_comes_first() -> None:
    """An offer that may be for another Land stands behind a nationwide one, however good; with the Land it leads."""
    near = an_offer(id="a", laender={"DE-SL"}, core_needs={"processes_erp"})
    wide = an_offer(id="b", also_needs={"processes_erp"}, core_needs=set())
    assert hits(guide(near, wide, place=None)) == ["b", "a"]
    assert hits(guide(near, wide, place=a_place("10041"))) == ["a", "b"]


# --- money -----------------------------------------------------------------------------------------------------------


def test_whoever_plans_to_spend_sees_the_best_loan_among_the_first_eight() -> None:
    """Thirteen better offers leave the loan at eight; without a budget it keeps its own place."""
    better = [*named(*"abcdefghijkl"), an_offer(id="grant", form="grant", **GOOD)]
    loan = an_offer(id="loan", form="loan", cost="interest", **GOOD)
    assert hits(guide(*better, loan, budget_eur=20_000))[7] == "loan"
    assert hits(guide(*better, loan, budget_eur=None)).index("loan") == 13
