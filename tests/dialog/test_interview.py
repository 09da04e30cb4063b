"""The interview with a scripted owner: asks again, goes back, skips what is known, lets everything be changed."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from factories import TODAY

from digiwegweiser.app import Adviser
from digiwegweiser.core.reading import Reading
from digiwegweiser.dialog.interview import Interview, Wording, typed
from digiwegweiser.dialog.prompter import Choice, ChoiceGroup
from digiwegweiser.dialog.questions import BACK_WORDS, BY_KEY, QUESTIONS, UNKNOWN_WORDS, Form
from digiwegweiser.intake.firm import Answers, FirmReader
from digiwegweiser.render.wording import ATTRIBUTES, OPTIONS

WHERE, WHAT, SIZE, OWN_WORDS, HELP_WITH = (
    "Wo ist Ihr Betrieb?", "Was macht Ihr Betrieb?", "Wie viele arbeiten im Betrieb?", "Und in eigenen Worten?",
    "Wobei brauchen Sie Hilfe?",
)  # fmt: skip
WHOLE = {
    "place": "59555", "trade": "Tischlerei", "employees": "8", "needs": ("it_security",), "budget_eur": "15000",
    "ordered": "nein",
}  # fmt: skip


@cache
def adviser() -> Adviser:
    return Adviser()


class Script:
    """A prompter that gives prepared answers in turn and notes all that it is asked and told."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.told: list[str] = []
        self.choices: list[list[Choice]] = []
        self.marked: list[list[str]] = []
        self.hints: list[str] = []

    def _next(self, message: str) -> Any:
        self.asked.append(message)
        answer = self.answers.pop(0)
        if isinstance(answer, type):
            raise answer
        return answer

    def text(self, message: str, hint: str, completions: Sequence[str]) -> str:
        self.hints.append(hint)
        return self._next(message)

    def select(self, message: str, choices: Sequence[Choice]) -> str:
        """Takes the choice whose label begins with the answer, which must be one."""
        self.choices.append(list(choices))
        answer = self._next(message)
        (picked,) = [choice for choice in choices if choice.label.startswith(answer)][:1]
        return picked.value

    def many(self, message: str, groups: Sequence[ChoiceGroup], chosen: Sequence[str]) -> list[str]:
        self.marked.append(list(chosen))
        answer = self._next(message)
        known = {choice.value for group in groups for choice in group.choices}
        found = list(chosen) if answer is None else list(answer)
        assert set(found) <= known
        return found

    def tell(self, text: str) -> None:
        self.told.append(text)


def interview(script: Script, **answers: Any) -> Interview:
    explain = Wording(
        lambda key, found: f"{key}: nicht „{found.text}“", lambda key, found: f"{key}: „{found.text}“ {found.notes}"
    )
    return Interview(adviser().reader, adviser().needs, script, explain, Answers(**answers))


def ask_all(*said: Any, **given: Any) -> tuple[dict[str, Any], Script]:
    """The answers after all questions; every prepared answer must have been used."""
    script = Script(*said)
    talk = interview(script, **given)
    talk.ask_all()
    assert script.answers == []
    return dict(talk.answers.items()), script


class TestInTurn:
    def test_all_that_is_asked_is_kept_in_the_owner_s_words(self):
        found, script = ask_all("Lippstadt", "Schreinerei", "acht", ["it_security"], "")
        assert script.asked == [WHERE, WHAT, SIZE, HELP_WITH, OWN_WORDS]
        assert found == {
            "place": "Lippstadt", "trade": "Schreinerei", "employees": "acht", "needs": ("it_security",),
        }  # fmt: skip

    def test_the_way_out_is_told_before_the_first_question(self):
        _, script = ask_all("", "", "", [], "")
        assert "zurück" in script.told[0]

    @pytest.mark.parametrize("word", sorted(UNKNOWN_WORDS))
    def test_not_knowing_is_an_answer_to_every_question(self, word):
        found, _ = ask_all(word, word.upper(), f" {word} ", [], word)
        assert found == {}

    def test_zero_is_an_answer_and_not_nothing(self):
        found, _ = ask_all("", "", "0", [], "")
        assert found == {"employees": "0"}


