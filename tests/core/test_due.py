"""What falls due: on the day, not the day before, and not what the last check has seen already."""

from datetime import date, timedelta

import pytest
from factories import TODAY, an_offer

from digiwegweiser.core.due import RECHECK_DAYS, RECHECK_OPEN_DAYS, Matter, due_by, later


def matters(*offers, last=date(2027, 2, 19)):
    """Kind and day of all that is due, without the checks unless they are all there is."""
    return [(due.matter, due.day) for due in due_by(offers, last)]


def test_an_end_is_due_when_its_day_comes_within_the_days_and_not_a_day_later():
    offer = an_offer(valid_until=date(2026, 12, 31))
    assert matters(offer, last=date(2026, 12, 31)) == [(Matter.ENDS, date(2026, 12, 31))]
    assert matters(offer, last=date(2026, 12, 30)) == []


def test_an_end_without_a_day_is_never_due():
    assert matters(an_offer(valid_until=None)) == []


def test_an_end_that_nobody_has_looked_at_since_stays_due():
    offer = an_offer(valid_until=date(2026, 12, 31), checked_on=date(2026, 10, 1))
    assert due_by([offer], date(2027, 3, 1))[0].is_overdue(date(2027, 1, 1))
    assert not due_by([offer], date(2027, 3, 1))[0].is_overdue(date(2026, 12, 31))


@pytest.mark.parametrize(
    "known", [{"status": "ended", "valid_until": date(2026, 12, 31)}, {"valid_until": TODAY - timedelta(days=1)}]
)
def test_an_end_that_the_last_check_knew_of_is_not_due(known):
    assert matters(an_offer(**known), last=date(2030, 1, 1)) == []


def test_an_end_on_the_day_of_the_check_is_still_due():
    assert matters(an_offer(valid_until=TODAY)) == [(Matter.ENDS, TODAY)]


def test_an_announced_start_is_due_and_one_before_the_check_is_not():
    start = date(2027, 1, 1)
    announced = an_offer(status="announced", valid_from=start)
    assert matters(announced) == [(Matter.STARTS, start)]
    assert matters(announced._replace(checked_on=start)) == []


@pytest.mark.parametrize(
    ("known", "days"),
    [
        ({"status": "active"}, RECHECK_DAYS),
        ({"status": "unverified"}, RECHECK_OPEN_DAYS),
        ({"status": "paused"}, RECHECK_OPEN_DAYS),
        ({"status": "announced"}, RECHECK_OPEN_DAYS),
        ({"status": "announced", "valid_from": TODAY}, RECHECK_DAYS),
    ],
)
def test_a_check_is_due_the_sooner_the_more_was_left_open(known, days):
    offer, due = an_offer(**known), TODAY + timedelta(days=days)
    assert matters(offer, last=due) == [(Matter.RECHECK, due)]
    assert matters(offer, last=due - timedelta(days=1)) == []


def test_what_ends_before_the_next_check_is_looked_at_when_it_ends():
    offer = an_offer(valid_until=TODAY + timedelta(days=RECHECK_DAYS - 1))
    assert [matter for matter, _ in matters(offer, last=date(2030, 1, 1))] == [Matter.ENDS]
    longer = offer._replace(valid_until=TODAY + timedelta(days=RECHECK_DAYS))
    assert sorted(matter for matter, _ in matters(longer, last=date(2030, 1, 1))) == [Matter.ENDS, Matter.RECHECK]


def test_the_order_is_by_day_then_id_whatever_the_order_of_the_file():
    ends = [("b", date(2026, 12, 31)), ("a", date(2026, 12, 31)), ("c", date(2026, 12, 1))]
    offers = [an_offer(id=name, valid_until=last) for name, last in ends]
    assert [due.offer.id for due in due_by(offers, date(2027, 1, 1))] == ["c", "a", "b"]
    assert due_by(offers, date(2027, 1, 1)) == due_by(offers[::-1], date(2027, 1, 1))


def test_the_calendar_ends_before_the_days_do():
    assert later(date(2026, 12, 31), 1) == date(2027, 1, 1)
    assert later(date.max, 90) == date.max
