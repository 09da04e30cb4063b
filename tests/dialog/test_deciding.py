"""What is asked after the basic questions: only what can still change the guide, and never without the reason."""

from typing import Any

import pytest
from dialog.test_interview import HELP_WITH, OWN_WORDS, Script, adviser, interview
from factories import TODAY, an_offer, the_catalogue, the_weights
from hypothesis import given, settings
from hypothesis import strategies as st

from digiwegweiser.core.decisive import ASKED, MOST_ASKED, OpenQuestion, answers, missing, outlook
from digiwegweiser.core.decisive import SETTLED as SETTLED_PLACES
from digiwegweiser.core.firm import Firm
from digiwegweiser.core.guide import Guide, build_guide
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.stability import near_heads
from digiwegweiser.dialog.deciding import NO_MORE, SETTLED, STILL_OPEN, Deciding, limit_text, why
from digiwegweiser.dialog.questions import BY_KEY
from digiwegweiser.intake.firm import Answers

FIRM = {"place": "59555", "trade": "Tischlerei", "employees": "8", "needs": ("processes_erp",)}
KNOWN = {"ordered": "nein", "budget_eur": "9000", "turnover_eur": "1 Mio", "balance_eur": "1 Mio", "founded": "2015"}
ORDERED, BUDGET, TURNOVER, FOUNDED = (
    BY_KEY[key].ask for key in ("ordered", "budget_eur", "turnover_eur", "founded")
)  # fmt: skip
COUNT = "Genau nachrechnen?"
#: Four offers, each of which waits for another answer, before one that waits for none.
GOOD = {"sectors": {"craft"}, "form": "grant"}
WAITS_FOR = {
    "ordered": an_offer(id="a", name="Antrag zuerst", apply_before_start=True, **GOOD),
    "budget_eur": an_offer(id="b", name="Ab fünftausend", min_project_eur=5_000, **GOOD),
    "turnover_eur": an_offer(id="c", name="Bis zwei Millionen", max_turnover_eur=2_000_000, **GOOD),
    "founded": an_offer(id="0", name="Für junge", max_company_age_years=5, **GOOD),
}
ANYBODY = an_offer(id="z", name="Für jeden")
ALL = (*WAITS_FOR.values(), ANYBODY)


class Knowing(Script):
    """An owner who knows all that the offers wait for, in whichever order it is asked."""

    def _next(self, message: str) -> Any:
        self.asked.append(message)
        return {ORDERED: "Nein", BUDGET: "9000", TURNOVER: "900.000", FOUNDED: "2024", COUNT: "Nein"}[message]


def conversation(offers: tuple[Offer, ...], script: Script, **given: Any) -> dict[str, Any]:
    """The answers after a whole interview over these offers; every prepared answer must have been used."""
    talk = interview(script, **given)

    def guide(answers: Answers) -> Guide:
        return build_guide(adviser().read(answers, TODAY).firm, offers, TODAY, the_weights())

    talk.ask_all(Deciding(talk, guide, the_weights()).next_question)
    assert script.answers == []
    return dict(talk.answers.items())


class TestAskedOnlyIfItMatters:
    @pytest.mark.parametrize(("key", "said"), [("ordered", "Nein"), ("budget_eur", "9000"), ("founded", "2024")])
    def test_what_an_offer_waits_for_is_asked_and_nothing_else(self, key, said):
        script = Script(said)
        found = conversation((WAITS_FOR[key], ANYBODY), script, **FIRM)
        assert script.asked == [BY_KEY[key].ask]
        assert found[key] == said.casefold()

    def test_of_turnover_and_balance_the_turnover_is_asked(self):
        script = Script("900.000")
        conversation((WAITS_FOR["turnover_eur"], ANYBODY), script, **FIRM)
        assert script.asked == [TURNOVER]

    def test_nothing_is_asked_if_no_offer_waits(self):
        script = Script()
        assert conversation((ANYBODY,), script, **FIRM) == FIRM
        assert script.told[1:] == [SETTLED]

    @pytest.mark.parametrize(("before", "asked"), [(2, [ORDERED]), (3, [])])
    def test_what_moves_only_the_places_after_the_third_is_not_asked(self, before, asked):
        first = tuple(an_offer(id=f"f{n}", name=f"F{n}", **GOOD) for n in range(before))
        last = an_offer(id="g", name="Später", apply_before_start=True, **GOOD)
        script = Script(*("Nein" for _ in asked))
        conversation((*first, last, ANYBODY), script, **FIRM)
        assert (script.asked, script.told[-1]) == (asked, SETTLED)

    def test_an_answer_can_make_the_next_question_needless(self):
        both = an_offer(id="a", name="Beides", apply_before_start=True, min_project_eur=5_000, **GOOD)
        script = Script("Ja")
        conversation((both, ANYBODY), script, **FIRM)
        assert (script.asked, script.told[-1]) == ([ORDERED], SETTLED)
        script = Script("Nein", "9000")
        conversation((both, ANYBODY), script, **FIRM)
        assert script.asked == [ORDERED, BUDGET]

    def test_what_is_given_ahead_is_not_asked(self):
        script = Script()
        conversation(ALL, script, **FIRM, **KNOWN)
        assert (script.asked, script.told[-1]) == ([], SETTLED)
        known = {key: value for key, value in KNOWN.items() if key != "founded"}
        script = Script("2024")
        conversation(ALL, script, **FIRM, **known)
        assert script.asked == [FOUNDED]

    def test_employees_left_unknown_are_not_asked_twice(self):
        small = an_offer(id="a", name="Für Kleine", max_employees=9, **GOOD)
        without = {key: value for key, value in FIRM.items() if key != "employees"}
        script = Script("")
        conversation((small, ANYBODY), script, **without)
        assert script.asked == [BY_KEY["employees"].ask]
        assert script.told[-1] == STILL_OPEN

    def test_never_more_than_three(self):
        script = Knowing()
        conversation(ALL, script, **FIRM)
        assert len(set(script.asked)) == len(script.asked) == MOST_ASKED == 3
        assert len(WAITS_FOR) > MOST_ASKED
        assert script.told[-1] == STILL_OPEN