class TestAskingAgain:
    def test_a_wrong_answer_is_explained_and_asked_again_until_it_is_right(self):
        found, script = ask_all("Hintertupfing", "Quatschtal", "Soest", "", "", [], "")
        assert found == {"place": "Soest"}
        assert script.asked.count(WHERE) == 3
        assert script.told[1:] == ["place: nicht „Hintertupfing“", "place: nicht „Quatschtal“"]

    def test_what_was_read_with_a_doubt_is_said_and_goes_on(self):
        found, script = ask_all("", "Schreinrei", "", [], "")
        assert found == {"trade": "Schreinrei"}
        assert "Schreinerei" in script.told[1]

    def test_a_sentence_without_a_need_is_asked_again_and_may_be_left_out(self):
        found, script = ask_all("", "", "", [], "Quatsch mit Soße", "")
        assert found == {}
        assert script.asked.count(OWN_WORDS) == 2

    @pytest.mark.parametrize(
        ("key", "wrong"),
        [("employees", "einige"), ("budget_eur", "viel"), ("founded", "neulich"), ("turnover_eur", "?!")],
    )
    def test_every_number_is_asked_again_after_a_word(self, key, wrong):
        script = Script(wrong, "2015")
        talk = interview(script)
        talk.ask_key(key)
        assert dict(talk.answers.items()) == {key: "2015"}
        assert script.told == [f"{key}: nicht „{wrong}“"]


class TestSeveralMeanings:
    def test_the_owner_picks_and_the_place_is_then_exact(self):
        found, script = ask_all("Neustadt", "16845 Neustadt (Dosse)", "", "", [], "")
        assert adviser().read(Answers(place=found["place"]), TODAY).firm.place.land == "DE-BB"
        assert "„Neustadt“" in script.asked[1]

    def test_none_of_them_asks_the_question_again(self):
        found, script = ask_all("Neustadt", "etwas anderes", "Soest", "", "", [], "")
        assert found == {"place": "Soest"}
        assert script.asked[:3:2] == [WHERE, WHERE]

    @pytest.mark.parametrize(
        "word", ["Neustadt", "Mühlhausen", "Frankfurt", "Landsberg", "München", "Rosenheim", "Halle"]
    )
    def test_every_offered_meaning_reads_back_to_itself(self, word):
        for candidate in adviser().reader.read("place", word).candidates:
            assert adviser().reader.read("place", typed(candidate)).value == candidate

    def test_a_meaning_is_described_with_kreis_and_land_in_words(self):
        _, script = ask_all("Neustadt", "etwas anderes", "", "", "", [], "")
        labels = [choice.label for choice in script.choices[0]]
        assert "16845 Neustadt (Dosse) (Landkreis Ostprignitz-Ruppin, Brandenburg)" in labels
        assert not [label for label in labels if "DE-" in label]
        assert len(labels) == len(set(labels))


