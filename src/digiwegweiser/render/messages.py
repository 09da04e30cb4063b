"""What went wrong or was assumed, where, and what to do: all German messages to the user."""

import errno
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from digiwegweiser.core.firm import Place, Trade
from digiwegweiser.core.reading import Note, Reading, Remark
from digiwegweiser.render.wording import ATTRIBUTES, OPTIONS, euro, listed, place_line, staff

CANDIDATES_SHOWN = 12

_EXAMPLES = {
    "place": "Postleitzahl, Ort, Kreis oder Land, zum Beispiel 59555",
    "trade": "Gewerk oder Branche, zum Beispiel Tischlerei",
    "employees": "eine Zahl ab 0, zum Beispiel 8 oder 8,5",
    "needs": "wobei Sie Hilfe brauchen, in eigenen Worten",
    "turnover_eur": "ein Betrag in Euro, zum Beispiel 800.000 oder 1,2 Mio",
    "balance_eur": "ein Betrag in Euro, zum Beispiel 800.000 oder 1,2 Mio",
    "founded": "ein Jahr, zum Beispiel 2015",
    "budget_eur": "ein Betrag in Euro, zum Beispiel 15.000",
    "ordered": "ja oder nein",
    "de_minimis_eur": "ein Betrag in Euro, zum Beispiel 20.000",
}


def problem_text(key: str, reading: Reading[Any], needs: Mapping[str, str], with_option: bool = True) -> str:
    """Why an answer could not be used, and what to write instead; in a conversation without the option's name."""
    if reading.candidates:
        return _ambiguous(key, reading)
    option = f" ({OPTIONS[key]})" if with_option else ""
    if not reading.text.strip():
        return f"{ATTRIBUTES[key]}: Die Angabe ist leer.\n  Gebraucht wird: {_EXAMPLES[key]}{option}; oder weglassen."
    quoted = f"{ATTRIBUTES[key]}: „{shorten(reading.text)}“ kenne ich nicht."
    if any(note.remark is Remark.REFUSED for note in reading.notes):
        return f"{remark_text(key, reading)} Schreiben Sie, was Sie brauchen."
    if key == "needs":
        known = "".join(f"\n  {label:<36} {code}" for code, label in needs.items())
        return f"{_need_unread(reading)}.{_meant(reading)}{f' Bekannt sind:{known}' if known else ''}"
    return f"{quoted}{_meant(reading)}\n  Gebraucht wird: {_EXAMPLES[key]}{option}."


def _need_unread(reading: Reading[Any]) -> str:
    return f"Bedarf: In „{shorten(reading.text)}“ finde ich keinen Bedarf, den ich kenne"


def _meant(reading: Reading[Any]) -> str:
    """The question whether a similar word was meant, where there is one."""
    words = listed([f"„{word}“" for word in reading.suggestions], "oder")
    return f" Meinten Sie {words}?" if words else ""


#: For an owner who is not understood because there is no time for long sentences.
ATTACK_CALL = f'Ist gerade ein Angriff im Gange? {OPTIONS["needs"]} "wir wurden gehackt"'


def _ambiguous(key: str, reading: Reading[Any]) -> str:
    shown = reading.candidates[:CANDIDATES_SHOWN]
    more = len(reading.candidates) - len(shown)
    lines = [f"  {OPTIONS[key]} {_typed(candidate)}" for candidate in shown]
    lines += [f"  … und {more} weitere; am sichersten ist die Postleitzahl"] if more > 0 else []
    return "\n".join([f"{ATTRIBUTES[key]}: „{shorten(reading.text)}“ ist nicht eindeutig. Gemeint sein kann:", *lines])


def _typed(candidate: Any) -> str:
    """A candidate as it can be typed back, and what it is."""
    match candidate:
        case Place():
            rest = place_line(candidate).removeprefix(candidate.label).strip(", ")
            return f'"{candidate.label}"{f"   ({rest})" if rest else ""}'
        case Trade():
            return f"{candidate.code}   ({candidate.name})"
        case _:
            return str(candidate)


