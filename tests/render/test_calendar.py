"""The calendar file as another program reads it."""

from datetime import date

from factories import TODAY, an_offer
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from digiwegweiser.core.due import due_by
from digiwegweiser.render.calendar import due_calendar

#: RFC 5545, 3.1: no line longer than this, without its end.
LONGEST_LINE_OCTETS = 75
LAST = date(2027, 12, 31)


def written(*offers, as_of=TODAY):
    """The file's text and its events."""
    text = due_calendar(due_by(offers, LAST), as_of)
    return text, Calendar.from_ical(text).walk("VEVENT")


def test_an_end_is_a_day_in_the_calendar():
    _, events = written(an_offer(id="x", name="Hilfe, schnell; gut", valid_until=date(2026, 12, 31)))
    assert [event.decoded("DTSTART") for event in events] == [date(2026, 12, 31)]
    assert str(events[0]["SUMMARY"]) == "endet: Hilfe, schnell; gut (x)"
    assert str(events[0]["UID"]) == "ends-x@digiwegweiser"
    assert "https://example.org" in str(events[0]["DESCRIPTION"]).splitlines()


def test_the_checks_of_a_day_are_one_event():
    _, events = written(an_offer(id="x"), an_offer(id="y"), an_offer(id="z", status="unverified"))
    assert [str(event["DESCRIPTION"]).split() for event in events] == [["z"], ["x", "y"]]


def test_an_end_that_moves_keeps_its_uid_and_two_offers_never_share_one():
    _, before = written(an_offer(id="x", valid_until=date(2026, 12, 31)), an_offer(id="y", valid_until=TODAY))
    _, after = written(an_offer(id="x", valid_until=date(2027, 3, 31)), an_offer(id="y", valid_until=TODAY))
    ends = {str(event["UID"]) for event in before}
    assert len(ends) == 2
    assert ends == {str(event["UID"]) for event in after if "ends" in event["UID"]}


def test_a_calendar_without_events_is_a_calendar():
    text, events = written()
    assert events == []
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")


def test_the_same_day_writes_the_same_file():
    offer = an_offer(valid_until=date(2026, 12, 31))
    assert written(offer)[0] == written(offer)[0]
    assert "DTSTAMP:20261122T000000Z" in written(offer)[0]


def test_years_before_1000_keep_their_zeros():
    text, _ = written(an_offer(valid_until=date(2026, 12, 31)), as_of=date(800, 1, 2))
    assert "DTSTAMP:08000102T000000Z\r\n" in text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=200))
def test_any_name_comes_back_and_no_line_is_too_long(name):
    name = f"A{name}Z"
    text, events = written(an_offer(name=name, valid_until=date(2026, 12, 31)))
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= LONGEST_LINE_OCTETS
    assert not any("\n" in line or "\r" in line for line in lines)
    shown = "".join(
        " " if c in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069" else c for c in name
    )
    assert f"endet: {shown} (an-offer)" == str(events[0]["SUMMARY"])
