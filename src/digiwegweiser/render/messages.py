"""What went wrong or was assumed, where, and what to do: all German messages to the user."""

import errno
import os
from collections.abc import Iterable, Mapping
from typing import Any

from digiwegweiser.core.fault import Fault, FaultCode, Severity
from digiwegweiser.core.firm import Place, Trade
from digiwegweiser.core.reading import Note, Reading, Remark
from digiwegweiser.render.wording import ATTRIBUTES, OPTIONS, listed, place_line

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
    quoted = f"{ATTRIBUTES[key]}: „{shorten(reading.text)}“ kenne ich nicht."
    if key == "needs":
        known = "\n".join(f"  {label:<36} {code}" for code, label in needs.items())
        return f"Bedarf: In „{shorten(reading.text)}“ finde ich keinen Bedarf, den ich kenne. Bekannt sind:\n{known}"
    if reading.suggestions:
        quoted += f" Meinten Sie {listed([f'„{word}“' for word in reading.suggestions], 'oder')}?"
    option = f" ({OPTIONS[key]})" if with_option else ""
    return f"{quoted}\n  Gebraucht wird: {_EXAMPLES[key]}{option}."


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
    """What was assumed when an answer was read."""
    return " ".join(f"{ATTRIBUTES[key]}: {_note(reading.text, note)}" for note in reading.notes)


def _note(text: str, note: Note) -> str:
    text = shorten(text)
    words = {
        Remark.SPELLING: f"„{text}“ als „{note.detail}“ gelesen.",
        Remark.LIKELIER: f"„{text}“ kann auch {note.detail} heißen.",
        Remark.LARGE_RECIPIENT: f"{text} ist die Postleitzahl eines Großempfängers; angenommen ist {note.detail}.",
        Remark.DISSOLVED: f"{text} gibt es nicht mehr; angenommen ist {note.detail}.",
        Remark.LAND_ONLY: f"{text} kenne ich nicht; nach den ersten Ziffern {note.detail}. Genauer mit dem Ort.",
        Remark.PART_OF: f"„{text}“ gehört zu {note.detail}.",
    }
    return words[note.remark]


def shorten(text: str, longest: int = 60) -> str:
    """A text for a message: printable characters only, and not too many."""
    clean = "".join(c if c.isprintable() else " " for c in text)
    return clean if len(clean) <= longest else f"{clean[: longest - 1]}…"


_FAULTS = {
    FaultCode.FILE_MISSING: "Die Datei ist nicht lesbar ({value}).",
    FaultCode.FILE_TOO_LARGE: "Die Datei ist zu groß, um ein Katalog zu sein.",
    FaultCode.NOT_UTF8: "Die Datei ist nicht in UTF-8 gespeichert.",
    FaultCode.SYNTAX: "Das ist kein gültiges YAML{value}. Einrückung, Doppelpunkte und Anführungszeichen prüfen.",
    FaultCode.ALIAS: "Anker und Verweise (& und *) sind nicht erlaubt.",
    FaultCode.TAG: "Typangaben (!…) sind nicht erlaubt.",
    FaultCode.TOO_DEEP: "Zu tief verschachtelt.",
    FaultCode.SEVERAL_DOCUMENTS: "Nur ein Dokument je Datei („---“ entfernen).",
    FaultCode.KEY_NOT_TEXT: "Ein Schlüssel muss ein Wort sein.",
    FaultCode.DUPLICATE_KEY: "„{key}“ steht zweimal.",
    FaultCode.UNKNOWN_KEY: "Den Schlüssel „{key}“ gibt es nicht.",
    FaultCode.MISSING_KEY: "„{key}“ fehlt.",
    FaultCode.WRONG_SHAPE: "„{key}“ hat die falsche Form.",
    FaultCode.EMPTY: "„{key}“ ist leer.",
    FaultCode.CONTROL_CHARACTER: "„{key}“ enthält unsichtbare Steuerzeichen.",
    FaultCode.TOO_LONG: "„{key}“ ist zu lang.",
    FaultCode.NOT_A_NUMBER: "„{key}“: „{value}“ ist keine Zahl, wie sie hier gebraucht wird.",
    FaultCode.OUT_OF_RANGE: "„{key}“: {value} liegt außerhalb des Erlaubten.",
    FaultCode.NOT_A_DATE: "„{key}“: „{value}“ ist kein Datum.",
    FaultCode.NOT_A_BOOLEAN: "„{key}“: „{value}“ ist weder true noch false.",
    FaultCode.NOT_IN_LIST: "„{key}“: „{value}“ steht nicht in der Liste.",
    FaultCode.BAD_FORM: "„{key}“: „{value}“ hat nicht die richtige Form.",
    FaultCode.REPEATED: "„{key}“: „{value}“ steht zweimal in der Liste.",
    FaultCode.DUPLICATE_ID: "Das Kürzel „{value}“ ist schon vergeben.",
    FaultCode.UNKNOWN_ID: "„{key}“: Den Eintrag „{value}“ gibt es nicht.",
    FaultCode.UNKNOWN_NEED: "„{key}“: Den Bedarf „{value}“ gibt es nicht.",
    FaultCode.UNKNOWN_TRADE: "„{key}“: Das Gewerk „{value}“ gibt es nicht.",
    FaultCode.UNKNOWN_AGS: "„{key}“: Den Schlüssel „{value}“ gibt es nicht.",
    FaultCode.DATES_OUT_OF_ORDER: "„{key}“: Der letzte Tag liegt vor dem ersten.",
    FaultCode.LIMITS_OUT_OF_ORDER: "„{key}“: Die obere Grenze liegt unter der unteren.",
    FaultCode.CYCLE: "„{key}“: Die Kette der Nachfolger führt im Kreis.",
}
_INSTEAD_SHOWN = 8


#: The commonest of the reader's English reasons for broken YAML; the others are left out.
_SYNTAX = {
    "mapping values are not allowed in this context": ": hier darf kein Doppelpunkt stehen",
    "control characters are not allowed": ": unsichtbare Steuerzeichen",
    "special characters are not allowed": ": unsichtbare Steuerzeichen",
    "found character that cannot start any token": ": Tabulator oder Sonderzeichen am Anfang",
    "found unexpected end of stream": ": ein Anführungszeichen oder eine Klammer ist nicht geschlossen",
    "could not find expected ':'": ": es fehlt ein Doppelpunkt",
}
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


def _value_text(fault: Fault) -> str:
    match fault.code:
        case FaultCode.FILE_MISSING:
            return system_text(fault.value)
        case FaultCode.SYNTAX:
            return _SYNTAX.get(fault.value or "", "")
        case _:
            return shorten(fault.value or "")


def fault_text(fault: Fault) -> str:
    """One fault: where, what, and what could stand there instead."""
    where = [fault.file]
    where += [f"Zeile {fault.line}"] if fault.line is not None else []
    where += [f"Eintrag {shorten(fault.entry)}"] if fault.entry else []
    what = _FAULTS[fault.code].format(key=shorten(fault.key or ""), value=_value_text(fault))
    instead = [shorten(word, 90) for word in fault.instead[:_INSTEAD_SHOWN]]
    hint = f" Möglich: {', '.join(instead)}." if instead else ""
    kind = "" if fault.severity is Severity.ERROR else "Hinweis: "
    return f"{', '.join(where)}: {kind}{what}{hint}"


def faults_text(faults: Iterable[Fault]) -> str:
    """All faults, a line each."""
    return "\n".join(fault_text(fault) for fault in faults)