class TestGoingBack:
    @pytest.mark.parametrize("word", sorted(BACK_WORDS))
    def test_back_asks_the_question_before_and_its_answer_is_replaced(self, word):
        found, script = ask_all("Soest", word.upper(), "Lippstadt", "Friseur", "", [], "")
        assert found == {"place": "Lippstadt", "trade": "Friseur"}
        assert script.asked[:4] == [WHERE, WHAT, WHERE, WHAT]

    def test_back_at_the_first_question_asks_it_again(self):
        found, script = ask_all("zurück", "zurück", "Soest", "", "", [], "")
        assert found == {"place": "Soest"}
        assert script.asked[:3] == [WHERE] * 3

    def test_back_from_a_list_and_several_steps(self):
        found, script = ask_all("Soest", "Friseur", "8", ["it_security"], "zurück", "zurück", "Bäcker", "9", [], "")
        assert found == {"place": "Soest", "trade": "Bäcker", "employees": "9"}
        assert script.asked[4:7] == [OWN_WORDS, SIZE, WHAT]

    def test_back_from_the_own_words_keeps_what_was_marked(self):
        _, script = ask_all("", "", "", ["it_security"], "zurück", "", None, "")
        assert script.marked == [[], ["it_security"]]

    def test_the_old_answer_is_told_and_an_empty_line_keeps_it(self):
        found, script = ask_all("Soest", "zurück", "", "Friseur", "", [], "")
        assert found == {"place": "Soest", "trade": "Friseur"}
        assert script.hints[0] == BY_KEY["place"].hint
        assert script.hints[2] == "leer = „Soest“ behalten, ? = weiß ich nicht"

    def test_a_long_old_answer_is_told_by_its_beginning_and_kept_whole(self):
        said = "Tischlerei mit eigenem Laden und Montage beim Kunden"
        found, script = ask_all("", said, "zurück", "", "", [], "")
        assert found == {"trade": said}
        assert "„Tischlerei mit eigenem Laden …“" in script.hints[3]

    def test_back_skips_what_was_given_ahead(self):
        _, script = ask_all("zurück", "Friseur", "zurück", "Tischler", "", [], "", place="Soest")
        assert WHERE not in script.asked


class TestGivenAhead:
    def test_what_is_given_is_not_asked(self):
        found, script = ask_all(**WHOLE)
        assert (found, script.asked) == (WHOLE, [])

    @pytest.mark.parametrize("key", [question.key for question in QUESTIONS if question.is_asked])
    def test_only_what_is_missing_is_asked(self, key):
        script = Script(*{"needs": ([], "")}.get(key, ("",)))
        interview(script, **{name: value for name, value in WHOLE.items() if name != key}).ask_all()
        assert script.asked[0] == BY_KEY[key].ask
        assert script.answers == []

    def test_what_was_not_understood_is_explained_and_asked(self):
        given = {**WHOLE, "place": "Hintertupfing"}
        found, script = ask_all("Soest", **given)
        assert found == {**WHOLE, "place": "Soest"}
        assert script.told[1] == "place: nicht „Hintertupfing“"

    def test_what_is_not_asked_in_turn_is_asked_when_it_was_not_understood(self):
        found, script = ask_all("800.000", **WHOLE, turnover_eur="viel")
        assert found["turnover_eur"] == "800.000"
        assert script.asked == [BY_KEY["turnover_eur"].ask]

    def test_what_can_mean_several_things_is_picked_at_once(self):
        found, script = ask_all("16845", **{**WHOLE, "place": "Neustadt"})
        assert found["place"] == "16845 Neustadt (Dosse)"
        assert WHERE not in script.asked

    def test_when_none_of_them_is_meant_it_is_asked(self):
        found, script = ask_all("etwas anderes", "Soest", **{**WHOLE, "place": "Neustadt"})
        assert found["place"] == "Soest"
        assert script.asked[1] == WHERE

    def test_of_several_needs_the_one_not_understood_is_told_and_left_out(self):
        needs = ("eine neue Webseite", "Quatsch mit Soße")
        found, script = ask_all(**{**WHOLE, "needs": needs})
        assert found["needs"] == ("eine neue Webseite",)
        assert any("Hinweis" in text and "Quatsch mit Soße" in text for text in script.told)

    def test_needs_none_of_which_is_understood_are_asked_again(self):
        found, script = ask_all(["ecommerce"], "", **{**WHOLE, "needs": ("Schnurgelbums", "Quatsch mit Soße")})
        assert found["needs"] == ("ecommerce",)
        assert script.marked == [[]]


