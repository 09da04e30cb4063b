"""German words around a whole register: how it was read, what is wrong with it or its rows, and how it ended."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from digiwegweiser.render.messages import shorten
from digiwegweiser.render.wording import ATTRIBUTES, listed, number

_FORMS = {"csv": "CSV", "jsonl": "JSONL", "xlsx": "Excel", "parquet": "Parquet"}
_SEPARATORS = {"\t": "Tabulator"}
_LETTERS = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-8 with single letters of cp1252": "UTF-8 mit einzelnen Zeichen in Windows-1252",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
}
ROLES = ATTRIBUTES | {"plz": "PLZ", "town": "Ort", "kreis": "Kreis", "land": "Land"}
_ASKED_FIRST = ("place", "trade", "employees", "needs")
_PLACES = frozenset({"place", "plz", "town", "kreis", "land"})
_NAMES_SHOWN = 12
_CHOOSE = "--spalten"
_OPEN = {"open": ", noch offen"}

_PROBLEMS = {
    "empty": "{name}: Darin steht nichts. Gebraucht wird eine Tabelle mit einer Kopfzeile und einer Zeile je Betrieb.",
    "no_header": (
        "Keine Spalte erkannt. In der ersten Zeile steht: {names}. Sagen Sie, welche Spalte was enthält, mit ihrem"
        " Namen oder, auch ohne Kopfzeile, mit ihrer Nummer: --spalten plz=3,gewerk=5,bedarf=7."
    ),
    "unknown_attribute": "--spalten: Die Angabe „{word}“ gibt es nicht. Möglich: {known}.",
    "unknown_column": "--spalten: Die Spalte „{name}“ gibt es nicht.{near} In der Tabelle stehen: {names}.",
    "no_choice": "--spalten „{text}“: Gebraucht wird Angabe=Spalte, etwa plz=Postl,gewerk=Taetigkeit.",
    "several_columns": (
        "Mehrere Spalten enthalten „{label}“: {names}. Wählen Sie eine: --spalten {word}={first};"
        " die anderen werden dann nur durchgereicht."
    ),
    "too_many_columns": "Die Tabelle hat {count} Spalten; mehr als {most} gehen nicht.",
    "unknown_sheet": "--blatt „{name}“ gibt es nicht. In der Mappe sind: {names}.",
    "sheet_of_no_book": "--blatt gibt es nur bei Excel-Mappen; {name} ist keine.",
    "old_book": (
        "{name} ist eine Excel-Mappe im alten Format (.xls) oder mit Kennwort. Speichern Sie sie in Excel ohne Kennwort"
        " als .xlsx oder .csv."
    ),
    "json_array": (
        "{name} ist eine einzige JSON-Liste. Gebraucht wird JSONL: je Zeile ein Objekt, ohne Klammern und Kommas"
        " dazwischen. Mit jq geht das so: jq -c '.[]'"
    ),
    "unknown_form": (
        "{name}: Diese Art von Datei kenne ich nicht. Gelesen werden CSV, TSV, Excel (.xlsx), JSONL und Parquet, Texte"
        " auch mit gzip gepackt."
    ),
    "form_of_ending": (
        "{name}: An der Endung erkenne ich nicht, was geschrieben werden soll. Möglich: .csv, .tsv, .jsonl (auch mit"
        " .gz dahinter), .xlsx, .parquet."
    ),
    "exists": "{name} gibt es schon. Mit --ueberschreiben wird die Datei ersetzt.",
    "same_file": "{name} ist auch die Eingabe. Wählen Sie mit --ausgabe und --fehler andere Namen.",
    "too_long_for_sheet": (
        "Ein Excel-Blatt fasst {most} Zeilen, und das Ergebnis ist länger. Nehmen Sie .csv oder .parquet."
    ),
    "too_wide_for_sheet": (
        "Ein Excel-Blatt fasst {most} Spalten, das Ergebnis hat {count}. Nehmen Sie .csv oder .parquet."
    ),
    "line_too_long": "Zeile {line} ist über 16 Millionen Zeichen lang; das ist keine Tabelle mit Zeilenumbrüchen.",
    "process_lost": (
        "Ein Teil des Programms wurde von außen beendet, meist weil der Arbeitsspeicher nicht reichte. Nichts wurde"
        " geschrieben. Schließen Sie andere Programme oder teilen Sie die Tabelle, und starten Sie noch einmal."
    ),
    "damaged": "{name} ist beschädigt oder unvollständig und kann nicht gelesen werden.",
}
_ROW_FAULTS = {
    "too_many_cells": (
        "Die Zeile hat mehr Zellen als die Kopfzeile Spalten.",
        "Steht ein Trennzeichen im Text? Dann gehört der Text in Anführungszeichen.",
    ),
    "open_quote": ("Ein Anführungszeichen wird nicht geschlossen.", "Das Anführungszeichen schließen oder weglassen."),
    "broken_line": ("Eine Zelle ist länger als eine Million Zeichen.", None),
    "no_json": ("Die Zeile ist kein gültiges JSON.", None),
    "no_object": ("Die Zeile ist kein JSON-Objekt.", 'Gebraucht wird {"place": "59555", "trade": "Tischlerei"}.'),
    "excel_error": ("In der Zelle steht ein Fehler von Excel.", "Die Formel berichtigen oder die Zelle leeren."),
}  # fmt: skip


#: What the readers of single answers say of a cell.
_CELL_FAULTS = {"not_understood": "nicht verstanden", "ambiguous": "nicht eindeutig"}


class Reading(NamedTuple):
    """How a table was read, as far as it is told."""

    form: str
    is_gzip: bool
    letters: str | None
    separator: str | None
    sheet: str | None
    other_sheets: Sequence[str]
    width: int
    has_header: bool
    rows_above: int
    columns: Sequence[tuple[str, str]]
    """Role and header of each column that says something of the firm."""


class Reason(NamedTuple):
    """One kind of fault, with the first one of its kind."""

    times: int
    column: str
    code: str
    value: str
    message: str


class Totals(NamedTuple):
    """How a run over a register ended."""

    rows: int
    good: int
    guessed: int
    faulty: int
    without_local: int
    reasons: Sequence[Reason]
    """The commonest faults."""
    offers: Sequence[tuple[str, int]]
    """Name and count of the offers named most."""


class Probed(NamedTuple):
    """One row of a table and what would come of it."""

    line: int
    answers: Mapping[str, str | Sequence[str] | None]
    results: Sequence[Mapping[str, Any]]
    """Under the keys of the JSON."""
    hints: str | None
    faults: Sequence[tuple[str | None, str, str | None]]
    """Column, message and suggestion."""


def reading_text(found: Reading) -> str:
    """What the table was taken for and which column was taken for what."""
    facts = [_FORMS[found.form] + (" (gzip)" if found.is_gzip else "")]
    facts += [f"Trennzeichen {_SEPARATORS.get(found.separator, found.separator)}"] if found.separator else []
    facts += [_LETTERS[found.letters]] if found.letters else []
    facts += [f"Blatt „{shorten(found.sheet)}“"] if found.sheet is not None else []
    facts += [f"{number(found.width)} Spalten" if found.width != 1 else "eine Spalte"]
    facts += [] if found.has_header else ["ohne Kopfzeile"]
    above = found.rows_above
    facts += [f"{above} {'Zeile' if above == 1 else 'Zeilen'} über der Kopfzeile ausgelassen"] if above else []
    lines = [f"Gelesen als: {', '.join(facts)}."]
    lines.append(f"Spalten: {', '.join(f'{ROLES[role]} ← „{shorten(name, 30)}“' for role, name in found.columns)}.")
    known = {"place" if role in _PLACES else role for role, _ in found.columns}
    missing = [ROLES[role] for role in _ASKED_FIRST if role not in known]
    lines += [f"Nicht gefunden: {listed(missing)}; benennen mit {_CHOOSE}, siehe --help."] if missing else []
    if found.other_sheets:
        lines.append(f"Weitere Blätter, nicht gelesen: {_names(found.other_sheets)}. Wählen mit --blatt.")
    return "\n".join(lines)


def batch_problem_text(problem: str, details: Mapping[str, Any], words: Iterable[str]) -> str:
    """Why a table can't be read or written, and what to do; `words` are those that `--spalten` knows."""
    shown: dict[str, Any] = {k: shorten(v) if isinstance(v, str) else v for k, v in details.items()}
    shown["name"] = details.get("name", "")
    shown["known"] = ", ".join(words)
    if isinstance(shown.get("names"), tuple):
        shown |= {"names": _names(shown["names"]), "first": next(iter(shown["names"]), "")}
    near = [f"„{name}“" for name in shown.get("near", ())]
    shown["near"] = f" Meinten Sie {listed(near, 'oder')}?" if near else ""
    shown["label"] = ROLES.get(shown.get("role", ""), "")
    shown |= {key: number(shown[key]) for key in ("count", "most", "line") if key in shown}
    return _PROBLEMS[problem].format(**shown)


