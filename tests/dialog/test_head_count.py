"""The calculator for the head count: its steps, its sum, and the ways out of it that leave the number."""

from typing import Any

import pytest
from dialog.test_interview import Script, adviser
from hypothesis import given
from hypothesis import strategies as st

from digiwegweiser.dialog.head_count import Calculator, plain, read_hours

OFFER, OWNER, FULL_TIME, PART_TIME, WEEK, APPRENTICES = (
    "Genau nachrechnen?", "Arbeiten Sie als Inhaber/in mit? (zählt mit)", "Wie viele arbeiten in Vollzeit?",
    "Wochenstunden der Teilzeitkräfte?", "Wie viele Stunden hat bei Ihnen eine volle Woche?",
    "Wie viele Auszubildende haben Sie?",
)  # fmt: skip


def count(*said: Any) -> tuple[str | None, Script]:
    """What the calculator hands back; every prepared answer must have been used."""
    script = Script(*said)
    found = Calculator(script).offer("bis 49", "A und B", "50")
    assert script.answers == []
    return found, script


class TestCounting:
    def test_all_is_asked_in_turn_and_the_sum_is_told_with_its_reason(self):
        found, script = count("Ja", "Ja", "45", "20, 20, 30", "", "4")
        assert found == "47,75"
        assert script.asked == [OFFER, OWNER, FULL_TIME, PART_TIME, WEEK, APPRENTICES]
        assert script.told[0].startswith("Ihre Zahl liegt nahe an einer Grenze (bis 49). Davon hängt ab: A und B.")
        assert script.told[1].startswith(
            "Nach der EU-Definition sind es 47,75: 45 in Vollzeit + 1,75 aus Teilzeit (70 Stunden geteilt durch 40) "
            "+ 1 für Sie selbst. "
        )
        for words in ("Teilzeit zählt anteilig", "Inhaber zählen mit", "Auszubildende zählen nicht", "2003/361/EG"):
            assert words in script.told[1]
        assert script.told[1].endswith("Damit rechne ich weiter, statt mit Ihrer Angabe 50.")

    @pytest.mark.parametrize(
        ("said", "heads"),
        [
            (("Nein", "48", "", ""), "48"),
            (("Ja", "48", "", "12"), "49"),
            (("Nein", "48", "keine", "keine"), "48"),
            (("Nein", "0", "19", "38", ""), "0,5"),
            (("Nein", "1", "45", "40", ""), "2"),
            (("Ja", "0", "", ""), "1"),
        ],
    )
    def test_the_sum(self, said, heads):
        assert count("Ja", *said)[0] == heads

    def test_without_part_timers_the_full_week_is_not_asked(self):
        assert WEEK not in count("Ja", "Nein", "48", "", "")[1].asked

    def test_what_is_not_understood_is_asked_again(self):
        found, script = count("Ja", "Nein", "viele", "20,30", "48", "halbtags", "20", "0", "40", "welche", "ein")
        assert found == "48,5"
        assert [script.asked.count(ask) for ask in (FULL_TIME, PART_TIME, WEEK, APPRENTICES)] == [3, 2, 2, 2]
        assert script.told[1] == "Das verstehe ich nicht. Gebraucht wird: eine ganze Zahl ab 0."

    @given(st.floats(0, 10**6))
    def test_a_result_reads_back_to_itself(self, heads):
        told = plain(heads)
        assert adviser().reader.read("employees", told).value == pytest.approx(round(heads, 2))
        assert "." not in told


class TestTheNumberStays:
    @pytest.mark.parametrize("said", ["Nein", "Weiß ich nicht", "← zurück"])
    def test_when_the_offer_is_not_taken(self, said):
        found, script = count(said)
        assert (found, script.asked) == (None, [OFFER])

    @pytest.mark.parametrize(
        "said",
        [
            ("← zurück",), ("Weiß ich nicht",), ("Ja", ""), ("Ja", "weiß nicht"), ("Ja", "48", "?"),
            ("Ja", "48", "20", "keine Ahnung"), ("Ja", "48", "", "weiß ich nicht"), ("Ja", "zurück", "← zurück"),
        ],
    )  # fmt: skip
    def test_when_a_number_is_not_known_or_the_owner_goes_back_to_the_start(self, said):
        found, script = count("Ja", *said)
        assert found is None
        assert script.told[-1] == "Dann bleibt es bei Ihrer Angabe: 50."

    def test_back_asks_the_step_before(self):
        found, script = count("Ja", "Nein", "zurück", "Ja", "40", "20", "zurück", "zurück", "41", "", "zurück", "", "")
        assert found == "42"
        assert script.asked == [
            OFFER, OWNER, FULL_TIME, OWNER, FULL_TIME, PART_TIME, WEEK, PART_TIME, FULL_TIME, PART_TIME, APPRENTICES,
            PART_TIME, APPRENTICES,
        ]  # fmt: skip


class TestHours:
    @pytest.mark.parametrize(
        ("said", "hours"),
        [
            ("20", (20,)), ("20, 20, 30", (20, 20, 30)), ("20,20,30", (20, 20, 30)), ("20,30", (20, 30)),
            ("20 20 30", (20, 20, 30)), ("20 und 30", (20, 30)), ("20; 19,25", (20, 19.25)), ("19,5", (19.5,)),
            ("19,5, 20", (19.5, 20)), ("19.5", (19.5,)), ("2 x 30", (30, 30)), ("2x30, 15", (30, 30, 15)),
            ("3 mal 20", (20, 20, 20)), ("20 Std., 30h", (20, 30)), ("0", ()), ("keine", ()), ("20, 0", (20,)),
        ],
    )  # fmt: skip
    def test_lists_as_owners_write_them(self, said, hours):
        assert read_hours(said) == hours

    @pytest.mark.parametrize("said", ["viel", "-5", "20, viel", "200", "2000 x 20", "x", ",", "²", "1e3", "20 % 30"])
    def test_anything_else_is_no_list_of_hours(self, said):
        assert read_hours(said) is None

    @given(st.text(max_size=30) | st.text("0123456789x,;. ", max_size=30))
    def test_no_text_ends_in_an_error(self, said):
        hours = read_hours(said)
        assert hours is None or all(0 < each <= 168 for each in hours)
