"""Cards, the page of one offer and JSON say what cannot be had together and what must come first."""

from typing import Any

import pytest
from factories import TODAY, a_firm, a_place, a_trade, an_offer, the_weights

from digiwegweiser.core.guide import Guide, build_guide
from digiwegweiser.core.matching import Match
from digiwegweiser.core.offer import Offer
from digiwegweiser.render.combination import combination_lines, facts_told, not_with_view, requires_view
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.plain import render_plain

LAND = {"level": "land", "laender": {"DE-NW"}}


def a_guide(*offers: Offer, **firm: Any) -> Guide:
    return build_guide(a_firm(**firm), offers, TODAY, the_weights())


def a_grant(name: str, **changes: Any) -> Offer:
    return an_offer(**{"id": name, "name": name.upper(), "kind": "grant", "form": "grant"} | changes)


def words(*offers: Offer) -> Lexicon:
    return Lexicon({}, {}, {}, {offer.id: offer for offer in offers}, {})


def found(guide: Guide, name: str) -> Match:
    return next(hit.match for hit in guide.hits if hit.match.offer.id == name)


def card(name: str, *offers: Offer, shown: int = 8, **firm: Any) -> str:
    guide = a_guide(*offers, **firm)
    lines = combination_lines(found(guide, name), guide, words(*offers), shown)
    return " ".join(render_plain(lines).split())


def test_both_cards_say_that_it_is_one_of_two():
    one, other = a_grant("a", **LAND), a_grant("b", not_with={"a"})
    assert card("a", one, other) == "Achtung: Nicht zusammen mit 2. B für dasselbe Vorhaben: eines von beiden."
    assert card("b", one, other) == "Achtung: Nicht zusammen mit 1. A für dasselbe Vorhaben: eines von beiden."
    assert card("b", one, a_grant("b")) == ""


def test_several_are_told_at_once_and_costs_apart_from_projects():
    one = a_grant("a", not_with={"b", "c", "grant"}, **LAND)
    page = card("a", one, a_grant("b"), a_grant("c"), a_grant("d"))
    assert "Nicht zusammen mit 2. B oder 3. C für dasselbe Vorhaben: dieses oder die anderen." in page
    assert "Nicht zusammen mit 4. D für dieselben Kosten: eines von beiden." in page


def test_only_what_is_shown_is_told():
    one, other = a_grant("a", **LAND), a_grant("b", not_with={"a"})
    assert card("a", one, other, shown=1) == ""
    assert not_with_view(found(a_guide(one, other), "a"), a_guide(one, other)) == ["b"]


def test_what_must_come_first_is_named_with_its_place():
    check = an_offer(id="check", name="Check", kind="self_check", **LAND)
    assert card("a", a_grant("a", requires={"check"}), check) == "Zuerst: Vorher nötig: 1. Check."
    assert card("a", a_grant("a"), check) == ""


def test_what_must_come_first_is_named_though_it_is_no_hit():
    check = an_offer(id="check", name="Check", kind="self_check")
    elsewhere = check._replace(core_needs=frozenset({"ecommerce"}))
    over = an_offer(id="check", name="Check", kind="self_check", status="ended")
    for offer in (elsewhere, over):
        assert card("a", a_grant("a", requires={"check"}), offer) == "Zuerst: Vorher nötig: Check."


@pytest.mark.parametrize(
    ("sectors", "place", "said"),
    [
        ("craft", "05974028", "1. Kammer"),
        ("craft", "DE-NW", "Ihre Handwerkskammer"),  # which one is not known
        ("industry", "DE-NW", "Ihre IHK"),
    ],
)
def test_the_chamber_is_called_by_its_name_where_it_is_known(sectors, place, said):
    chamber = an_offer(id="kammer", name="Kammer", kind="chamber", **LAND, kreise={"05974"})
    firm = {"place": a_place(place), "trade": a_trade("A-27", sectors)}
    assert card("a", a_grant("a", requires={"chamber"}), chamber, **firm) == f"Zuerst: Vorher nötig: {said}."


def test_the_ids_of_what_must_come_first_are_those_for_this_firm():
    grant, check = a_grant("a", requires={"self_check"}), an_offer(id="check", kind="self_check")
    assert requires_view(found(a_guide(grant, check), "a"), a_guide(grant, check)) == ["check"]
    assert requires_view(found(a_guide(grant), "a"), a_guide(grant)) == ["self_check"]
    assert requires_view(found(a_guide(a_grant("a"), check), "a"), a_guide(a_grant("a"), check)) == []


def told(name: str, *offers: Offer) -> dict[str, str]:
    return facts_told(found(a_guide(*offers), name), words(*offers))


def test_the_page_of_an_offer_says_it_from_both_sides_once():
    one, other = a_grant("a", not_with={"b"}), a_grant("b", not_with={"a"})
    assert told("a", one, other)["Nicht mit"] == "B für dasselbe Vorhaben"
    assert told("b", one, a_grant("b"))["Nicht mit"] == "A für dasselbe Vorhaben"
    assert told("a", a_grant("a"), a_grant("b")) == {"Nicht mit": "", "Vorher": ""}


def test_the_page_of_an_offer_says_forms_and_tiers_in_words():
    tiers = [{"tier": "Klein", "requires": frozenset({"chamber"})}, {"tier": "Groß"}]
    facts = told("a", a_grant("a", not_with={"grant", "loan"}, tiers=tiers))
    assert facts["Nicht mit"] == "anderer Förderung für dieselben Kosten (Zuschuss; Kredit)"
    assert facts["Vorher"] == "Ihre Kammer (für „Klein“)"
