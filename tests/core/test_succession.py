"""What came after an offer: one rule for every page, past what has ended, and never more than the sources say."""

from datetime import date
from typing import Any

from factories import TODAY, an_offer, the_catalogue

from digiwegweiser.core.offer import Offer
from digiwegweiser.core.succession import MOST_VARIANTS, Heir, are_variants, heir_on, living_first, story_of
from digiwegweiser.core.vocabulary import State, Status

OVER = date(2025, 12, 31)


def a_link(name: str, successor: str | None = None, *, is_over: bool = True, **changes: Any) -> Offer:
    return an_offer(id=name, name=name.upper(), successor=successor, valid_until=OVER if is_over else None, **changes)


def heir(*chain: Offer, day: date = TODAY) -> Heir | None:
    return heir_on(chain[0], {offer.id: offer for offer in chain}, day)


def test_the_first_that_has_not_ended_is_named_past_all_that_have():
    found = heir(a_link("a", "b"), a_link("b", "c"), a_link("c", "d", is_over=False), a_link("d", is_over=False))
    assert found is not None
    assert (found.name, found.is_formal) == ("C", True)


def test_on_an_earlier_day_the_direct_one_had_not_ended():
    chain = a_link("a", "b"), a_link("b", "c"), a_link("c", is_over=False)
    assert [getattr(heir(*chain, day=day), "name", None) for day in (OVER, TODAY)] == ["B", "C"]


def test_a_chain_of_what_has_ended_has_no_heir():
    assert heir(a_link("a", "b"), a_link("b")) is None
    assert heir(a_link("a")) is None


def test_circles_and_unknown_names_have_no_heir_and_end():
    assert heir(a_link("a", "b"), a_link("b", "a")) is None
    assert heir(a_link("a", "not-there")) is None


def test_a_name_outside_the_catalogue_ends_a_chain():
    assert heir(a_link("a", successor_note="Neues")) == Heir("Neues", None, True)
    assert heir(a_link("a", "b"), a_link("b", successor_note="Neues")) == Heir("Neues", None, True)


def test_one_link_that_only_comes_nearest_makes_the_heir_no_successor():
    living = a_link("c", is_over=False)
    near, formal = {"successor_is_formal": False}, {}
    for first, second, is_formal in [(formal, formal, True), (near, formal, False), (formal, near, False)]:
        found = heir(a_link("a", "b", **first), a_link("b", "c", **second), living)
        assert found is not None
        assert found.is_formal is is_formal
    # What comes after the heir itself says nothing of it.
    onward = a_link("b", "c", is_over=False, **near)
    found = heir(a_link("a", "b"), onward, living)
    assert found is not None
    assert found.is_formal


def test_the_story_knows_which_only_come_nearest():
    chain = [a_link("a", "b"), a_link("b", "c", successor_is_formal=False), a_link("c", "d"), a_link("d")]
    named = a_link("e", is_over=False, predecessor="a")
    story = story_of(chain[0], {offer.id: offer for offer in (*chain, named)})
    assert [offer.id for offer in story.after] == ["b", "c", "d", "e"]
    assert story.nearest == {"c", "d"}


def test_no_heir_of_the_catalogue_has_ended():
    offers = {offer.id: offer for offer in the_catalogue()}
    found = [heir_on(offer, offers, TODAY) for offer in offers.values()]
    living = [h.offer for h in found if h is not None and h.offer is not None]
    assert living
    assert [offer.id for offer in living if offer.state_on(TODAY) is State.ENDED] == []


def test_what_surely_runs_comes_before_what_may_and_that_before_what_is_over():
    found = [
        a_link("over"), a_link("unsure", is_over=False, status=Status.UNVERIFIED), a_link("paused", is_over=False,
        status=Status.PAUSED), a_link("runs", is_over=False), a_link("runs-too", is_over=False),
    ]  # fmt: skip
    offers = {offer.id: offer for offer in found}
    assert living_first(offers, offers, TODAY) == ("runs", "runs-too", "unsure", "paused", "over")
    assert living_first(offers, offers, OVER)[0] == "over"


def variants(*offers: Offer, day: date = TODAY) -> bool:
    return are_variants([offer.id for offer in offers], {offer.id: offer for offer in offers}, day)


def test_variants_ended_on_one_day_with_one_successor():
    one, two = a_link("a", "x"), a_link("b", "x")
    assert variants(one, two)
    assert not variants(one)
    assert not variants(one, a_link("b", "y"))
    assert not variants(one, two._replace(valid_until=date(2025, 12, 30)))
    assert not variants(one._replace(valid_until=None), two._replace(valid_until=None))
    assert not variants(one, two, day=OVER)


def test_a_whole_family_that_ended_together_is_not_one_story():
    family = [a_link(f"a{at}", "x") for at in range(MOST_VARIANTS + 1)]
    assert variants(*family[1:])
    assert not variants(*family)
