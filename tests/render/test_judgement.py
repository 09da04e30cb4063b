"""What stands under "Noch zu klären": the questions that matter, whether the first three stand, what was not asked."""

from typing import Any

import pytest
from factories import TODAY, a_firm, a_place, an_offer, the_weights

from digiwegweiser.core.guide import Guide, build_guide
from digiwegweiser.core.offer import Offer
from digiwegweiser.render.judgement import near_miss_lines, outlook_view, question_lines
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.page import Item
from digiwegweiser.render.plain import render_plain

GOOD = {"sectors": {"craft"}, "form": "grant", "apply_before_start": False}
THREE = tuple(an_offer(id=f"f{n}", name=f"F{n}", **GOOD) for n in range(3))
HEADS = an_offer(id="z", name="Für Kleine", max_employees=9)
SMALL_FIRMS = an_offer(id="e", name="Für KMU", eu_sme=True, **GOOD)
UNTOLD = {"turnover_eur": None, "balance_eur": None}
STAND = "Die ersten drei stehen fest: keine weitere Angabe würde sie noch ändern."
NOTHING = "nichts: keine weitere Angabe würde die ersten drei noch ändern."
GRANTED = "Nichts zu Umsatz und Bilanzsumme: bei Ihrer Größe ist anzunehmen, dass sie innerhalb der Grenzen liegen."


def lexicon(*offers: Offer) -> Lexicon:
    return Lexicon({}, {}, {}, {offer.id: offer for offer in offers}, {})


def told(*offers: Offer, **firm: Any) -> tuple[list[str], Guide]:
    """The lines below the heading."""
    guide = build_guide(a_firm(**firm), offers, TODAY, the_weights())
    blocks = list(question_lines(guide, lexicon(*offers), the_weights()))
    assert not blocks or "Noch zu klären" in render_plain(blocks[:1])
    return [block.text for block in blocks[1:] if isinstance(block, Item)], guide


@pytest.mark.parametrize(
    ("before", "lines"),
    [
        (2, ["Wie viele arbeiten im Betrieb? Das entscheidet über: Für Kleine."]),
        (3, ["Wie viele arbeiten im Betrieb? Das entscheidet über: Für Kleine.", STAND]),
    ],
)
def test_a_question_on_a_later_place_leaves_the_first_three_standing_and_says_so(before, lines):
    assert told(*THREE[:before], HEADS, employees=None)[0] == lines


def test_with_nothing_to_ask_that_is_said():
    assert told(*THREE)[0] == [NOTHING]


@pytest.mark.parametrize(
    ("missing", "asked"),
    [
        ({"place": None}, ["Wo genau liegt der Betrieb?"]),
        ({"place": a_place("DE-NW")}, ["Wo genau liegt der Betrieb?"]),
        ({"trade": None}, ["Was macht der Betrieb?"]),
        ({"needs": ()}, ["Wobei brauchen Sie Hilfe?"]),
        ({"place": None, "needs": ()}, ["Wo genau liegt der Betrieb?", "Wobei brauchen Sie Hilfe?"]),
    ],
)
def test_without_the_basics_these_are_asked_and_nothing_is_said_to_stand(missing, asked):
    lines, guide = told(*THREE, **missing)
    assert [line.split("?")[0] + "?" for line in lines] == asked
    view = outlook_view(guide, lexicon(*THREE), the_weights())
    assert (len(view["missing_basics"]), view["first_three_settled"]) == (len(asked), False)


@pytest.mark.parametrize("firm", [{}, {"founded": None}, {"employees": None, "place": a_place("DE-NW")}, UNTOLD])
def test_something_is_always_said(firm):
    assert told(*THREE, **firm)[0]
    assert told(SMALL_FIRMS, **firm)[0]
    assert told(**firm)[0]


def test_what_an_order_has_cost_is_no_near_miss():
    """It cannot be taken back; what fails by the sum alone is one."""
    grant = an_offer(name="Bonus", kind="grant", form="grant", apply_before_start=True)
    large = an_offer(id="large", name="Große", kind="grant", form="grant", min_project_eur=20_000)
    guide = build_guide(a_firm(ordered=True), (grant, large), TODAY, the_weights())
    said = render_plain(near_miss_lines(guide, lexicon(grant, large), the_weights()))
    assert [m.offer.id for m in guide.excluded] == ["an-offer", "large"]
    assert "Bonus" not in said
    assert "Große: möglich, wenn das Vorhaben mindestens 20.000 € kostet" in " ".join(said.split())


@pytest.mark.parametrize(("employees", "is_said"), [(8, True), (100, False)])
def test_what_the_size_settles_is_told_as_taken_for_granted_and_not_asked(employees, is_said):
    lines, _ = told(SMALL_FIRMS, *THREE, employees=employees, **UNTOLD)
    assert (GRANTED in lines) == is_said
    assert any(line.startswith("Wie hoch ist Ihr Jahresumsatz?") for line in lines) != is_said


def test_a_turnover_that_is_told_is_not_taken_for_granted():
    assert GRANTED not in told(SMALL_FIRMS, *THREE, turnover_eur=1_000_000)[0]


def test_text_and_json_ask_the_same_in_the_same_order():
    offers = (an_offer(id="a", name="Antrag", **{**GOOD, "apply_before_start": True}), HEADS, *THREE)
    lines, guide = told(*offers, employees=None, ordered=None, founded=None)
    view = outlook_view(guide, lexicon(*offers), the_weights())
    asked = [question["text"] for question in view["questions"]]
    assert len(asked) == 2
    assert lines == asked
    assert view["first_three_settled"] is False


def test_json_says_that_the_first_three_stand():
    _, guide = told(*THREE, HEADS, employees=None)
    view = outlook_view(guide, lexicon(*THREE, HEADS), the_weights())
    assert view["first_three_settled"] is True
    assert [question["attribute"] for question in view["questions"]] == ["employees"]
