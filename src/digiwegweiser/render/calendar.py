"""What falls due in the catalogue, as an iCalendar file (RFC 5545); the only file that uses icalendar."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from itertools import groupby

from icalendar import Calendar, Event

from digiwegweiser.core.due import Due, Matter
from digiwegweiser.render.due import matter_text
from digiwegweiser.render.plain import printable
from digiwegweiser.render.wording import day


def due_calendar(dues: Iterable[Due], as_of: date) -> str:
    """One whole-day event for each end and start, and one a day for all entries to be checked again."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//digiwegweiser//Katalog//DE")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", "Katalog digiwegweiser")
    for (when, matter), group in groupby(dues, lambda due: (due.day, due.matter)):
        if matter is Matter.RECHECK:
            calendar.add_component(_checks(when, [due.offer.id for due in group], as_of))
        else:
            for due in group:
                key = f"{matter}-{due.offer.id}"
                calendar.add_component(_event(key, when, matter_text(due, as_of), _evidence(due), as_of))
    text: str = calendar.to_ical(sorted=False).decode("utf-8")
    return text


def _evidence(due: Due) -> str:
    sources = "\n".join(source.url for source in due.offer.sources)
    return f"{due.offer.status_evidence}\nZuletzt geprüft am {day(due.offer.checked_on)}\n{sources}"


def _checks(when: date, names: list[str], as_of: date) -> Event:
    summary = f"Katalog: {len(names)} {'Eintrag' if len(names) == 1 else 'Einträge'} wieder zu prüfen"
    return _event(f"{Matter.RECHECK}-{when.isoformat()}", when, summary, "\n".join(names), as_of)


def _event(key: str, when: date, summary: str, description: str, as_of: date) -> Event:
    """An event of one whole day; its UID stays when the day moves, so that a calendar does not keep both."""
    event = Event()
    event.add("uid", f"{key}@digiwegweiser")
    event.add("dtstamp", datetime.combine(as_of, time(tzinfo=UTC)))
    event.add("dtstart", when)
    event.add("summary", printable(summary))
    event.add("description", printable(description))
    # Nobody is busy because an offer ends.
    event.add("transp", "TRANSPARENT")
    return event
