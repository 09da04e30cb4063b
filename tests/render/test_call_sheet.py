"""The sheet for the first call, as an owner reads it aloud."""

import pytest
from factories import a_firm, a_place, a_trade, an_offer
from golden.firms import FIRMS, guide_of, the_adviser
from render.pages import CHAMBER, WORDS, a_grant, a_guide, hit, text

from digiwegweiser.core.firm import Firm, StatedNeed
from digiwegweiser.core.offer import Contact, Offer
from digiwegweiser.core.plan import Stage, first_call, plan
from digiwegweiser.render.call_sheet import (
    QUESTIONS_ASKED,
    call_sheet_view,
    known_facts,
    missing_facts,
    office_questions,
    opening,
)
from digiwegweiser.render.plan import plan_view
from digiwegweiser.render.wording import NBSP


def a_need(words: str, text: str, code: str = "processes_erp") -> StatedNeed:
    return StatedNeed(code, words, text)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "wir sind ein Handwerksbetrieb (Tischler) aus Lippstadt mit 8 Beschäftigten."),
        ({"employees": 1}, "mit einer beschäftigten Person."),
        ({"employees": 7.5}, "mit 7,5 Beschäftigten."),
        ({"employees": 0}, "ich führe allein einen Handwerksbetrieb (Tischler) aus Lippstadt."),
        ({"employees": None}, "wir sind ein Handwerksbetrieb (Tischler) aus Lippstadt."),
        ({"trade": a_trade("S-04", "commerce", name="Handel")}, "wir sind ein Betrieb (Handel) aus Lippstadt"),
        ({"trade": None, "place": None, "employees": None, "needs": ()}, "Guten Tag, wir sind ein Betrieb. Wer kann"),
        ({"place": a_place("05974", name="Kreis Soest")}, "aus dem Kreis Soest"),
        ({"place": a_place("DE-SL", name="Saarland")}, "aus dem Saarland"),
        ({"place": a_place("DE-SN", name="Kreischa")}, "aus Kreischa"),
        ({"place": a_place("03241", name="Region Hannover")}, "aus der Region Hannover"),
        ({"needs": (a_need("Zettel", "Wir wollen weg\n vom Zettel. "),)}, "Es geht um „Wir wollen weg vom Zettel“."),
        ({"needs": (a_need("Zettel", "Zettel " * 28 + "weg."),)}, f"Es geht um „{'Zettel ' * 28}weg“."),
        ({"needs": (a_need("Zettel", "Zettel " * 28 + "weg, bitte"),)}, "Es geht um Abläufe."),
        ({"needs": (a_need("processes_erp", "processes_erp"),)}, "Es geht um Abläufe."),
        ({"needs": (a_need("Abläufe", "Abläufe"),)}, "Es geht um Abläufe."),
        ({"needs": (StatedNeed("processes_erp", "Zettel"),)}, "Es geht um Abläufe."),
        (
            {"needs": (a_need("1", "Erst a.", "a"), a_need("2", "Erst a.", "b"), a_need("3", "Dann c!", "c"))},
            "Es geht um „Erst a“ und „Dann c!“.",
        ),
        (
            {"needs": tuple(a_need("so", f"Satz {word}.", word) for word in "abcd")},
            "Es geht um „Satz a“, „Satz b“, c und d.",
        ),
        ({"trade_word": "landwirt"}, "ein Handwerksbetrieb (Landwirt) aus"),
        ({"trade_word": "A-27"}, "ein Handwerksbetrieb (Tischler) aus"),
        ({"trade_word": "eine Tischlerei am Rand von Lippstadt, auch Küchen"}, "ein Handwerksbetrieb (Tischler) aus"),
    ],
)
def test_the_opening_sentence(changes, said):
    known = {"place": a_place(name="Lippstadt"), "trade": a_trade(name="Tischler")}
    assert said in opening(a_firm(**{**known, **changes}), WORDS)


def test_the_questions_are_exactly_what_could_not_be_checked():
    grant = a_grant(conditions=("Nur mit Meister.", "Tarif"), max_employees=49, min_project_eur=4_000)
    assert office_questions(hit(grant), WORDS) == [
        "Erfüllen wir die Bedingung „Nur mit Meister“?",
        "Erfüllen wir die Bedingung „Tarif“?",
    ]
    asked = office_questions(hit(grant, employees=None, budget_eur=None, ordered=None), WORDS)
    assert asked[:3] == [
        "Gilt bis 49 Beschäftigte: Wie wird gezählt?",
        f"Vorhaben ab 4.000{NBSP}€: Welche Kosten zählen?",
        "Der Antrag muss vor der Bestellung gestellt sein: Ab wann dürfen wir bestellen?",
    ]
    assert office_questions(hit(an_offer()), WORDS) == []


