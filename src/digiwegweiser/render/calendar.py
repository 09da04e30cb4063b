"""What falls due in the catalogue, as an iCalendar file (RFC 5545)."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from digiwegweiser.core.due import Due, Matter
from digiwegweiser.render.due import matter_text
from digiwegweiser.render.plain import printable
from digiwegweiser.render.wording import day

#: RFC 5545, 3.1: no line longer than this, without its end.
LONGEST_LINE_OCTETS = 75
_HEAD = (
    "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//digiwegweiser//Katalog//DE", "CALSCALE:GREGORIAN",
    "X-WR-CALNAME:Katalog digiwegweiser",
)  # fmt: skip


def due_calendar(dues: Iterable[Due], as_of: date) -> str:
    """One whole-day event for each end and start, and one a day for all entries to be checked again."""
    lines = [*_HEAD]
    for (when, matter), group in groupby(dues, lambda due: (due.day, due.matter)):
        if matter is Matter.RECHECK:
            lines += _checks(when, [due.offer.id for due in group], as_of)
        else:
            for due in group:
                lines += _event(f"{matter}-{due.offer.id}", when, matter_text(due, as_of), _evidence(due), as_of)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _evidence(due: Due) -> str:
    sources = "\n".join(source.url for source in due.offer.sources)
    return f"{due.offer.status_evidence}\nZuletzt geprüft am {day(due.offer.checked_on)}\n{sources}"


def _checks(when: date, names: list[str], as_of: date) -> Iterator[str]:
    summary = f"Katalog: {len(names)} {'Eintrag' if len(names) == 1 else 'Einträge'} wieder zu prüfen"
    return _event(f"{Matter.RECHECK}-{when.isoformat()}", when, summary, "\n".join(names), as_of)


def _event(key: str, when: date, summary: str, description: str, as_of: date) -> Iterator[str]:
    """An event of one whole day; its UID stays when the day moves, so that a calendar does not keep both."""
    yield "BEGIN:VEVENT"
    yield f"UID:{key}@digiwegweiser"
    yield f"DTSTAMP:{_basic(as_of)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_basic(when)}"
    yield f"SUMMARY:{_escaped(summary)}"
    yield f"DESCRIPTION:{_escaped(description)}"
    # Nobody is busy because an offer ends.
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _basic(value: date) -> str:
    """The day in ISO 8601's basic form; strftime leaves out the zeros of early years."""
    return value.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    """Text as RFC 5545, 3.3.11 wants it."""
    for plain, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, written)
    return printable(text)


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, none cut within a letter; further pieces begin with a space."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > LONGEST_LINE_OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
