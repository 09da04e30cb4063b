"""An empty entry to fill in, with what every key means: written from the field table."""

from collections.abc import Iterator

from digiwegweiser.catalog.examples import example_of
from digiwegweiser.catalog.fields import Choice, Field, FieldType, ListOf, Record
from digiwegweiser.catalog.schema import ENTRY

HEAD = """\
## Ein neuer Eintrag. So geht es:
## 1. Ausfüllen, was kein # davor hat: Das ist Pflicht.
## 2. Von den übrigen Zeilen die brauchen, die belegt sind: „# “ davor entfernen und den Wert ersetzen.
##    Was unbekannt ist, bleibt weg.
## 3. Prüfen: digiwegweiser katalog pruefen DATEI
"""
#: More words than this are not repeated behind a key.
_FEW_WORDS = 15


def template() -> str:
    """The entry as YAML: required keys empty, the others as comments with an example."""
    lines = [f"  {line}" for line in _keys(ENTRY, "", is_live=True)]
    return HEAD + "\n".join(["-" + lines[0][1:], *lines[1:]]) + "\n"


def _keys(record: Record, path: str, is_live: bool) -> Iterator[str]:
    """The lines of a record; in a live one the optional keys are comments, in a comment all is an example."""
    # A record of which nothing is required has its first key to fill in: an empty one says nothing.
    first = next(iter(record.fields)) if not any(field.required for field in record.fields.values()) else None
    for name, field in record.fields.items():
        way = f"{path}.{name}" if path else name
        is_filled_in = is_live and (field.required or name == first)
        for line in _key(name, field, way, is_filled_in):
            yield line if is_filled_in or not is_live else f"# {line}"


def _key(name: str, field: Field, way: str, is_live: bool) -> Iterator[str]:
    inner = field.type.item if isinstance(field.type, ListOf) else field.type
    is_list = inner is not field.type
    if isinstance(inner, Record):
        yield f"{name}:  # {field.says}"
        lines = list(_keys(inner, way, is_live))
        marks = ["- ", *["  "] * (len(lines) - 1)] if is_list else [""] * len(lines)
        yield from (f"  {mark}{line}" for mark, line in zip(marks, lines, strict=True))
        return
    said = f"  # {field.says}{_words(inner)}"
    example = example_of(way) or ""
    value = "" if is_live else f" {example}"
    said += f"; etwa {example}" if is_live else ""
    if is_list:
        yield f"{name}:{said}"
        yield f"  -{value}"
    else:
        yield f"{name}:{value}{said}"


def _words(kind: FieldType) -> str:
    if isinstance(kind, Choice) and len(kind.words) <= _FEW_WORDS:
        return f" ({', '.join(kind.words)})"
    return ""