@pytest.mark.parametrize("firm", FIRMS)
def test_every_plan_asks_every_open_finding_and_condition_once(firm):
    """Those of the office that is called on its sheet, those of money where it is applied for, and no others."""
    guide, words = guide_of(firm), the_adviser().lexicon
    call, sheet = first_call(plan(guide, 8)), call_sheet_view(guide, words, 8)
    assert call is not None
    assert sheet is not None
    offers = [offer for step in plan_view(guide, words, 8) for offer in step["offers"]]
    asked = {offer["id"]: offer["check_before"] for offer in offers}
    asked |= {found["id"]: found["questions"] for found in sheet["questions"]}
    for step in plan(guide, 8):
        m, questions = step.match, asked[step.match.offer.id]
        is_asked = step is call or step.match.offer.id == call.match.offer.id or step.stage is Stage.APPLICATION
        assert len(questions) == (len(m.unknown()) + len(m.offer.conditions) if is_asked else 0)
        assert len(set(questions)) == len(questions)


def test_the_sheet_asks_only_what_the_called_office_knows():
    """What the money asks for stands, in short, where it is applied for."""
    chamber = an_offer(**CHAMBER, conditions=("Nur für Mitglieder.",))
    page = text(a_guide(chamber, a_grant(conditions=("Eins.", "Zwei.", "Drei."))))
    steps, sheet = page.split("Anruf bei:")
    assert "Erfüllen wir diese Bedingungen? - Nur für Mitglieder" in sheet
    assert "Eins" not in sheet
    assert "Prüfen: Eins. Zwei (1 weitere in den Einzelheiten)" in steps
    assert "Nur für Mitglieder" not in steps
    alone = text(a_guide(a_grant(conditions=("Eins.",))))
    assert "Prüfen" not in alone
    assert "Erfüllen wir diese Bedingungen? - Eins" in alone


@pytest.mark.parametrize(
    ("more", "said"), [(0, ""), (1, "… und 1 weitere, siehe Einzelheiten"), (5, "… und 5 weitere")]
)
def test_a_call_is_not_an_examination(more, said):
    conditions = tuple(f"Nummer {at:02d}" for at in range(QUESTIONS_ASKED + more))
    sheet = text(a_guide(an_offer(**CHAMBER, conditions=conditions)))
    assert sheet.count("Nummer ") == QUESTIONS_ASKED
    assert said in sheet
    assert ("weitere" in sheet) is (more > 0)
    open_too = text(a_guide(an_offer(**CHAMBER, conditions=conditions, status="unverified")))
    assert open_too.count("- Läuft das Angebot noch?") == 1
    assert open_too.count("Nummer ") == QUESTIONS_ASKED - 1


def some_chambers(many: int) -> list[Offer]:
    told = {"kind": "chamber", "level": "kreis", "sectors": {"craft"}, "network": "hwk"}
    return [
        an_offer(
            id=f"hwk-{at}", name=f"Handwerkskammer für Gau {at}", kreise={f"0597{at}"}, laender={"DE-NW"},
            contact=Contact(phone=f"0123 {at}"), **told,
        )
        for at in range(many)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("many", "name"),
    [
        (2, "Ihre Handwerkskammer (Gau 0 oder Gau 1)"),
        (4, "Ihre Handwerkskammer (Gau 0, Gau 1, Gau 2 oder Gau 3)"),
        (5, "Ihre Handwerkskammer (Gau 0, Gau 1, Gau 2, Gau 3 oder eine weitere)"),
        (7, "Ihre Handwerkskammer (Gau 0, Gau 1, Gau 2, Gau 3 oder eine von 3 weiteren)"),
    ],
)
def test_of_the_own_chamber_all_candidates_are_named_with_their_numbers(many, name):
    guide = a_guide(*some_chambers(many), place=a_place("DE-NW"))
    page = text(guide)
    assert page.count(name) == 2
    assert page.count("Gau 0 0123 0; Gau 1 0123 1;") == 2
    assert page.count("welche zuständig ist, sagt jede") == 2
    assert ("Gau 4" in page) is False
    assert "- Sind Sie für unseren Ort zuständig?" in page
    sheet = call_sheet_view(guide, WORDS, 8)
    assert sheet is not None
    assert [found["phone"] for found in sheet["candidates"]] == [f"0123 {at}" for at in range(many)]


def test_of_a_known_chamber_there_are_no_candidates():
    guide = a_guide(*some_chambers(5))
    assert "welche zuständig ist" not in text(guide)
    sheet = call_sheet_view(guide, WORDS, 8)
    assert sheet is not None
    assert (sheet["id"], sheet["candidates"]) == ("hwk-4", [])


def test_known_facts_are_at_hand_and_unknown_ones_are_never_invented():
    assert known_facts(Firm()) == []
    assert known_facts(a_firm(ordered=True))[-1] == "schon bestellt"
    assert known_facts(a_firm(ordered=False))[-1] == "noch nichts bestellt"
    assert missing_facts(Firm(), [hit(a_grant(max_employees=49), employees=None)]) == ["Zahl der Beschäftigten"]
    assert missing_facts(a_firm(), [hit(a_grant(max_employees=49))]) == []


def test_an_office_without_a_number_is_found_by_its_page():
    assert "Anruf bei: Ein Angebot · Nummer auf https://x.de" in text(
        a_guide(an_offer(contact=Contact(url="https://x.de")))
    )
