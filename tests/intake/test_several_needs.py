"""Several answers about needs: each is kept with its words, and one that says nothing known stops nothing."""

import pytest

from digiwegweiser.core.firm import NEXT_WORDS, StatedNeed
from digiwegweiser.core.reading import Note, Reading, Remark
from digiwegweiser.intake.firm import FirmReading, Heard, combine, merge_needs


def reading(text: str, *needs: tuple[str, str]) -> Reading[tuple[StatedNeed, ...]]:
    return Reading(text, value=tuple(StatedNeed(*need) for need in needs) or None)


SHOP = reading("Wir wollen einen Onlineshop", ("ecommerce", "Onlineshop"))
SELL = reading("im Internet verkaufen", ("ecommerce", "Internet verkaufen"), ("website_marketing", "Internet"))
NONE = reading("Schnurgelbums")


def firm(*found: Reading[tuple[StatedNeed, ...]]) -> FirmReading:
    return combine({"needs": tuple(Heard(one) for one in found)})


def test_a_need_keeps_the_words_of_all_answers_in_the_order_of_the_first() -> None:
    assert [(need.code, need.words) for need in merge_needs((SHOP, SELL))] == [
        ("ecommerce", f"Onlineshop{NEXT_WORDS}Internet verkaufen"),
        ("website_marketing", "Internet"),
    ]
    assert [need.words for need in merge_needs((SHOP, SHOP))] == ["Onlineshop"]


def test_the_answer_that_is_spoken_on_the_phone_is_the_first_in_own_words() -> None:
    code = reading("ecommerce", ("ecommerce", "ecommerce"))
    assert merge_needs((code, SHOP)) == (StatedNeed("ecommerce", "Onlineshop", "Wir wollen einen Onlineshop"),)
    assert merge_needs((code,)) == (StatedNeed("ecommerce", "ecommerce", "ecommerce"),)


def test_one_of_several_needs_that_is_not_understood_is_a_remark_and_no_problem() -> None:
    found = firm(NONE, SHOP)
    assert found.problems() == []
    assert found.remarks() == [("needs", NONE)]
    assert [need.code for need in found.firm.needs] == ["ecommerce"]


@pytest.mark.parametrize("several", [(NONE,), (NONE, reading("Dingsbums"))])
def test_where_no_need_was_understood_each_is_a_problem(several: tuple[Reading[tuple[StatedNeed, ...]], ...]) -> None:
    found = firm(*several)
    assert [one for _, one in found.problems()] == list(several)
    assert found.remarks() == []


def test_what_is_refused_beside_a_need_is_a_remark_and_alone_a_problem() -> None:
    refused = Reading[tuple[StatedNeed, ...]]("kein Roboter", notes=(Note(Remark.REFUSED, "Roboter"),))
    assert firm(refused, SHOP).remarks() == [("needs", refused)]
    assert firm(refused).problems() == [("needs", refused)]


def test_another_attribute_that_is_not_understood_stays_a_problem() -> None:
    trade = Reading[object]("Xyzabc")
    found = combine({"needs": (Heard(SHOP),), "trade": (Heard(trade),)})
    assert found.problems() == [("trade", trade)]