class TestReasons:
    def test_the_offers_it_decides_on_are_named_before_it(self):
        others = (WAITS_FOR["ordered"], an_offer(id="b", name="Auch zuerst", apply_before_start=True, **GOOD))
        five = (*others, *(an_offer(id=f"z{n}", name=f"Z{n}") for n in range(4)))
        script = Script("Nein")
        conversation(five, script, **FIRM)
        assert script.told[1] == (
            "Noch eine Frage, sie entscheidet über 2 der ersten fünf Angebote: Antrag zuerst und Auch zuerst."
        )

    @pytest.mark.parametrize(
        ("waiting", "others", "told"),
        [
            (1, 1, "sie entscheidet über eines der ersten zwei Angebote: N0."),
            (1, 0, "sie entscheidet über das erste Angebot: N0."),
            (2, 0, "sie entscheidet über die ersten zwei Angebote: N0 und N1."),
            (3, 1, "sie entscheidet über 3 der ersten vier Angebote: N0; N1 und N2."),
            (4, 1, "sie entscheidet über 4 der ersten fünf Angebote: N0; N1; N2 und ein weiteres."),
            (5, 0, "sie entscheidet über die ersten fünf Angebote: N0; N1; N2 und 2 weitere."),
        ],
    )
    def test_number_and_names_read_as_a_sentence(self, waiting, others, told):
        offers = [an_offer(id=f"n{n}", name=f"N{n}", apply_before_start=True, **GOOD) for n in range(waiting)]
        offers += [an_offer(id=f"z{n}", name=f"Z{n}") for n in range(others)]
        script = Script("Nein")
        conversation(tuple(offers), script, **FIRM)
        assert script.told[1] == f"Noch eine Frage, {told}"

    @pytest.mark.parametrize(
        ("brings", "told"),
        [
            (("f1",), "sie kann F1 nach vorn bringen."),
            (("f1", "f2"), "sie kann F1 und F2 nach vorn bringen."),
            (("f0", "f1", "f2", "f3", "f4"), "sie kann F0; F1; F2 und 2 weitere nach vorn bringen."),
            ((), "sie kann die Reihenfolge der ersten fünf ändern."),
        ],
    )
    def test_a_question_that_excludes_nothing_says_what_it_moves(self, brings, told):
        offers = tuple(an_offer(id=f"f{n}", name=f"F{n}") for n in range(6))
        question = OpenQuestion("budget_eur", 1.0, (), (), brings)
        assert why(question, build_guide(Firm(), offers, TODAY, the_weights())) == f"Noch eine Frage, {told}"

    def test_every_question_has_its_reason_and_the_end_is_said_once(self):
        script = Knowing()
        conversation(ALL, script, **FIRM)
        assert [text.startswith("Noch eine Frage, sie ") for text in script.told[1:]] == [True, True, True, False]