def row_fault_text(code: str) -> tuple[str, str | None]:
    """Message and suggestion for a row that could not be read as one."""
    return _ROW_FAULTS[code]


def probe_text(found: Probed) -> str:
    """A row as it was understood, with its offers or with what is wrong."""
    given = [
        f"{ATTRIBUTES[key]} {shorten(value if isinstance(value, str) else '; '.join(value))}"
        for key, value in found.answers.items()
        if value is not None
    ]
    lines = [f"Zeile {found.line}: {' · '.join(given) or 'ohne Angaben'}"]
    for column, message, suggestion in found.faults:
        hint = f" {suggestion}" if suggestion else ""
        lines.append(f"   Fehler: {_where(column or '')}{message}{hint}")
    lines += [
        f"   {one['rank']}. {one['name']} ({number(one['score'])} Punkte{_OPEN.get(one['eligibility'], '')}):"
        f" {one['reason'] or 'ohne besonderen Grund'}"
        for one in found.results
    ]
    lines += [f"   Hinweis: {found.hints}"] if found.hints else []
    return "\n".join(lines)


def totals_text(totals: Totals) -> str:
    """The summary for the end of a run."""
    lines = [
        f"{number(totals.rows)} {_rows(totals.rows)} gelesen: {number(totals.good)} mit Wegweiser, davon"
        f" {number(totals.guessed)} mit Hinweis; {number(totals.faulty)} fehlerhaft."
    ]
    if totals.reasons:
        lines.append("Häufigste Fehler:")
        lines += [f"  {number(reason.times)} × {_reason_text(reason)}" for reason in totals.reasons]
    if totals.offers:
        lines.append("Am häufigsten genannt:")
        lines += [f"  {number(count)} × {shorten(name, 90)}" for name, count in totals.offers]
    if totals.good:
        lines.append(f"Ohne Angebot aus dem eigenen Kreis oder Land: {number(totals.without_local)}.")
    return "\n".join(lines)


def _reason_text(reason: Reason) -> str:
    known = _CELL_FAULTS.get(reason.code)
    what = f"{known}, etwa „{shorten(reason.value, 40)}“" if known else reason.message
    return f"{_where(reason.column)}{what}"


def _rows(count: int) -> str:
    return "Zeile" if count == 1 else "Zeilen"


def _where(column: str) -> str:
    return f"Spalte „{shorten(column, 40)}“: " if column else ""


def _names(names: Sequence[str]) -> str:
    shown = [f"„{shorten(name, 30)}“" if name.strip() else "(leer)" for name in names[:_NAMES_SHOWN]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" und {more} weitere" if more > 0 else "")
