"""The page for whoever writes entries: every key with its type, meaning and example, from the JSON Schema."""

from collections.abc import Iterator, Mapping
from typing import Any

from digiwegweiser.render.wording import number

_HEAD = """\
# Der Katalog: alle Schlüssel

Diese Seite wird aus der Feldtabelle geschrieben, nach der das Programm den Katalog liest; von Hand wird sie nicht
geändert. Wie man einen Eintrag aufnimmt, beendet oder berichtigt, steht in [CONTRIBUTING.md](../CONTRIBUTING.md).

- **Pflicht** ist, was in der Spalte ein „ja“ hat. Alles andere bleibt weg, wenn es nicht belegt ist: Weglassen heißt
  „unbekannt“, nicht „nein“ und nicht „null“.
- **Grenzen schließen ihren Wert ein:** „bis 49“ und „weniger als 50“ sind beide `49`. Der letzte Tag gilt noch.
- **Einheiten** stehen im Namen: `_eur` ist Euro, `_percent` Prozent, `_years` Jahre.
- Postleitzahlen und amtliche Schlüssel stehen in Anführungszeichen, sonst ginge eine Null am Anfang verloren.
- Ein Punkt im Namen heißt „darin“: `contact.phone` ist `phone` unter `contact`.

- Prüfen: `digiwegweiser katalog pruefen DATEI`
- Leere Vorlage: `digiwegweiser katalog neu`
- Für Editoren, die beim Schreiben helfen: `digiwegweiser katalog schema`
"""
_COLUMNS = ("| Schlüssel | Pflicht | Art | Bedeutung | Beispiel |", "| --- | --- | --- | --- | --- |")
_FILES = {
    "trade": "Code aus `data/trades.csv` oder `data/sectors.csv`",
    "trade_or_group": "Code eines Gewerks, einer Branche oder einer Gewerbegruppe",
    "firms": "Code eines Gewerks oder einer Branche, eine Gewerbegruppe, oder ein Wort aus `audience.sectors`",
    "kreis": "Schlüssel aus `data/kreise.csv`",
    "need": "[Bedarf](#bedarfe)",
}


def render_manual(schema: Mapping[str, Any]) -> str:
    """The page as Markdown."""
    parts = [_HEAD, "## Der Eintrag\n", _table(schema["items"], ""), *_sections(schema["items"], "")]
    parts += ["## Wörter\n", *_word_lists(schema["items"])]
    parts += ["## Bedarfe\n", _words(schema["$defs"]["need"])]
    return "\n".join(parts)


def _parts(record: Mapping[str, Any], path: str) -> Iterator[tuple[str, Mapping[str, Any], bool]]:
    """The keys of a record: the way to each, what it may be, whether it is required."""
    for name, part in record["properties"].items():
        yield (f"{path}.{name}" if path else name), part, name in record["required"]


def _inner(part: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = part.get("items", part)
    return found


def _table(record: Mapping[str, Any], path: str) -> str:
    rows = (
        f"| `{way}` | {'ja' if is_required else ''} | {_kind(way, part)} | {part['description']} | {_example(part)} |"
        for way, part, is_required in _parts(record, path)
    )
    return "\n".join([*_COLUMNS, *rows]) + "\n"


def _sections(record: Mapping[str, Any], path: str) -> Iterator[str]:
    """A table for each record within the record, down to the last."""
    for way, part, _ in _parts(record, path):
        inner = _inner(part)
        if "properties" in inner:
            yield f"## {way}\n\n{part['description'][0].upper()}{part['description'][1:]}.\n"
            yield _table(inner, way)
            yield from _sections(inner, way)


def _kind(way: str, part: Mapping[str, Any]) -> str:
    if part.get("type") == "array":
        return f"Liste: {_kind(way, part['items'])}"
    if "properties" in part:
        return f"[eigene Schlüssel](#{way.replace('.', '')})"
    if "$ref" in part:
        return _FILES[part["$ref"].rsplit("/", 1)[-1]]
    if "enum" in part:
        return f"[ein Wort](#{_anchor(way)})"
    return _scalar(part)


def _scalar(part: Mapping[str, Any]) -> str:
    match part.get("type"):
        case "boolean":
            return "`true` oder `false`"
        case "integer" | "number" as kind:
            whole = "ganze Zahl" if kind == "integer" else "Zahl"
            return f"{whole} von {number(part['minimum'])} bis {number(part['maximum'])}"
        case _:
            return str(part.get("title") or f"Text bis {number(part['maxLength'])} Zeichen").replace("|", "oder")


def _example(part: Mapping[str, Any]) -> str:
    if "examples" not in part:
        return ""
    (value,) = part["examples"]
    shown = value[0] if isinstance(value, list) else value
    return f"`{str(shown).lower() if isinstance(shown, bool) else shown}`"


def _anchor(way: str) -> str:
    return f"wort-{way.rsplit('.', 1)[-1]}"


def _word_lists(record: Mapping[str, Any]) -> Iterator[str]:
    """A list for each closed vocabulary, once for keys of the same name."""
    told: set[str] = set()
    for way, part in _closed(record, ""):
        anchor = _anchor(way)
        if anchor not in told:
            told.add(anchor)
            yield f'<a id="{anchor}"></a>\n\n### {way.rsplit(".", 1)[-1]}\n'
            yield _words(part)


def _closed(record: Mapping[str, Any], path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for way, part, _ in _parts(record, path):
        inner = _inner(part)
        if "properties" in inner:
            yield from _closed(inner, way)
        elif "enum" in inner:
            yield way, inner


def _words(part: Mapping[str, Any]) -> str:
    rows = (f"| `{word}` | {said} |" for word, said in zip(part["enum"], part["enumDescriptions"], strict=True))
    return "\n".join(["| Wort | Bedeutung |", "| --- | --- |", *rows]) + "\n"
