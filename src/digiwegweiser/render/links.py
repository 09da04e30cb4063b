"""How the addresses of the catalogue did, as a page and as JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from digiwegweiser.core.links import Cause, Checked, Grade
from digiwegweiser.render.page import Block, Heading, Item, Paragraph, Tone
from digiwegweiser.render.plain import printable

GRADES = {
    Grade.GONE: "Nicht mehr da",
    Grade.CHANGED: "Verändert, bitte ansehen",
    Grade.MOVED: "Umgezogen",
    Grade.ERROR: "Diesmal nicht erreicht",
    Grade.BLOCKED: "Für Programme gesperrt, bitte von Hand ansehen",
    Grade.OK: "In Ordnung",
}
_CAUSES = {
    Cause.REACHED: "erreichbar",
    Cause.REDIRECTED: "vorübergehend weitergeleitet",
    Cause.PERMANENT: "dauerhaft weitergeleitet",
    Cause.OTHER_SITE: "führt zu einem anderen Auftritt",
    Cause.HOME_PAGE: "führt nur noch zur Startseite",
    Cause.SAYS_MISSING: "die Seite sagt selbst, dass es sie nicht gibt",
    Cause.NOT_FOUND: "die Seite gibt es nicht mehr",
    Cause.NO_SUCH_HOST: "den Namen gibt es nicht mehr",
    Cause.FORBIDDEN: "Zugang verweigert",
    Cause.TOO_MANY: "zu viele Anfragen, der Anbieter bittet um eine lange Pause",
    Cause.CHALLENGE: "fragt, ob ein Mensch vor dem Bildschirm sitzt",
    Cause.ROBOTS: "robots.txt bittet Programme, fernzubleiben",
    Cause.KNOWN_BLOCKER: "als gesperrt bekannt",
    Cause.SERVER_ERROR: "Fehler beim Anbieter",
    Cause.REFUSED: "Anfrage abgelehnt",
    Cause.TIMEOUT: "keine Antwort in der Wartezeit",
    Cause.TLS: "Verschlüsselung oder Zertifikat fehlerhaft",
    Cause.UNREACHABLE: "keine Verbindung",
    Cause.LOOP: "Weiterleitungen führen im Kreis",
    Cause.NOT_PUBLIC: "keine öffentliche Adresse, nicht aufgerufen",
    Cause.BAD_ADDRESS: "keine gültige Internetadresse",
}
_TONES = {Grade.GONE: Tone.WARNING, Grade.CHANGED: Tone.WARNING, Grade.OK: Tone.QUIET}
_NOTHING_CHANGED = (
    "Am Katalog ändert diese Prüfung nichts: Ob ein Angebot noch läuft, entscheidet, wer nachgesehen hat."
)


def links_page(checked: Sequence[Checked], blockers: Mapping[str, str]) -> Iterator[Block]:
    """All addresses that are not as they should be, by grade; the good ones are counted."""
    yield Heading("Adressen im Katalog", 1)
    yield Paragraph(_counts(checked))
    for grade, title in GRADES.items():
        found = [one for one in checked if one.rating.grade is grade]
        if found and grade is not Grade.OK:
            yield Heading(f"{title} ({len(found)})", 2)
            for one in found:
                yield from _lines(one, blockers)
    yield Paragraph(_NOTHING_CHANGED, Tone.QUIET)


def _counts(checked: Sequence[Checked]) -> str:
    good = sum(1 for one in checked if one.rating.grade is Grade.OK)
    total = "1 Adresse" if len(checked) == 1 else f"{len(checked)} Adressen"
    return f"{total} geprüft, {good} in Ordnung."


def _lines(one: Checked, blockers: Mapping[str, str]) -> Iterator[Block]:
    yield Item("", f"{one.visit.url} – {_reason(one, blockers)}", _TONES.get(one.rating.grade, Tone.PLAIN))
    if one.rating.address is not None:
        yield Item("Neu", one.rating.address, indent=5)
    elif one.visit.hops and one.rating.grade is not Grade.OK:
        # What is wrong is wrong with where it leads.
        yield Item("Führt zu", one.visit.hops[-1].to, indent=5)
    if one.visit.title is not None and one.rating.cause in (Cause.SAYS_MISSING, Cause.CHALLENGE, Cause.OTHER_SITE):
        yield Item("Titel", one.visit.title, indent=5)
    yield Item("Steht in", ", ".join(f"{use.id} ({use.key})" for use in one.uses), indent=5)


def _reason(one: Checked, blockers: Mapping[str, str]) -> str:
    status = f" (Status {one.visit.status})" if one.visit.status is not None and one.visit.status >= 300 else ""
    known = blockers.get(urlsplit(one.visit.url).hostname or "") if one.rating.cause is Cause.KNOWN_BLOCKER else None
    return f"{_CAUSES[one.rating.cause]}{status}{f': {known}' if known else ''}"


def links_json(checked: Iterable[Checked], blockers: Mapping[str, str]) -> str:
    """Every address with its grade, also the good ones."""
    view = {"links": [_view(one, blockers) for one in checked]}
    return printable(json.dumps(view, ensure_ascii=False, indent=1)) + "\n"


def _view(one: Checked, blockers: Mapping[str, str]) -> dict[str, Any]:
    return {
        "url": one.visit.url,
        "grade": one.rating.grade,
        "cause": one.rating.cause,
        "text": _reason(one, blockers),
        "new_url": one.rating.address,
        "status": one.visit.status,
        "title": one.visit.title,
        "redirects": [{"status": hop.status, "to": hop.to} for hop in one.visit.hops],
        "used_in": [{"id": use.id, "key": use.key} for use in one.uses],
    }
