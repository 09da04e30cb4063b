"""What falls due in the catalogue, as a page and as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from digiwegweiser.core.due import RECHECK_DAYS, RECHECK_OPEN_DAYS, Due, Matter
from digiwegweiser.render.page import Block, Heading, Item, Paragraph, Tone
from digiwegweiser.render.wording import STATES, day

_MONTHS = (
    "Januar", "Februar", "März", "April", "Mai", "Juni",
    "Juli", "August", "September", "Oktober", "November", "Dezember",
)  # fmt: skip
_INTERVALS = (
    f"Wieder zu prüfen ist ein Eintrag {RECHECK_DAYS} Tage nach der letzten Prüfung, weil Programme meist nach dem "
    f"Kalenderjahr laufen; nach {RECHECK_OPEN_DAYS} Tagen, wo der Stand offen ist (nicht sicher belegt, ausgesetzt, "
    "ohne Starttag)."
)


def due_page(dues: Sequence[Due], as_of: date, last: date) -> Iterator[Block]:
    """All that is due, overdue first, by month."""
    yield Heading(f"Fällig im Katalog bis {day(last)}", 1, f"Stand {day(as_of)}")
    yield Paragraph(_counts(dues, as_of))
    for title, group in groupby(dues, lambda due: _section(due, as_of)):
        yield Heading(title, 2)
        yield from _lines(group, as_of)
    yield Paragraph(_INTERVALS, Tone.QUIET)


def _section(due: Due, as_of: date) -> str:
    return "Überfällig" if due.is_overdue(as_of) else f"{_MONTHS[due.day.month - 1]} {due.day.year}"


def _counts(dues: Iterable[Due], as_of: date) -> str:
    found = list(dues)
    if not found:
        return "Nichts: kein Ende, kein Start und keine Prüfung."
    counts = {matter: sum(1 for due in found if due.matter is matter) for matter in Matter}
    overdue = sum(1 for due in found if due.is_overdue(as_of))
    parts = [
        _counted(counts[Matter.ENDS], "Ende", "Enden"),
        _counted(counts[Matter.STARTS], "Start", "Starts"),
        _counted(counts[Matter.RECHECK], "Eintrag zu prüfen", "Einträge zu prüfen"),
    ]
    return f"{', '.join(parts)}; davon {overdue} überfällig."


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _lines(dues: Iterable[Due], as_of: date) -> Iterator[Item]:
    """One line for each end and start; the checks of a day in one."""
    for (when, matter), group in groupby(dues, lambda due: (due.day, due.matter)):
        tone = Tone.WARNING if when < as_of else Tone.PLAIN
        if matter is Matter.RECHECK:
            names = [due.offer.id for due in group]
            count = _counted(len(names), "Eintrag", "Einträge")
            yield Item("", f"{day(when)}: wieder zu prüfen, {count}: {', '.join(names)}", tone)
        else:
            yield from (Item("", f"{day(when)}: {matter_text(due, as_of)}", tone) for due in group)


def matter_text(due: Due, as_of: date) -> str:
    """What is due, in words, with the offer's name and id."""
    who = f"{due.offer.name} ({due.offer.id})"
    match due.matter:
        case Matter.ENDS:
            verb = "hat geendet, seither nicht geprüft" if due.is_overdue(as_of) else "endet"
        case Matter.STARTS:
            verb = "sollte begonnen haben, seither nicht geprüft" if due.is_overdue(as_of) else "beginnt"
        case _:
            verb = f"wieder zu prüfen, zuletzt am {day(due.offer.checked_on)}"
    return f"{verb}: {who}"


def due_json(dues: Iterable[Due], as_of: date, last: date) -> str:
    """All that is due, as JSON."""
    view = {"as_of": as_of.isoformat(), "until": last.isoformat(), "due": [_view(due, as_of) for due in dues]}
    return json.dumps(view, ensure_ascii=False, indent=1) + "\n"


def _view(due: Due, as_of: date) -> dict[str, Any]:
    offer = due.offer
    return {
        "day": due.day.isoformat(),
        "matter": due.matter,
        "overdue": due.is_overdue(as_of),
        "id": offer.id,
        "name": offer.name,
        "status": offer.state_on(as_of),
        "status_text": STATES[offer.state_on(as_of)],
        "checked_on": offer.checked_on.isoformat(),
        "sources": [source.url for source in offer.sources],
    }
