"""The list of all entries."""

import json

import pytest
from factories import TODAY, an_offer

from digiwegweiser.core.vocabulary import Kind, Level, State, Status
from digiwegweiser.render.listing import render_listing
from digiwegweiser.render.wording import COSTS, FORMS, GROUPS, KINDS, SECTORS, STATES


def test_entries_stand_in_the_order_of_their_ids_a_line_each():
    text = render_listing([an_offer(id="zwei"), an_offer(id="eins")], TODAY, "text")
    assert [line.split("\t")[0] for line in text.splitlines()] == ["eins", "zwei"]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("status", Status)
def test_kind_and_state_are_german(kind, status):
    line = render_listing([an_offer(kind=kind, status=status, name="Name")], TODAY, "text").strip().split("\t")
    assert line[1] == KINDS[kind]
    assert line[2] not in {state.value for state in State}
    assert line[3:] == ["Bund", "Name"]


def test_the_area_is_named_in_short():
    offers = [
        an_offer(id="a", level=Level.LAND, laender={"DE-NW", "DE-HE"}),
        an_offer(id="b", laender={"DE-NW"}, kreise={"05974", "05970"}),
        an_offer(id="c", laender={"DE-NW"}, gemeinden={"05974028"}),
    ]
    areas = [line.split("\t")[3] for line in render_listing(offers, TODAY, "text").splitlines()]
    assert areas == ["DE-HE, DE-NW", "DE-NW: 2 Kreise", "DE-NW: Teile von Kreisen"]


def test_former_names_follow_the_name():
    line = render_listing([an_offer(name="Neu", former_names=("Alt",))], TODAY, "text")
    assert line.endswith("\tNeu / Alt\n")


def test_json_keeps_the_codes():
    (entry,) = json.loads(render_listing([an_offer(status=Status.ENDED)], TODAY, "json"))
    assert (entry["kind"], entry["status"], entry["area"]["kreise"]) == ("center", "ended", [])


def test_every_code_has_a_german_word():
    for table in (KINDS, STATES, COSTS, FORMS, SECTORS, GROUPS):
        assert set(table) == set(type(next(iter(table))))
        assert all(word and "_" not in word for word in table.values())
