"""What is wrong in a data file, where, and what to do: the German words of every fault."""

from collections.abc import Iterable

from digiwegweiser.core.fault import Fault, FaultCode, Severity
from digiwegweiser.render.messages import shorten, system_text

#: What is wrong, and what to do where the possible values don't say it.
_FAULTS: dict[FaultCode, tuple[str, str]] = {
    FaultCode.FILE_MISSING: ("Die Datei ist nicht lesbar ({value}).", ""),
    FaultCode.FILE_TOO_LARGE: ("Die Datei ist zu groß: gelesen werden höchstens {instead} Byte.", "Datei teilen."),
    FaultCode.NOT_UTF8: ("Die Datei ist nicht in UTF-8 gespeichert.", "Im Editor als UTF-8 speichern."),
    FaultCode.SYNTAX: ("Das ist kein gültiges YAML{value}.", "Einrückung, Doppelpunkte und Anführungszeichen prüfen."),
    FaultCode.ALIAS: ("Anker und Verweise (& und *) sind nicht erlaubt.", "Den Wert ausschreiben."),
    FaultCode.TAG: ("Typangaben (!…) sind nicht erlaubt.", "Die Angabe weglassen."),
    FaultCode.TOO_DEEP: ("Das ist zu tief verschachtelt.", "Einrückung und Klammern prüfen."),
    FaultCode.SEVERAL_DOCUMENTS: ("Nur ein Dokument je Datei.", "Die Zeile „---“ entfernen."),
    FaultCode.KEY_NOT_TEXT: ("Ein Schlüssel muss ein Wort sein.", "Vor den Doppelpunkt ein einzelnes Wort schreiben."),
    FaultCode.DUPLICATE_KEY: ("„{key}“ steht zweimal.", "Eine der beiden Zeilen entfernen."),
    FaultCode.UNKNOWN_KEY: ("Den Schlüssel „{key}“ gibt es nicht.", ""),
    FaultCode.MISSING_KEY: ("„{key}“ fehlt.", ""),
    FaultCode.WRONG_SHAPE: ("„{key}“ hat die falsche Form.", ""),
    FaultCode.EMPTY: ("„{key}“ ist leer.", ""),
    FaultCode.CONTROL_CHARACTER: ("„{key}“ enthält unsichtbare Zeichen.", "Den Text neu tippen statt einfügen."),
    FaultCode.TOO_LONG: ("„{key}“ ist zu lang: erlaubt sind {instead} Zeichen.", "Kürzen oder aufteilen."),
    FaultCode.NOT_A_NUMBER: ("„{key}“: „{value}“ ist keine Zahl, wie sie hier gebraucht wird.", ""),
    FaultCode.OUT_OF_RANGE: ("„{key}“: {value} liegt außerhalb des Erlaubten.", ""),
    FaultCode.NOT_A_DATE: ("„{key}“: „{value}“ ist kein Datum.", ""),
    FaultCode.NOT_A_BOOLEAN: ("„{key}“: „{value}“ ist weder true noch false.", ""),
    FaultCode.NOT_IN_LIST: ("„{key}“: „{value}“ steht nicht in der Liste.", ""),
    FaultCode.BAD_FORM: ("„{key}“: „{value}“ hat nicht die richtige Form.", ""),
    FaultCode.REPEATED: ("„{key}“: „{value}“ steht zweimal in der Liste.", "Eines davon entfernen."),
    FaultCode.DUPLICATE_ID: ("Das Kürzel „{value}“ ist schon vergeben, in Zeile {instead}.", "Ein anderes wählen."),
    FaultCode.UNKNOWN_ID: ("„{key}“: Den Eintrag „{value}“ gibt es nicht.", "Das Kürzel berichtigen oder weglassen."),
    FaultCode.UNKNOWN_NEED: (
        "„{key}“: Den Bedarf „{value}“ gibt es nicht.",
        "Ein Kürzel aus docs/katalog.md, Abschnitt „Bedarfe“, nehmen.",
    ),
    FaultCode.UNKNOWN_TRADE: (
        "„{key}“: Das Gewerk „{value}“ gibt es nicht.",
        "Einen Code aus data/trades.csv oder data/sectors.csv nehmen.",
    ),
    FaultCode.UNKNOWN_AGS: (
        "„{key}“: Den Kreis- oder Gemeindeschlüssel „{value}“ gibt es nicht.",
        "Einen Schlüssel aus data/kreise.csv oder data/postal_codes.csv nehmen.",
    ),
    FaultCode.DATES_OUT_OF_ORDER: ("„{key}“: Der letzte Tag liegt vor dem ersten.", ""),
    FaultCode.LIMITS_OUT_OF_ORDER: ("„{key}“: Die obere Grenze liegt unter der unteren.", ""),
    FaultCode.CYCLE: ("„{key}“: Die Kette der Nachfolger führt im Kreis.", "Beim letzten Eintrag der Kette weglassen."),
    FaultCode.NEEDS_ITSELF: ("„{key}“: „{value}“ führt zu diesem Eintrag selbst zurück.", "Den Verweis entfernen."),
    FaultCode.TOO_MANY: ("Die Datei enthält zu viel: mehr als {value} Angaben dieser Art.", "Datei teilen."),
    FaultCode.TOO_MANY_FAULTS: (
        "Nach {value} Fehlern wird hier nicht weiter gezählt.",
        "Erst diese beheben, dann noch einmal prüfen.",
    ),
    FaultCode.PAST_LAST_DAY: (
        "„{key}“ ist active, aber der letzte Tag {value} ist vorbei.",
        "Nachsehen, ob es verlängert ist: valid_until neu setzen oder status: ended mit Beleg.",
    ),
    FaultCode.NO_END_EVIDENCE: (
        "Das Ende ist nicht belegt: weder letzter Tag noch Datum in Beleg oder Quellen.",
        "valid_until setzen, den Beleg in „{key}“ mit Datum nennen oder status: unverified.",
    ),
    FaultCode.NO_PAYER: (
        "Kostenfrei, aber es ist nicht gesagt, wer bezahlt.",
        "„{key}“ mit dem Geldgeber ergänzen, wie die Quelle ihn nennt.",
    ),
    FaultCode.NO_ORDER_RULE: (
        "Hier fließt Geld, aber es ist nicht gesagt, ob der Antrag vor der Bestellung kommen muss.",
        "„{key}“ mit true oder false ergänzen.",
    ),
    FaultCode.UNDATED_SOURCE: (
        "Die Quelle {value} ist ohne Datum.",
        "„{key}“ ergänzen: Jahr, Monat oder Tag, so genau wie bekannt.",
    ),
    FaultCode.PERSONAL_MAIL: (
        "„{key}“: {value} sieht nach der Adresse einer Person aus.",
        "Die Sammeladresse der Stelle nehmen.",
    ),
    FaultCode.MOBILE_NUMBER: (
        "„{key}“: {value} ist eine Mobilnummer und damit die einer Person.",
        "Die Nummer der Zentrale nehmen.",
    ),
    FaultCode.LOOKS_THE_SAME: (
        "Das ist wohl dasselbe Angebot wie {instead}.",
        "Einen der Einträge behalten und das andere Kürzel nach former_ids, oder die Namen unterscheidbar machen.",
    ),
    FaultCode.NO_FIRM: (
        "„{key}“: Das kann kein Betrieb bekommen; die Grenzen widersprechen sich ({value}).",
        "Die Grenzen berichtigen.",
    ),
    FaultCode.NEVER_SHOWN: (
        "Wird nie auf der ersten Seite gezeigt: Für jeden Betrieb stehen mindestens {value} Angebote davor.",
        "Sagen, wofür und für wen es besonders ist, oder den Eintrag aufgeben. Davor stehen {instead}.",
    ),
    FaultCode.NO_AREA: (
        "„{key}“ ist {value}, aber es ist kein Gebiet genannt; so gilt es bundesweit.",
        "laender oder kreise ergänzen.",
    ),
    FaultCode.OUTSIDE_ITS_LAENDER: (
        "„{key}“: {value} liegt nicht in den genannten Ländern.",
        "laender oder den Schlüssel berichtigen.",
    ),
}
#: As many as the longest list of kinds has.
_INSTEAD_SHOWN = 15
_LONGEST_INSTEAD = 170

