"""What a check of the catalogue found, as text and as JSON."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from digiwegweiser.core.fault import Fault, FaultCode, Severity
from digiwegweiser.render.faults import fault_text, place_text, repair_text, what_text
from digiwegweiser.render.messages import shorten
from digiwegweiser.render.plain import printable

#: Lines shown of one kind of warning.
SHOWN = 5
#: Characters shown of a value; more than any address in the catalogue has.
LONGEST = 200

#: Warnings by kind: one heading instead of the same sentence a hundred times.
_HEADINGS = {
    FaultCode.PAST_LAST_DAY: "Noch active, obwohl der letzte Tag vorbei ist",
    FaultCode.NO_END_EVIDENCE: "Ende nicht belegt",
    FaultCode.NO_PAYER: "Kostenfrei, ohne dass gesagt ist, wer bezahlt",
    FaultCode.NO_ORDER_RULE: "Geld, ohne dass gesagt ist, ob erst der Antrag und dann die Bestellung kommt",
    FaultCode.UNDATED_SOURCE: "Quelle ohne Datum",
    FaultCode.PERSONAL_MAIL: "Adresse, die nach einer Person aussieht",
    FaultCode.LOOKS_THE_SAME: "Wohl zweimal dasselbe Angebot",
    FaultCode.NEVER_SHOWN: "Wird nie auf der ersten Seite gezeigt",
}


def inspection_text(entries: int, errors: Sequence[Fault], warnings: Sequence[Fault], show_all: bool) -> str:
    """The errors a line each, the warnings by kind, and the count of both."""
    lines = [fault_text(fault) for fault in errors]
    lines += [""] if errors else []
    kinds = [list(found) for _, found in groupby(sorted(warnings, key=_kind_of), key=_kind_of)]
    for found in kinds:
        lines += _kind(found, found if show_all else found[:SHOWN])
    if not show_all and any(len(found) > SHOWN for found in kinds):
        lines += ["Mit --alle stehen hier alle Hinweise.", ""]
    return printable("\n".join([*lines, _summary(entries, len(errors), len(warnings))]) + "\n")


def _kind_of(fault: Fault) -> str:
    return fault.code


def _kind(found: Sequence[Fault], shown: Iterable[Fault]) -> Iterator[str]:
    """One kind of warning: heading with count, what to do if that is the same for all, and the places."""
    yield f"{_HEADINGS[found[0].code]} ({len(found)})"
    is_same = len({repair_text(fault) for fault in found}) == 1
    if is_same:
        yield f"  {repair_text(found[0])}"
    said = list(shown)
    for fault in said:
        yield f"  - {place_text(fault)}{_value(fault) if is_same else f': {what_text(fault)} {repair_text(fault)}'}"
    if len(found) > len(said):
        yield f"  … und {len(found) - len(said)} weitere"
    yield ""


def _value(fault: Fault) -> str:
    """What the heading does not say: the value, or which other entry."""
    if fault.instead:
        return f": {what_text(fault)}"
    return f": {shorten(fault.value, LONGEST)}" if fault.value else ""


def _summary(entries: int, errors: int, warnings: int) -> str:
    checked = "1 Eintrag geprüft" if entries == 1 else f"{entries} Einträge geprüft"
    wrong = "kein Fehler" if errors == 0 else f"{errors} Fehler"
    doubtful = "" if warnings == 0 else f", {warnings} Hinweis{'' if warnings == 1 else 'e'}"
    return f"{checked}: {wrong}{doubtful}."


def inspection_json(entries: int, as_of: date, faults: Iterable[Fault]) -> str:
    """Everything with codes and German words."""
    told = [_view(fault) for fault in faults]
    whole = {
        "schema": 1,
        "as_of": as_of.isoformat(),
        "entries": entries,
        "errors": sum(one["severity"] == Severity.ERROR for one in told),
        "warnings": sum(one["severity"] == Severity.WARNING for one in told),
        "faults": told,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _view(fault: Fault) -> dict[str, Any]:
    return {
        "severity": fault.severity,
        "code": fault.code,
        "file": printable(fault.file),
        "line": fault.line,
        **{name: _clean(getattr(fault, name)) for name in ("entry", "key", "value")},
        "instead": [shorten(word, LONGEST) for word in fault.instead],
        "text": what_text(fault),
        "repair": repair_text(fault),
    }


def _clean(text: str | None) -> str | None:
    return None if text is None else shorten(text, LONGEST)
