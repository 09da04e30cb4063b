"""What came after an offer: one rule for every page, past what has ended, and never more than the sources say."""

from datetime import date
from typing import Any

from factories import TODAY, an_offer, the_catalogue

from digiwegweiser.core.offer import Offer
from digiwegweiser.core.succession import Heir, heir_on, story_of
from digiwegweiser.core.vocabulary import State

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