def remark_text(key: str, reading: Reading[Any]) -> str:
    """What was assumed when an answer was read; of one that was not understood, that it is left out."""
    if not reading.is_understood and not reading.notes:
        return f"{_need_unread(reading)}, und lasse es weg.{_meant(reading)}"
    return " ".join(f"{ATTRIBUTES[key]}: {_note(reading.text, note)}" for note in reading.notes)


def _note(text: str, note: Note) -> str:
    text = shorten(text)
    words = {
        Remark.SPELLING: f"„{text}“ als „{note.detail}“ gelesen.",
        Remark.LIKELIER: f"„{text}“ kann auch {note.detail} heißen.",
        Remark.LARGE_RECIPIENT: f"{text} ist die Postleitzahl eines Großempfängers; angenommen ist {note.detail}.",
        Remark.DISSOLVED: f"{text} gibt es nicht mehr; angenommen ist {note.detail}.",
        Remark.LAND_ONLY: f"{text} kenne ich nicht; nach den ersten Ziffern {note.detail}. Genauer mit dem Ort.",
        Remark.SIZE_CLASS: f"„{text}“ ist eine Größenklasse; gerechnet wird mit {note.detail}.",
        Remark.PART_OF: f"„{text}“ gehört zu {note.detail}.",
        Remark.REFUSED: f"„{text}“ sagt nur, was Sie nicht brauchen: {note.detail}.",
        Remark.UNUSED: f"In „{text}“ verstehe ich „{note.detail}“ nicht und lasse es weg.",
    }
    return words[note.remark]


def conflict_text(kind: str, values: Sequence[Any]) -> str:
    """Which answers do not go together, with their values, and what to check."""
    return _CONFLICTS[kind](*values)


_CONFLICTS: dict[str, Callable[..., str]] = {
    "founded_later": lambda year, now: (
        f"Gründung: {year} liegt nach dem Stichtag ({now}). Wer noch nicht gegründet hat, lässt das Jahr weg."
    ),
    "wanted_and_refused": lambda wanted, refused: (
        f"Bedarf: „{shorten(wanted)}“ ist verlangt, „{shorten(refused)}“ aber abgelehnt. Eines von beiden weglassen."
    ),
    "founded_early": lambda year: f"Gründung {year}: stimmt das Jahr? Gerechnet wird damit.",
    "turnover_high": lambda turnover, persons: _doubt(f"{_staff(persons)} und Umsatz {euro(turnover)}"),
    "turnover_low": lambda turnover, persons: _doubt(f"{_staff(persons)} und Umsatz {euro(turnover)}"),
    "balance_apart": lambda turnover, balance: _doubt(f"Umsatz {euro(turnover)} und Bilanzsumme {euro(balance)}"),
    "budget_high": lambda budget, turnover: _doubt(f"Budget {euro(budget)} und Umsatz {euro(turnover)}"),
    "ordered_for_nothing": lambda _ordered, _budget: _doubt("schon bestellt und Budget 0 €"),
}


def _doubt(both: str) -> str:
    return f"{both[0].upper()}{both[1:]}: passt das zusammen? Gerechnet wird damit."


def _staff(persons: float) -> str:
    return staff(persons) if persons > 0 else "0 Beschäftigte"


def shorten(text: str, longest: int = 60) -> str:
    """A text for a message: printable characters only, and not too many."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return clean if len(clean) <= longest else f"{clean[: longest - 1]}…"


_SYSTEM = {
    errno.ENOENT: "nicht gefunden",
    errno.EISDIR: "das ist ein Ordner",
    errno.ENOTDIR: "ein Teil des Pfads ist kein Ordner",
    errno.EACCES: "die Berechtigung fehlt",
    errno.EROFS: "der Datenträger ist schreibgeschützt",
    errno.ENOSPC: "der Datenträger ist voll",
    errno.ENAMETOOLONG: "der Name ist zu lang",
}


def system_text(reason: str | None) -> str:
    """Why the system refused a file, from its own English words."""
    known = {os.strerror(code): words for code, words in _SYSTEM.items()}
    return known.get(reason or "", "das System lässt es nicht zu")