#: The commonest of the reader's English reasons for broken YAML; the others are left out.
_SYNTAX = {
    "mapping values are not allowed in this context": ": hier darf kein Doppelpunkt stehen",
    "control characters are not allowed": ": unsichtbare Steuerzeichen",
    "special characters are not allowed": ": unsichtbare Steuerzeichen",
    "found character that cannot start any token": ": Tabulator oder Sonderzeichen am Anfang",
    "found unexpected end of stream": ": ein Anführungszeichen oder eine Klammer ist nicht geschlossen",
    "could not find expected ':'": ": es fehlt ein Doppelpunkt",
}


def _value_text(fault: Fault) -> str:
    match fault.code:
        case FaultCode.FILE_MISSING:
            return system_text(fault.value)
        case FaultCode.SYNTAX:
            return _SYNTAX.get(fault.value or "", "")
        case _:
            return shorten(fault.value or "")


def what_text(fault: Fault) -> str:
    """What is wrong, in one sentence."""
    return _worded(fault, 0)


def repair_text(fault: Fault) -> str:
    """What to do, or what could stand there instead; empty where the fault itself says it."""
    parts = [_worded(fault, 1)]
    if fault.instead and not any("{instead}" in part for part in _FAULTS[fault.code]):
        parts.append(f"Möglich: {_instead_text(fault)}.")
    return " ".join(part for part in parts if part)


def _worded(fault: Fault, part: int) -> str:
    if fault.code is FaultCode.WRONG_SHAPE and not fault.key and part == 0:
        return "Das hat die falsche Form."
    words = {"key": shorten(fault.key or ""), "value": _value_text(fault), "instead": _instead_text(fault)}
    return _FAULTS[fault.code][part].format(**words)


def _instead_text(fault: Fault) -> str:
    more = ", …" if len(fault.instead) > _INSTEAD_SHOWN else ""
    return ", ".join(shorten(word, _LONGEST_INSTEAD) for word in fault.instead[:_INSTEAD_SHOWN]) + more


def place_text(fault: Fault) -> str:
    """Where it is: file, line, entry."""
    where = [shorten(fault.file, 200)]
    where += [f"Zeile {fault.line}"] if fault.line is not None else []
    where += [f"Eintrag {shorten(fault.entry)}"] if fault.entry else []
    return ", ".join(where)


def fault_text(fault: Fault) -> str:
    """One fault: where, what, and what could stand there instead."""
    kind = "" if fault.severity is Severity.ERROR else "Hinweis: "
    return f"{place_text(fault)}: {kind}{what_text(fault)} {repair_text(fault)}".rstrip()


def faults_text(faults: Iterable[Fault]) -> str:
    """All faults, a line each."""
    return "\n".join(fault_text(fault) for fault in faults)
