"""What is free under the ceiling, and which grants fit together."""

from typing import Any

import pytest
from factories import TODAY, a_firm, an_offer, the_weights
from hypothesis import given
from hypothesis import strategies as st

from digiwegweiser.core.de_minimis import CEILING_EUR, Room, free_eur, room
from digiwegweiser.core.guide import Hit
from digiwegweiser.core.matching import match


def a_hit(name: str, max_eur: int | None = 10_000, *, de_minimis: bool | None = True, **changes: Any) -> Hit:
    told = {"kind": "grant", "form": "grant", "max_eur": max_eur, "de_minimis": de_minimis} | changes
    return Hit(match(a_firm(), an_offer(id=name, **told), TODAY, the_weights()))


def names(found: Any) -> list[str]:
    return [getattr(aid, "match", aid).offer.id for aid in found]


@pytest.mark.parametrize(
    ("received", "free"), [(None, None), (0, 300_000), (299_999, 1), (300_000, 0), (300_001, 0), (120_000, 180_000)]
)
def test_what_is_free(received, free):
    assert free_eur(received) == free


def test_the_better_ranked_come_first_and_a_smaller_one_may_still_fit():
    hits = [a_hit("a", 60_000), a_hit("b", 50_000), a_hit("c", 40_000)]
    found = room(200_000, None, hits)
    assert (names(found.fitting), names(found.beyond)) == (["a", "c"], ["b"])
    assert (found.planned_eur, found.left_eur) == (100_000, 0)


def test_exactly_what_is_free_fits_and_one_euro_more_does_not():
    assert names(room(290_000, None, [a_hit("a", 10_000)]).fitting) == ["a"]
    assert names(room(290_000, None, [a_hit("a", 10_001)]).beyond) == ["a"]


def test_where_it_is_not_known_what_was_received_nothing_is_refused_and_nothing_is_free():
    found = room(None, None, [a_hit("a", 400_000), a_hit("b", 10_000)])
    assert names(found.fitting) == ["a", "b"]
    assert (found.free_eur, found.left_eur, found.beyond) == (None, None, ())


def test_only_what_surely_counts_is_counted_and_the_unknown_is_named():
    hits = [a_hit("yes"), a_hit("no", de_minimis=False), a_hit("open", de_minimis=None)]
    found = room(0, None, hits)
    assert (names(found.fitting), names(found.unsettled)) == (["yes"], ["open"])


@pytest.mark.parametrize("form", ["tax", "none", "advice"])
def test_tax_rules_and_advice_are_not_asked_about(form):
    assert room(0, None, [a_hit("a", form=form, de_minimis=None)]).unsettled == ()


def test_an_amount_nobody_knows_takes_no_room_but_is_named():
    found = room(0, None, [a_hit("unknown", None), a_hit("loan", 500_000, form="loan"), a_hit("a", 300_000)])
    assert (names(found.unmeasured), names(found.fitting)) == (["unknown", "loan"], ["a"])


def test_the_budget_bounds_the_amount_and_a_grant_of_nothing_is_left_out():
    assert room(0, 8_000, [a_hit("a", rate_percent=50)]).planned_eur == 4_000
    nothing = room(0, 8_000, [a_hit("a", rate_percent=50, min_project_eur=9_000)])
    assert (nothing.fitting, nothing.unmeasured) == ((), ())


def test_of_the_tiers_open_to_the_firm_the_dearest_that_counts_is_planned():
    tiers = [{"max_eur": 5_000}, {"max_eur": 20_000}, {"max_eur": 90_000, "de_minimis": False}]
    assert room(0, None, [a_hit("a", None, tiers=tiers)]).planned_eur == 20_000
    unknown = [{"max_eur": 5_000}, {}]
    assert names(room(0, None, [a_hit("a", None, tiers=unknown)]).unmeasured) == ["a"]


def test_one_tier_that_surely_counts_settles_it_and_one_unknown_beside_none_does_not():
    def found(*flags: bool | None) -> Room:
        return room(0, None, [a_hit("a", tiers=[{"de_minimis": flag} for flag in flags])])

    assert (names(found(None, True).fitting), found(None, True).unsettled) == (["a"], ())
    assert (found(None, False).fitting, names(found(None, False).unsettled)) == ((), ["a"])
    assert (found(False, False).fitting, found(False, False).unsettled) == ((), ())


@given(st.none() | st.integers(0, 400_000), st.lists(st.integers(1, 400_000), max_size=5))
def test_the_fitting_ones_never_exceed_what_is_free(received, amounts):
    found: Room = room(received, None, [a_hit(f"a{at}", amount) for at, amount in enumerate(amounts)])
    assert len(found.fitting) + len(found.beyond) == len(amounts)
    if found.free_eur is not None:
        assert 0 <= found.planned_eur <= found.free_eur <= CEILING_EUR
        taken = 0
        for aid in sorted([*found.fitting, *found.beyond], key=lambda aid: int(aid.match.offer.id[1:])):
            is_in = taken + (aid.amount_eur or 0) <= found.free_eur
            assert (aid in found.fitting) is is_in
            taken += (aid.amount_eur or 0) if is_in else 0


def test_of_two_that_exclude_each_other_only_the_better_ranked_is_added_up():
    first, second = a_hit("a", 60_000), a_hit("b", 90_000, not_with={"a"})
    found = room(0, None, [first, second, a_hit("c", 10_000)])
    assert (names(found.fitting), found.planned_eur) == (["a", "c"], 70_000)
    told = [(one.aid.match.offer.id, one.aid.amount_eur, names(one.instead_of)) for one in found.alternatives]
    assert told == [("b", 90_000, ["a"])]
    both = room(0, None, [first, a_hit("b", 90_000), a_hit("c", 10_000)])
    assert (both.planned_eur, both.alternatives) == (160_000, ())


def test_an_alternative_may_have_no_known_amount_but_one_that_does_not_count_is_none():
    first = a_hit("a", 60_000)
    unknown, not_counting = a_hit("b", None, not_with={"a"}), a_hit("c", de_minimis=False, not_with={"a"})
    found = room(0, None, [first, unknown, not_counting])
    assert [(one.aid.match.offer.id, one.aid.amount_eur) for one in found.alternatives] == [("b", None)]
    assert found.unmeasured == ()
