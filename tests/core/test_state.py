"""What holds for an offer on a day (`Offer.state_on`) and what the rule "date" makes of it."""

from datetime import date, timedelta

import pytest
from factories import MET, NOT_MET, TODAY, UNKNOWN, an_offer, judge

from digiwegweiser.core.vocabulary import State, Status

DAY = timedelta(days=1)
FIRST, LAST, CHECKED = date(2026, 1, 1), date(2026, 12, 31), date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (FIRST - DAY, State.NOT_YET),
        (FIRST, State.OPEN),
        (LAST, State.OPEN),
        (LAST + DAY, State.ENDED),
    ],
)
def test_first_and_last_day_both_count(day: date, state: State) -> None:
    """An active offer is open from its first to its last day, both included, and on no day outside."""
    assert an_offer(valid_from=FIRST, valid_until=LAST, checked_on=FIRST).state_on(day) is state


def test_one_single_day_is_open() -> None:
    """An offer whose first day is its last is open on that day only."""
    offer = an_offer(valid_from=FIRST, valid_until=FIRST, checked_on=FIRST)
    states = [offer.state_on(FIRST + n * DAY) for n in (-1, 0, 1)]
    assert states == [State.NOT_YET, State.OPEN, State.ENDED]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("active", State.OPEN),
        ("paused", State.PAUSED),
        ("ended", State.ENDED),
        ("announced", State.NOT_YET),
        ("unverified", State.UNVERIFIED),
    ],
)
def test_without_dates_the_status_decides_from_the_day_of_the_check(status: str, state: State) -> None:
    """From `checked_on` the status counts; one day earlier it says nothing, whatever it is."""
    offer = an_offer(status=status, checked_on=CHECKED)
    assert offer.state_on(CHECKED) is state
    assert offer.state_on(CHECKED + DAY) is state
    assert offer.state_on(CHECKED - DAY) is State.UNVERIFIED


@pytest.mark.parametrize("status", list(Status))
def test_before_the_check_only_the_dates_decide(status: Status) -> None:
    """Before `checked_on` an offer with both dates was open between them, even if it is over or paused now."""
    offer = an_offer(status=status, valid_from=FIRST, valid_until=CHECKED - 2 * DAY, checked_on=CHECKED)
    states = [offer.state_on(day) for day in (FIRST - DAY, FIRST, CHECKED - 2 * DAY, CHECKED - DAY)]
    assert states == [State.NOT_YET, State.OPEN, State.OPEN, State.ENDED]


@pytest.mark.parametrize("known", [{"valid_from": FIRST}, {"valid_until": LAST}])
def test_before_the_check_a_missing_date_leaves_that_side_open(known: dict[str, date]) -> None:
    """With one date only, a past day inside is unverified; the known side still decides."""
    offer = an_offer(checked_on=CHECKED, **known)
    assert offer.state_on(CHECKED - DAY) is State.UNVERIFIED
    assert offer.state_on(FIRST - DAY) is (State.NOT_YET if "valid_from" in known else State.UNVERIFIED)
    assert offer.state_on(LAST + DAY) is (State.ENDED if "valid_until" in known else State.OPEN)


@pytest.mark.parametrize("status", list(Status))
def test_a_passed_last_day_ends_whatever_the_status_says(status: Status) -> None:
    """Dates come before the status: after the last day everything is ended, before the first nothing is open."""
    offer = an_offer(status=status, valid_from=FIRST, valid_until=LAST, checked_on=FIRST - 9 * DAY)
    assert offer.state_on(LAST + DAY) is State.ENDED
    assert offer.state_on(FIRST - DAY) is State.NOT_YET


@pytest.mark.parametrize("status", ["ended", "paused", "unverified"])
def test_a_future_last_day_does_not_revive(status: str) -> None:
    """An offer found ended, paused or unverified stays so on the last day that its page still promises."""
    assert an_offer(status=status, valid_until=LAST, checked_on=CHECKED).state_on(LAST).value == status


def test_announced_waits_for_its_first_day_and_then_needs_checking() -> None:
    """An announced offer is not open before its start, and on the day of its start nobody has seen it open yet."""
    offer = an_offer(status="announced", valid_from=CHECKED + 9 * DAY, checked_on=CHECKED)
    assert offer.state_on(CHECKED + 8 * DAY) is State.NOT_YET
    assert offer.state_on(CHECKED + 9 * DAY) is State.UNVERIFIED


def test_announced_without_a_first_day_is_never_open() -> None:
    """Without a date an announcement stays one."""
    assert an_offer(status="announced", checked_on=CHECKED).state_on(date(2031, 1, 1)) is State.NOT_YET


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, MET),
        ({"status": "unverified"}, UNKNOWN),
        ({"status": "paused"}, NOT_MET),
        ({"status": "ended"}, NOT_MET),
        ({"status": "announced"}, NOT_MET),
        ({"valid_until": TODAY}, MET),
        ({"valid_until": TODAY - DAY}, NOT_MET),
        ({"valid_from": TODAY}, MET),
        ({"valid_from": TODAY + DAY}, NOT_MET),
    ],
)
def test_rule_date_meets_only_what_is_open_on_the_day(changes: dict[str, object], verdict: str) -> None:
    """Open is met, unverified is unknown, and everything else is not met."""
    offer = an_offer(**changes)
    found = judge("date", None, offer)
    assert found.verdict is verdict
    assert found.limit == (offer.valid_from, offer.valid_until)
    assert found.case == offer.state_on(TODAY).value
