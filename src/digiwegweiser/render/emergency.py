"""What to do while an attack is going on; stands before everything else."""

import re
from collections.abc import Iterator
from typing import Any

from digiwegweiser.core.emergency import POLICE_LIST, Authority, emergency_help
from digiwegweiser.core.guide import Guide
from digiwegweiser.core.offer import Offer
from digiwegweiser.core.vocabulary import LAND_NAMES, State
from digiwegweiser.render.lexicon import Lexicon
from digiwegweiser.render.page import Block, Heading, Item, Paragraph, Tone
from digiwegweiser.render.wording import phone_text

#: What to do in the first hour, in this order; all of it is said by SOURCES, of the insurance by § 30 VVG.
FIRST_HOUR = (
    "Netz trennen: Netzwerkkabel ziehen, WLAN ausschalten.",
    "Nicht ausschalten, nicht neu starten, nichts selbst reparieren: sonst gehen Spuren verloren.",
    "Auf betroffenen Geräten nicht mehr anmelden, schon gar nicht als Administrator.",
    "Nichts bezahlen: Auch wer Lösegeld zahlt, bekommt seine Daten oft nicht zurück.",
    "Beweise sichern: Bildschirm mit dem Handy fotografieren; aufschreiben, was wann an welchem Gerät geschah.",
    "Anrufen: Ihren IT-Dienstleister; haben Sie eine Cyberversicherung, dann sofort auch diese (§ 30 VVG).",
    "Passwörter nur an einem Gerät ändern, das sicher sauber ist; das E-Mail-Konto zuerst.",
    "Postfach übernommen oder falsche Kontonummern verschickt: Kunden sofort warnen; ist Geld überwiesen, sofort die "
    "Bank anrufen und Anzeige erstatten.",
)
SOURCES = (
    (
        "IHK Ulm nach BSI und Allianz für Cyber-Sicherheit",
        "https://www.ihk.de/ulm/inno-und-umwelt/wirtschaft-digital/it-sicherheit/it-notfaelle-managen-5449344",
    ),
    (
        "Polizei und BSI",
        "https://polizei-beratung.de/aktuelles/detailansicht/checkliste-zum-schutz-vor-schadsoftware",
    ),
    ("BSI zum Lösegeld, bei heise", "https://heise.de/-3097079"),
    ("Datenschutz-Grundverordnung, Art. 33 und 34", "https://eur-lex.europa.eu/eli/reg/2016/679/oj"),
    (
        "BSI zu Spuren, beim Versicherungsboten",
        "https://www.versicherungsbote.de/id/4873095/chapter/1/Trojaner-im-Umlauf-Hacker/index.amp",
    ),
    (
        "BSI und Polizei zum gehackten E-Mail-Konto, bei der Volksstimme",
        "https://www.volksstimme.de/leben/technik/gehacktes-mail-konto-diese-tipps-konnen-die-rettung-sein-4139172",
    ),
    ("Polizei Heinsberg zu gefälschten Rechnungen", "https://heinsberg.polizei.nrw/presse/abrechnungsbetrug-per-mail"),
)
#: Verordnung (EU) 2016/679, Art. 33 Abs. 1.
REPORT_HOURS = 72
EMERGENCY_CALL = "110"
_OF_WHICH_LAND = "Ihres Landes (mit Ihrem Ort steht hier, welche das ist und wie Sie sie erreichen)"
#: When somebody answers is what the caller needs first; it stands among the warnings of an entry.
_HOURS = re.compile(r"\bUhr\b|[Ww]erktags|Bürozeiten|Montag")


def emergency_lines(guide: Guide, heard: str, words: Lexicon) -> Iterator[Block]:
    """First help, whom to call and the report to the data protection authority; `heard` are the owner's words."""
    yield Heading("Notfall: das hilft jetzt", 2)
    yield Paragraph(f"Sie schreiben „{heard}“. Die erste Stunde zählt. Förderung kommt danach.", Tone.WARNING)
    for text in FIRST_HOUR:
        yield Item("", text, Tone.STRONG, 0)
    yield from _help_lines(guide)
    yield Heading(f"Datenschutz: {REPORT_HOURS} Stunden", 3)
    yield Paragraph(report_text(guide, words), Tone.WARNING, 3)
    authority = _authority(guide, words)
    if authority is not None:
        yield Item("Melden", " · ".join(way for way in (authority.phone, authority.url) if way), Tone.STRONG)
    yield Paragraph("Quellen für die erste Stunde:", Tone.QUIET)
    for name, url in SOURCES:
        yield Item("", f"{name}: {url}", Tone.QUIET, 0)