class TestTheEnd:
    def test_not_knowing_is_an_answer_and_the_guide_is_not_called_settled(self):
        script = Script("Weiß ich nicht")
        found = conversation((WAITS_FOR["ordered"], ANYBODY), script, **FIRM)
        assert (found, script.asked) == (FIRM, [ORDERED])
        assert script.told[-1] == STILL_OPEN

    @pytest.mark.parametrize("missing", ["place", "trade", "needs"])
    def test_without_the_basics_nothing_is_called_settled(self, missing):
        known = {key: value for key, value in FIRM.items() if key != missing}
        script = Script(*([], "") if missing == "needs" else ("",))
        conversation((ANYBODY,), script, **known)
        assert script.told[-1] == NO_MORE


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(
    place=st.sampled_from(["59555", "Passau", "Berlin", "34117", "Leipzig", "Kiel"]),
    trade=st.sampled_from(["Bäckerei", "Kfz-Werkstatt", "Gebäudereinigung", "Softwareentwicklung", "Steuerberater"]),
    employees=st.sampled_from(["0", "2", "8", "30", "120", "300"]),
    needs=st.sampled_from([("it_security",), ("financing",), ("processes_erp", "e_invoicing"), ("website_marketing",)]),
)
def test_at_the_end_no_answer_changes_the_first_three_or_three_were_asked(**firm: Any) -> None:
    """Over the whole catalogue: what was said at the end is so, judged by guides built for every answer left."""
    script = Knowing()
    talk = interview(script, **firm)

    def guide(answers: Answers) -> Guide:
        return build_guide(adviser().read(answers, TODAY).firm, the_catalogue(), TODAY, the_weights())

    talk.ask_all(Deciding(talk, guide, the_weights()).next_question)
    told, end = guide(talk.answers), script.told[-1]
    asked = [message for message in script.asked if message != COUNT]
    assert len(asked) == len(set(asked)) <= MOST_ASKED
    if end != SETTLED:
        assert end in (STILL_OPEN, NO_MORE)
        assert len(asked) == MOST_ASKED or outlook(told, the_weights()).questions == ()
        return
    tiers = [tier for offer in the_catalogue() for tier in offer.tiers]
    for names in ASKED:
        every = answers(names, told.firm, tiers, TODAY) if missing(names, told.firm) else []
        for one in every[:: max(len(every) // 4, 1)]:
            again = build_guide(one, the_catalogue(), TODAY, the_weights())
            assert first_three(again) == first_three(told), (names, one)


def first_three(told: Guide) -> list[str]:
    return [hit.match.offer.id for hit in told.hits[:SETTLED_PLACES]]


class TestGoingBack:
    def test_from_the_first_of_them_to_the_last_basic_question(self):
        without = {key: value for key, value in FIRM.items() if key != "needs"}
        script = Script(["processes_erp"], "", "← zurück", ["processes_erp"], "", "Nein")
        found = conversation((WAITS_FOR["ordered"], ANYBODY), script, **without)
        assert script.asked == [HELP_WITH, OWN_WORDS, ORDERED, HELP_WITH, OWN_WORDS, ORDERED]
        assert found["ordered"] == "nein"

    def test_a_changed_basic_answer_can_make_it_needless(self):
        without = {key: value for key, value in FIRM.items() if key != "employees"}
        small = an_offer(id="a", name="Für Kleine", max_employees=19, apply_before_start=True, **GOOD)
        script = Script("8", "← zurück", "50")
        conversation((small, ANYBODY), script, **without)
        assert script.asked == [BY_KEY["employees"].ask, ORDERED, BY_KEY["employees"].ask]
        assert script.told[-1] == SETTLED

    def test_from_one_of_them_to_the_one_before(self):
        script = Script("Nein", "zurück", "Weiß ich nicht", "zurück", "Nein", "9000")
        found = conversation((WAITS_FOR["ordered"], WAITS_FOR["budget_eur"], ANYBODY), script, **FIRM)
        assert script.asked == [ORDERED, BUDGET, ORDERED, BUDGET, ORDERED, BUDGET]
        assert (found["ordered"], found["budget_eur"]) == ("nein", "9000")

    def test_with_nothing_before_it_it_is_asked_again(self):
        script = Script("← zurück", "Nein")
        conversation((WAITS_FOR["ordered"], ANYBODY), script, **FIRM)
        assert script.asked == [ORDERED, ORDERED]


SMALL = an_offer(id="a", name="Für Kleine", max_employees=49, **GOOD)
LARGE = an_offer(id="a", name="Für Große", min_employees=3, **GOOD)


def near(number: str, *offers: Offer) -> tuple[str, list[str]] | None:
    """The limit told, and the names of the offers that hang on it."""
    firm = adviser().read(Answers(**{**FIRM, "employees": number}), TODAY).firm
    found = near_heads(build_guide(firm, offers, TODAY, the_weights()), the_weights())
    if found is None:
        return None
    return limit_text(found, firm.employees or 0), [offer.name for offer in (*found.lost, *found.won)]


class TestCalculatorIsOffered:
    @pytest.mark.parametrize(
        ("number", "offer", "limit"),
        [
            ("49", SMALL, "bis 49"), ("46", SMALL, "bis 49"), ("45", SMALL, None), ("8", SMALL, None),
            ("3", LARGE, "ab 3"), ("3,5", LARGE, "ab 3"), ("4", LARGE, None), ("4,5", LARGE, None), ("50", LARGE, None),
            ("49", ANYBODY, None),
        ],
    )  # fmt: skip
    def test_to_whom_it_fits_within_a_tenth_of_a_limit_and_one_at_least(self, number, offer, limit):
        assert near(number, offer, ANYBODY) == (None if limit is None else (limit, [offer.name]))

    @pytest.mark.parametrize(
        ("number", "offer", "limit"),
        [
            ("50", SMALL, "bis 49"), ("54", SMALL, "bis 49"), ("55", SMALL, "bis 49"), ("56", SMALL, None),
            ("2", LARGE, "ab 3"), ("2,5", LARGE, "ab 3"), ("1", LARGE, None), ("0", LARGE, None),
        ],
    )  # fmt: skip
    def test_to_whom_it_just_does_not_fit(self, number, offer, limit):
        """An offer that excludes the number told is looked at, too; below 50 is as good as 49."""
        assert near(number, offer, ANYBODY) == (None if limit is None else (limit, [offer.name]))

    def test_not_for_an_offer_that_excludes_for_another_reason_as_well(self):
        elsewhere = an_offer(id="a", name="Woanders", max_employees=49, laender={"DE-BY"}, **GOOD)
        assert near("50", elsewhere, ANYBODY) is None

    def test_of_several_limits_the_nearest_is_told(self):
        assert near("47", an_offer(id="b", name="Bis 50", max_employees=50, **GOOD), SMALL) == (
            "bis 49",
            ["Für Kleine"],
        )

    @pytest.mark.parametrize("number", ["49", "50"])
    def test_only_for_the_first_five(self, number):
        first = tuple(an_offer(id=f"f{n}", name=f"F{n}", **GOOD) for n in range(5))
        last = an_offer(id="y", name="Später", max_employees=49)
        assert near(number, *first[:4], last) == ("bis 49", ["Später"])
        assert near(number, *first, last) is None

    def test_not_to_an_owner_alone(self):
        assert near("0", an_offer(max_employees=0)) is None
        assert near("1", an_offer(name="Bis eins", max_employees=1)) == ("bis 1", ["Bis eins"])

    def test_from_just_above_the_count_can_bring_the_offer_back(self):
        script = Script("Ja", "Nein", "48", "20, 20", "", "4")
        found = conversation((SMALL, ANYBODY), script, **{**FIRM, "employees": "50"})
        assert (found["employees"], script.asked.count(COUNT)) == ("49", 1)
        assert script.told[1].startswith("Ihre Zahl liegt nahe an einer Grenze (bis 49). Davon hängt ab: Für Kleine.")

    def test_its_result_is_kept_and_judged(self):
        script = Script("Ja", "Nein", "48", "20, 20, 40", "", "")
        found = conversation((SMALL, ANYBODY), script, **{**FIRM, "employees": "49"})
        assert found["employees"] == "50"
        assert script.told[1].startswith("Ihre Zahl liegt nahe an einer Grenze (bis 49). Davon hängt ab: Für Kleine.")
        assert script.asked.count(COUNT) == 1

    def test_it_comes_once_and_before_what_else_matters(self):
        script = Script("Nein", "Nein")
        offer = an_offer(id="a", name="A", max_employees=49, apply_before_start=True, **GOOD)
        found = conversation((offer, ANYBODY), script, **{**FIRM, "employees": "49"})
        assert (script.asked, found["employees"]) == ([COUNT, ORDERED], "49")

    def test_far_from_a_limit_it_does_not_come(self):
        script = Script()
        conversation((SMALL, ANYBODY), script, **FIRM)
        assert script.asked == []

    def test_another_number_after_going_back_is_weighed_again(self):
        offer = an_offer(id="a", name="A", max_employees=49, apply_before_start=True, **GOOD)
        without = {key: value for key, value in FIRM.items() if key != "employees"}
        script = Script("49", "Nein", "← zurück", "48", "Nein", "← zurück", "49", "Nein")
        conversation((offer, ANYBODY), script, **without)
        assert script.asked.count(COUNT) == 2


class TestEmergency:
    def test_in_an_emergency_nothing_more_is_asked(self):
        """Help comes before funding: the same offers that would be asked about are not."""
        given = {**FIRM, "needs": ("wir wurden gehackt",)}
        script = Script()
        assert conversation(ALL, script, **given) == given
