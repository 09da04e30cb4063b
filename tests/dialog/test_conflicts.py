"""Contradictions in a conversation: the impossible is asked again, the odd is told once."""

from dialog.test_interview import Script
from dialog.test_session import KNOWN, session

BALANCE = {"balance_eur": "300.000", "founded": "2015"}
SHOW, END = "Ja, Wegweiser", "Ende"


def test_a_year_to_come_is_asked_again():
    script = Script("2014", SHOW, END)
    talk = session(script, **{**KNOWN, **BALANCE, "founded": "2031"})
    talk.run(None)
    assert any(text.startswith("Gründung: 2031 liegt nach dem Stichtag (2026).") for text in script.told)
    assert talk.interview.answers.founded == "2014"


def test_who_stays_with_what_cannot_be_goes_on_without_it():
    script = Script("2031", SHOW, END)
    talk = session(script, **{**KNOWN, **BALANCE, "founded": "2031"})
    talk.run(None)
    assert "Gründungsjahr: Das lasse ich weg." in script.told
    assert talk.interview.answers.founded is None


def test_what_is_odd_is_told_once_and_kept():
    script = Script(SHOW, "Angaben ändern", SHOW, END)
    talk = session(script, **{**KNOWN, **BALANCE, "balance_eur": "1 Mrd"})
    talk.run(None)
    assert len([text for text in script.told if "passt das zusammen?" in text]) == 1
    assert talk.interview.answers.balance_eur == "1 Mrd"


def test_an_ordinary_firm_hears_nothing_of_it():
    script = Script(SHOW, END)
    session(script, **{**KNOWN, **BALANCE}).run(None)
    assert not any("passt das zusammen" in text or "Stichtag" in text for text in script.told)