def emergency_view(guide: Guide, heard: str, words: Lexicon) -> dict[str, Any]:
    """The same for JSON."""
    found, authority = emergency_help(guide), _authority(guide, words)
    return {
        "from": heard,
        "first_hour": list(FIRST_HOUR),
        "hotlines": [_contact_view(offer, guide) for offer in found.hotlines],
        "police": [_contact_view(offer, guide) for offer in found.police],
        "emergency_call": EMERGENCY_CALL,
        "police_list": POLICE_LIST,
        "report": {
            "hours": REPORT_HOURS,
            "law": ["Art. 33 DSGVO", "Art. 34 DSGVO"],
            "authority": None if authority is None else authority.name,
            "phone": None if authority is None else authority.phone,
            "url": None if authority is None else authority.url,
            "text": report_text(guide, words),
        },
        "sources": [{"name": name, "url": url} for name, url in SOURCES],
    }


def _help_lines(guide: Guide) -> Iterator[Block]:
    found = emergency_help(guide)
    yield Heading("Wer jetzt hilft", 3)
    for offer in found.hotlines:
        yield Item("Hotline", _call_text(offer), Tone.STRONG)
        yield from _hints(offer, guide, offer.summary)
    police = [offer for offer in found.police if offer.contact.phone is not None]
    for offer in police:
        yield Item("Polizei", _call_text(offer), Tone.STRONG)
        yield from _hints(offer, guide)
    if police:
        yield Item("Sonst", f"Meldet sich niemand: {EMERGENCY_CALL}.")
    else:
        yield Item("Polizei", _police_without_number(found.police), Tone.STRONG)


def _police_without_number(police: tuple[Offer, ...]) -> str:
    """110, who is in charge of firms as far as that is known, and where the numbers are."""
    own = "".join(f" Für Firmen zuständig: {_call_text(offer)}." for offer in police)
    return f"{EMERGENCY_CALL} wählen.{own} Nummern der Ansprechstellen für Firmen: {POLICE_LIST}"


def _call_text(offer: Offer) -> str:
    contact = offer.contact
    # A list of all numbers is named once, below.
    url = contact.url if contact.phone is None and contact.url != POLICE_LIST else None
    ways = [way for way in (phone_text(contact), contact.email, url) if way]
    return " · ".join([offer.name, *ways])


def _hints(offer: Offer, guide: Guide, *first: str) -> Iterator[Block]:
    """What they do and when, then what is doubtful and what it costs, as the entry says."""
    hints = [*first, *_hint_texts(offer, guide)]
    if hints:
        yield Paragraph(" ".join(f"{hint.rstrip('.')}." for hint in hints), Tone.QUIET, 14)


def _hint_texts(offer: Offer, guide: Guide) -> list[str]:
    unsure = offer.state_on(guide.as_of) is State.UNVERIFIED and not offer.warnings
    doubt = ["Nicht sicher belegt, ob die Nummer noch gilt."] if unsure else []
    told = [*offer.warnings, *offer.conditions]
    hours = [text for text in told if _HOURS.search(text)]
    return [*hours, *doubt, *(text for text in told if text not in hours)]


def _authority(guide: Guide, words: Lexicon) -> Authority | None:
    """Whom a breach is reported to; None where the Land is not known."""
    place = guide.firm.place
    return words.authorities.get(place.land) if place is not None and place.land is not None else None


def report_text(guide: Guide, words: Lexicon) -> str:
    """When and where a breach must be reported (Verordnung (EU) 2016/679, Art. 33 and 34)."""
    place = guide.firm.place
    land = LAND_NAMES[place.land] if place is not None and place.land is not None else None
    authority = _authority(guide, words)
    land = land if authority is None else authority.name
    where = f"der Datenschutzaufsicht Ihres Landes ({land})" if land else f"der Datenschutzaufsicht {_OF_WHICH_LAND}"
    return (
        f"Sind Daten von Kunden oder Beschäftigten betroffen, auch wenn sie nur verschlüsselt oder verloren sind: "
        f"melden Sie es {where}, möglichst binnen {REPORT_HOURS} Stunden, nachdem Sie es bemerkt haben (Art. 33 "
        f"DSGVO). Das entfällt nur, wenn den Menschen daraus voraussichtlich kein Risiko entsteht. Ist ihr Risiko "
        f"hoch, müssen Sie auch sie selbst unverzüglich benachrichtigen (Art. 34 DSGVO)."
    )


def _contact_view(offer: Offer, guide: Guide) -> dict[str, Any]:
    contact = offer.contact
    return {
        "id": offer.id,
        "name": offer.name,
        "phone": contact.phone,
        "email": contact.email,
        "url": contact.url,
        "summary": offer.summary,
        "hints": _hint_texts(offer, guide),
    }