class TestNeeds:
    def test_marked_needs_and_an_own_sentence_are_kept_together(self):
        found, _ = ask_all("", "", "", ["it_security", "e_invoicing"], "Webseite")
        assert found["needs"] == ("it_security", "e_invoicing", "Webseite")
        codes = [need.code for need in adviser().read(Answers(**found), TODAY).firm.needs]
        assert codes == ["it_security", "e_invoicing", "website_marketing"]

    def test_an_own_sentence_alone_is_enough(self):
        found, _ = ask_all("", "", "", [], "Webseite")
        assert found["needs"] == ("Webseite",)

    def test_every_need_can_be_marked_under_a_heading(self):
        seen: list[ChoiceGroup] = []

        class Looking(Script):
            def many(self, message: str, groups: Sequence[ChoiceGroup], chosen: Sequence[str]) -> list[str]:
                seen.extend(groups)
                return super().many(message, groups, chosen)

        script = Looking([], "")
        interview(script).ask_key("needs")
        shown = [choice for group in seen for choice in group.choices]
        assert [choice.value for choice in shown] == [need.code for need in adviser().needs.needs]
        assert all(choice.label for choice in shown)

    def test_a_list_line_fits_a_terminal(self):
        assert max(len(need.question) for need in adviser().needs.needs) <= 74


class TestReview:
    @staticmethod
    def lines(answers: Answers) -> list[tuple[str, str]]:
        given = dict(answers.items())
        return [(question.key, f"{question.key}={given.get(question.key)}") for question in QUESTIONS]

    def review(self, *said: Any, **given: Any) -> tuple[dict[str, Any], Script]:
        script = Script(*said)
        talk = interview(script, **given)
        talk.review(self.lines)
        assert script.answers == []
        return dict(talk.answers.items()), script

    def test_contentment_ends_it_and_changes_nothing(self):
        assert self.review("Ja", **WHOLE)[0] == WHOLE

    @pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.key)
    def test_any_answer_can_be_changed_also_those_that_are_not_asked_in_turn(self, question):
        said = {Form.YES_NO: ["Ja"], Form.NEEDS: [["e_invoicing"], ""]}.get(question.form)
        new = {"place": "Dresden", "trade": "Friseur"}.get(question.key, "2011")
        found, script = self.review(f"ändern: {question.key}", *(said or [new]), "Ja", **WHOLE)
        kept = {Form.YES_NO: "ja", Form.NEEDS: ("e_invoicing",)}.get(question.form, new)
        assert found == {**WHOLE, question.key: kept}
        assert f"ändern: {question.key}={kept}" in [choice.label for choice in script.choices[-1]]

    @pytest.mark.parametrize("key", list(WHOLE))
    def test_going_back_leaves_the_answer_as_it_was(self, key):
        said = {"ordered": ["←"], "needs": [[], "zurück"]}.get(key, ["zurück"])
        assert self.review(f"ändern: {key}", *said, "Ja", **WHOLE)[0] == WHOLE

    def test_an_answer_can_be_taken_back(self):
        found, _ = self.review("ändern: place", "?", "ändern: ordered", "Weiß", "Ja", **WHOLE)
        assert found == {key: value for key, value in WHOLE.items() if key not in ("place", "ordered")}

    def test_an_empty_line_keeps_the_answer_there_is(self):
        assert self.review("ändern: place", "", "ändern: budget_eur", "  ", "Ja", **WHOLE)[0] == WHOLE

    def test_needs_said_in_own_words_come_back_as_marks(self):
        found, script = self.review("ändern: needs", None, "", "Ja", needs=("eine neue Webseite",))
        assert script.marked == [["website_marketing"]]
        assert found == {"needs": ("website_marketing",)}


class TestStopping:
    @pytest.mark.parametrize("stop", [KeyboardInterrupt, EOFError])
    def test_the_answers_so_far_survive(self, stop):
        script = Script("Soest", "Friseur", stop)
        talk = interview(script)
        with pytest.raises(stop):
            talk.ask_all()
        assert dict(talk.answers.items()) == {"place": "Soest", "trade": "Friseur"}


def test_every_attribute_has_a_question_and_a_reader():
    keys = [question.key for question in QUESTIONS]
    assert keys == list(dict.fromkeys(keys))
    assert set(keys) == set(ATTRIBUTES) == set(OPTIONS)
    reader: FirmReader = adviser().reader
    assert all(isinstance(reader.read(key, "x"), Reading) for key in keys)


def test_questions_with_their_hints_fit_a_line():
    assert max(len(f"? {question.ask} ({question.hint})") for question in QUESTIONS) <= 112
