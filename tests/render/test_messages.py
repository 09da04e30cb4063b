"""Every fault and every remark has a German wording of its own, with file, line and what to do."""

import re

import pytest
from cli.console import english_in

from digiwegweiser.core.fault import Fault, FaultCode, Severity
from digiwegweiser.core.firm import Place
from digiwegweiser.core.reading import Note, Reading, Remark
from digiwegweiser.render.faults import fault_text, faults_text, repair_text
from digiwegweiser.render.messages import (
    CANDIDATES_SHOWN,
    problem_text,
    remark_text,
    shorten,
    system_text,
)
from digiwegweiser.render.wording import ATTRIBUTES, OPTIONS

GERMAN = re.compile(
    r"\b(ist|wird|sieht|sind|nicht|kein|keine|zu|steht|gibt|fehlt|hat|enthält|liegt|muss|nur|führt|zweimal|tief|je)\b"
)


@pytest.mark.parametrize("code", FaultCode)
def test_every_fault_has_a_german_wording_with_its_place(code):
    fault = Fault(code, "eigenes.yaml", 17, "mein-eintrag", "kind", "zuschus", ("grant", "loan"))
    text = fault_text(fault)
    assert text.startswith("eigenes.yaml, Zeile 17, Eintrag mein-eintrag: ")
    assert text.count("grant, loan") == 1
    what = text.removeprefix("eigenes.yaml, Zeile 17, Eintrag mein-eintrag: ").removesuffix(" Möglich: grant, loan.")
    assert GERMAN.search(what)
    # Quoted words and words with an underscore are keys and values of the file.
    assert english_in(re.sub(r"„[^“]*“|\w+_\w+|status: \w+|true|false|active", "", what)) == []
    assert "{" not in what
    assert what.endswith(".")


#: What the values that could stand there say already, and a file that is not there.
SAID_BY_THE_VALUES = {
    FaultCode.FILE_MISSING, FaultCode.UNKNOWN_KEY, FaultCode.MISSING_KEY, FaultCode.WRONG_SHAPE, FaultCode.EMPTY,
    FaultCode.NOT_A_NUMBER, FaultCode.OUT_OF_RANGE, FaultCode.NOT_A_DATE, FaultCode.NOT_A_BOOLEAN,
    FaultCode.NOT_IN_LIST, FaultCode.BAD_FORM, FaultCode.DATES_OUT_OF_ORDER, FaultCode.LIMITS_OUT_OF_ORDER,
}  # fmt: skip


@pytest.mark.parametrize("code", FaultCode)
def test_a_fault_says_what_to_do_even_where_no_other_value_is_near(code):
    assert bool(repair_text(Fault(code, "x.yaml"))) == (code not in SAID_BY_THE_VALUES)


def test_a_list_of_what_could_stand_there_is_whole_or_says_that_it_is_not():
    words = tuple(f"wort{n}" for n in range(16))
    assert repair_text(Fault(FaultCode.NOT_IN_LIST, "x", instead=words[:15])).endswith(" wort14.")
    assert repair_text(Fault(FaultCode.NOT_IN_LIST, "x", instead=words)).endswith(" wort14, ….")


def test_no_two_faults_read_alike():
    texts = [fault_text(Fault(code, "x", key="k", value="v")) for code in FaultCode]
    # UNKNOWN_AGS and UNKNOWN_KEY speak of keys of two kinds.
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("code", FaultCode)
def test_a_fault_without_any_detail_can_be_told(code):
    assert fault_text(Fault(code, "eigenes.yaml")).startswith("eigenes.yaml: ")


@pytest.mark.parametrize("code", FaultCode)
def test_a_fault_is_short_and_steers_nothing_whatever_stands_in_the_file(code):
    text = fault_text(Fault(code, "x.yaml", 1, "\x1b[31m" * 500, "{0}\x07" * 500, "{value}\x9b" * 500, ("\x1b" * 500,)))
    assert len(text) < 550
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", text)


def test_a_warning_says_that_it_is_one_and_an_error_does_not():
    warning, error = (fault_text(Fault(FaultCode.EMPTY, "x", severity=severity)) for severity in
                      (Severity.WARNING, Severity.ERROR))  # fmt: skip
    assert "Hinweis: " in warning
    assert "Hinweis: " not in error


