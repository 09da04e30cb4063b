"""`katalog faellig`: what is due, in three forms."""

from datetime import date

import pytest
from cli.console import TODAY, an_entry, call, english_in, own_catalogue
from icalendar import Calendar

DUE = ("katalog", "faellig", "--stichtag", TODAY)

pytestmark = pytest.mark.usefixtures("small_data")


@pytest.fixture
def own(tmp_path):
    """A file of the user's own with an end, a start and an open question."""
    return own_catalogue(
        tmp_path / "eigene.yaml",
        an_entry(id="endet", valid_until="2026-12-31"),
        an_entry(id="startet", status="announced", valid_from="2027-01-01"),
        an_entry(id="offen", status="unverified"),
    )


def test_the_page_names_ends_starts_and_checks_in_german(own):
    found = call(*DUE, "--katalog", own)
    assert (found.code, found.err) == (0, "")
    lines = [line.strip() for line in found.out.splitlines()]
    assert "- 31.12.2026: endet: Eigener Eintrag (endet)" in lines
    assert "- 01.01.2027: beginnt: Eigener Eintrag (startet)" in lines
    assert "- 20.02.2027: wieder zu prüfen, 1 Eintrag: offen" in lines
    assert english_in(found.out) == []


def test_the_days_ahead_are_counted_inclusively(own):
    assert "(endet)" in call(*DUE, "--katalog", own, "--tage", "39").out
    assert "(endet)" not in call(*DUE, "--katalog", own, "--tage", "38").out
    assert "Nichts" in call(*DUE, "--katalog", own, "--tage", "0").out


def test_what_nobody_looked_at_is_overdue(own):
    found = call("katalog", "faellig", "--stichtag", "2027-01-02", "--katalog", own)
    assert "Überfällig" in found.out
    assert "hat geendet" in found.out
    assert "sollte begonnen haben" in found.out


def test_json_carries_all_of_it(own):
    view = call(*DUE, "--katalog", own, "--format", "json").json
    assert [(due["id"], due["matter"], due["day"]) for due in view["due"]] == [
        ("endet", "ends", "2026-12-31"),
        ("startet", "starts", "2027-01-01"),
        ("offen", "recheck", "2027-02-20"),
    ]


def test_the_calendar_goes_into_a_file_with_its_line_ends(own, tmp_path):
    path = tmp_path / "faellig.ics"
    found = call(*DUE, "--katalog", own, "--format", "ics", "--ausgabe", str(path))
    assert (found.code, found.out) == (0, "")
    assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n")
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert [event.decoded("DTSTART") for event in events] == [date(2026, 12, 31), date(2027, 1, 1), date(2027, 2, 20)]


@pytest.mark.parametrize("days", ["-1", "x", "3651", "9" * 30, ""])
def test_a_number_of_days_that_is_none_is_a_wrong_call(days):
    found = call(*DUE, "--tage", days)
    assert found.code == 2
    assert "0 bis 3650" in found.err


def test_the_end_of_time_is_a_day_like_any_other(own):
    assert call("katalog", "faellig", "--stichtag", "9999-12-31", "--katalog", own).code == 0


def test_an_unknown_form_is_a_wrong_call():
    assert call(*DUE, "--format", "csv").code == 2
