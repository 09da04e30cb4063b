"""The box against ordering too early, and what is left after an order."""

from typing import Any

import pytest
from factories import TODAY, a_firm, an_offer, the_weights

from digiwegweiser.core.guide import Guide, build_guide
from digiwegweiser.core.offer import Contact, Offer
from digiwegweiser.render.order_lock import order_lock_lines, order_lock_view
from digiwegweiser.render.plain import render_plain
from digiwegweiser.render.wording import NBSP, phone_text, short_name


def a_guide(*offers: Offer, ordered: bool | None = False) -> Guide:
    return build_guide(a_firm(ordered=ordered), offers, TODAY, the_weights())


def a_grant(name: str, first: bool | None = True, **changes: Any) -> Offer:
    told = {"kind": "grant", "form": "grant", "apply_before_start": first}
    return an_offer(**{"id": name.lower().replace(" ", "-"), "name": name, **told, **changes})


def text(guide: Guide, shown: int = 8) -> str:
    return " ".join(render_plain(order_lock_lines(guide, shown, the_weights())).split())


def test_the_box_says_what_is_allowed_what_kills_and_when_to_order():
    page = text(a_guide(a_grant("Bonus")))
    assert "Halt: noch nichts bestellen" in page
    assert "Gilt für: 1. Bonus" in page
    assert "Erlaubt: Angebote und Kostenvoranschläge einholen" in page
    assert "Verboten: bestellen, anzahlen, einen Auftrag oder Vertrag unterschreiben" in page
    assert "Bestellen: nach der Bewilligung. Manche Stelle erlaubt es schon" in page
    assert "--bestellt" not in page


def test_how_to_tell_of_an_order_fits_the_place_where_it_is_read():
    guide = a_guide(a_grant("Bonus"), ordered=None)
    assert "Mit --bestellt ja steht hier" in text(guide)
    told = " ".join(render_plain(order_lock_lines(guide, 8, the_weights(), "Unten gesagt,")).split())
    assert "Haben Sie schon bestellt? Unten gesagt, steht hier" in told
    assert "--bestellt" not in told


@pytest.mark.parametrize("first", [False, None])
def test_there_is_no_box_where_nothing_surely_asks_for_the_application_first(first):
    guide = a_guide(a_grant("Bonus", first), an_offer(id="advice", apply_before_start=True))
    assert text(guide) == ""
    assert order_lock_view(guide, 8, the_weights()) is None


def test_the_box_speaks_of_the_first_page_only():
    guide = a_guide(an_offer(id="a-first", cost="free"), a_grant("Bonus", cost="paid"))
    assert text(guide, 1) == ""
    assert "2. Bonus" in text(guide, 2)


def test_what_is_not_known_is_said_beside_what_is():
    page = text(a_guide(a_grant("Bonus"), a_grant("Rätsel", None)))
    assert "Ungeklärt: Rätsel: ob der Antrag zuerst kommen muss, die Stelle fragen." in page
    assert "Gilt für: 1. Bonus Erlaubt" in page


def test_who_has_not_said_whether_he_ordered_is_told_how():
    assert "--bestellt ja" in text(a_guide(a_grant("Bonus"), ordered=None))


def test_after_an_order_what_still_works_comes_before_what_is_lost():
    guide = a_guide(
        a_grant("Bonus"),
        a_grant("Spät", False),
        a_grant("Rätsel", None),
        a_grant("AfA", False, form="tax", kind="initiative"),
        an_offer(id="kammer", name="Kammer", kind="chamber"),
        ordered=True,
    )
    page = text(guide)
    assert "Halt" not in page
    found = [page.index(words) for words in (
        "Geld: Spät: auch nach", "Steuer: AfA: über", "Beratung: Kammer: kostenlos", "Ungeklärt: Rätsel: ob",
        "Verloren: Bonus: der Antrag hätte",
    )]  # fmt: skip
    assert found == sorted(found)
    view = order_lock_view(guide, 8, the_weights())
    assert view is not None
    assert {key: [ref["id"] for ref in view[key]] for key in ("money", "tax", "advice", "unsettled", "lost")} == {
        "money": ["spät"], "tax": ["afa"], "advice": ["kammer"], "unsettled": ["rätsel"], "lost": ["bonus"],
    }  # fmt: skip
    assert view["applies_to"] == []


def test_a_tax_rule_is_found_behind_the_first_page():
    tax = a_grant("AfA", False, form="tax", kind="initiative", cost="paid")
    assert "Steuer: AfA" in text(a_guide(an_offer(id="a-first"), tax, ordered=True), 1)


def test_after_an_order_that_lost_nothing_nothing_is_said():
    guide = a_guide(an_offer(), a_grant("Elsewhere", laender={"DE-BY"}), ordered=True)
    assert text(guide) == ""


def test_many_lost_ones_are_counted():
    page = text(a_guide(*(a_grant(f"Bonus {at}") for at in range(7)), ordered=True))
    assert "Bonus 4; und 2 weitere: der Antrag" in page


def test_a_long_name_loses_its_brackets_and_a_short_one_nothing():
    assert short_name(an_offer(name="Bonus (Standard)")) == "Bonus (Standard)"
    assert short_name(an_offer(name=f"{'Sehr langer Name ' * 3}(Kürzel) - Teil")) == f"{'Sehr langer Name ' * 3}- Teil"


def test_a_number_is_never_cut_by_a_line_break():
    assert phone_text(Contact(phone="0800 274-1000")) == f"0800{NBSP}274-1000"
    assert phone_text(Contact()) is None