def test_faults_stand_a_line_each():
    assert faults_text([Fault(FaultCode.ALIAS, "a"), Fault(FaultCode.TAG, "b")]).count("\n") == 1


@pytest.mark.parametrize("remark", Remark)
@pytest.mark.parametrize("key", ["place", "trade"])
def test_every_remark_has_a_german_wording_that_names_what_was_said_and_taken(remark, key):
    text = remark_text(key, Reading("gesagt", "x", notes=(Note(remark, "gemeint"),)))
    assert text.startswith(f"{ATTRIBUTES[key]}: ")
    assert "gesagt" in text
    assert "gemeint" in text
    assert english_in(text) == []


@pytest.mark.parametrize("remark", Remark)
def test_a_remark_on_a_long_text_stays_short(remark):
    assert len(remark_text("place", Reading("x" * 5000, "x", notes=(Note(remark, "gemeint"),)))) < 250


@pytest.mark.parametrize("key", OPTIONS)
def test_what_is_not_understood_is_quoted_with_the_option_or_all_needs(key):
    text = problem_text(key, Reading("Quatsch"), {"it_security": "IT-Sicherheit"})
    assert text.startswith(ATTRIBUTES[key])
    assert "„Quatsch“" in text
    assert ("it_security" in text) == (key == "needs")
    assert (OPTIONS[key] in text) == (key != "needs")
    assert english_in(text) == []


def test_of_several_needs_the_one_left_out_is_told_with_what_is_alike():
    text = remark_text("needs", Reading("Kybersicherheit", suggestions=("IT-Sicherheit",)))
    assert text.startswith("Bedarf: In „Kybersicherheit“ finde ich keinen Bedarf")
    assert text.endswith("und lasse es weg. Meinten Sie „IT-Sicherheit“?")
    assert "Meinten" not in remark_text("needs", Reading("Schnurgelbums"))


def test_a_list_of_known_needs_is_announced_only_where_it_stands():
    assert problem_text("needs", Reading("Quatsch"), {"it_security": "IT-Sicherheit"}).count("Bekannt sind:") == 1
    assert "Bekannt sind" not in problem_text("needs", Reading("Quatsch"), {})


def test_what_is_only_refused_asks_for_what_is_needed_where_nothing_else_was_said():
    refused = Reading("Kein Onlineshop", notes=(Note(Remark.REFUSED, "Onlineshop"),))
    assert problem_text("needs", refused, {}).endswith("Schreiben Sie, was Sie brauchen.")
    assert "Schreiben Sie" not in remark_text("needs", refused)


def test_in_a_conversation_no_option_is_named():
    assert "--" not in problem_text("place", Reading("Quatsch"), {}, with_option=False)


def test_what_is_alike_is_offered():
    text = problem_text("place", Reading("Lipstatt", suggestions=("Lippstadt", "Lippetal")), {})
    assert "Meinten Sie „Lippstadt“ oder „Lippetal“?" in text


def test_of_many_meanings_the_first_are_listed_and_the_others_counted():
    places = tuple(Place(f"Neustadt {i}", "DE-SN", plz=f"0{i:04}") for i in range(CANDIDATES_SHOWN + 3))
    text = problem_text("place", Reading("Neustadt", candidates=places), {})
    assert text.count("--ort") == CANDIDATES_SHOWN
    assert "… und 3 weitere" in text
    few = problem_text("place", Reading("Neustadt", candidates=places[:2]), {})
    assert "weitere" not in few


def test_reasons_of_the_system_are_german_known_or_not():
    assert system_text("No such file or directory") == "nicht gefunden"
    assert system_text("Permission denied") == "die Berechtigung fehlt"
    for reason in ("Something new", None):
        assert system_text(reason) == "das System lässt es nicht zu"


def test_shortened_text_keeps_what_fits_and_marks_what_was_cut():
    assert shorten("kurz") == "kurz"
    assert shorten("x" * 60) == "x" * 60
    assert shorten("x" * 61) == "x" * 59 + "…"
    assert shorten("a\x1bb\nc") == "a b c"
