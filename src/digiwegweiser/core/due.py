"""What the keepers of the catalogue must look at by a day: ends, starts, and entries checked too long ago."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import State, Status

#: Budgets, calls and guidelines mostly follow the calendar year: each entry is looked at once in each half of it.
RECHECK_DAYS = 180
#: Where the sources left something open (unverified, paused, announced without a day) the answer may come any month:
#: as long as the warning that an offer ends.
RECHECK_OPEN_DAYS = 90


class Matter(StrEnum):
    """Why an entry is due."""

    ENDS = "ends"
    """Its last day."""
    STARTS = "starts"
    """Its announced first day."""
    RECHECK = "recheck"
    """Its last check is then too long ago."""


class Due(NamedTuple):
    """One entry and the day on which it must be looked at."""

    day: date
    matter: Matter
    offer: Offer

    def is_overdue(self, as_of: date) -> bool:
        """Whether the day has passed without anybody having touched the entry."""
        return self.day < as_of


def due_by(offers: Iterable[Offer], last: date) -> tuple[Due, ...]:
    """All that falls due up to and including the last day, by day and id.

    What has happened before the entry was last checked is known to it and left out.
    """
    found = (due for offer in offers for due in _dues(offer) if due.day <= last)
    return tuple(sorted(found, key=lambda due: (due.day, due.matter, due.offer.id)))


def _dues(offer: Offer) -> Iterator[Due]:
    if offer.status is Status.ENDED:
        return
    if offer.valid_until is not None and offer.valid_until >= offer.checked_on:
        yield Due(offer.valid_until, Matter.ENDS, offer)
    if offer.valid_from is not None and offer.valid_from > offer.checked_on:
        yield Due(offer.valid_from, Matter.STARTS, offer)
    again = later(offer.checked_on, recheck_days(offer))
    # What ends before that is looked at when it ends.
    if offer.state_on(again) is not State.ENDED:
        yield Due(again, Matter.RECHECK, offer)


def recheck_days(offer: Offer) -> int:
    """How many days after its last check an entry is to be checked again."""
    is_settled = offer.status is Status.ACTIVE or (offer.status is Status.ANNOUNCED and offer.valid_from is not None)
    return RECHECK_DAYS if is_settled else RECHECK_OPEN_DAYS


def later(day: date, days: int) -> date:
    """The day that many days later; the calendar's last where it ends before."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
