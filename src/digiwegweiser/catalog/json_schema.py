"""The JSON Schema (2020-12) of a catalogue file, made from the field table that the loader reads by."""

from collections.abc import Mapping
from typing import Any

from digiwegweiser.catalog.examples import example_of
from digiwegweiser.catalog.fields import Text
from digiwegweiser.catalog.schema import CODE, ENTRY, FIRMS, KREIS, PARTIAL_DAY, TRADE

DIALECT = "https://json-schema.org/draft/2020-12/schema"

#: Codes of other files: what the table can only give a pattern for, the schema lists.
_LISTED = (
    ("need", CODE), ("trade", TRADE), ("kreis", KREIS), ("trade_or_group", Text(30)), ("firms", FIRMS),
)  # fmt: skip


def catalogue_schema(codes: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The schema of a file of entries; `codes` are the names of what is in `_LISTED` by code.

    What is no matter of one value (order of limits, chains of successors) is left to `katalog pruefen`.
    """
    entry = _referring(_with_examples(ENTRY.schema(), ""))
    return {
        "$schema": DIALECT,
        "title": "Katalog von digiwegweiser",
        "description": "Eine Liste von Einträgen; geprüft wird mit: digiwegweiser katalog pruefen DATEI",
        "type": "array",
        "items": entry,
        "$defs": {name: _listed(codes[name]) for name, _ in _LISTED},
    }


def _listed(names: Mapping[str, str]) -> dict[str, Any]:
    return {"enum": list(names), "enumDescriptions": list(names.values())}


def _with_examples(schema: dict[str, Any], path: str) -> dict[str, Any]:
    """The schema with the example of each key, typed as an editor reads it."""
    inner = schema.get("items", schema)
    for name, part in inner.get("properties", {}).items():
        way = f"{path}.{name}" if path else name
        example = example_of(way)
        _with_examples(part, way)
        if example is not None and "properties" not in part.get("items", part):
            value = _typed(example, part.get("items", part))
            part["examples"] = [[value] if part.get("type") == "array" else value]
    return schema


def _typed(example: str, part: Mapping[str, Any]) -> Any:
    match part.get("type"):
        case "integer":
            return int(example)
        case "number":
            return float(example)
        case "boolean":
            return example == "true"
        case _:
            return example.strip('"')


def _referring(part: Any) -> Any:
    """The schema with references where a code of another file is meant."""
    if isinstance(part, list):
        return [_referring(one) for one in part]
    if not isinstance(part, dict):
        return part
    for name, known in _LISTED:
        if part == known.schema():
            return {"$ref": f"#/$defs/{name}"}
    if _is_year_too(part):
        # A year alone is a number to whoever reads YAML by its own rules.
        text = {key: part[key] for key in ("type", "pattern", "maxLength")}
        rest = {key: value for key, value in part.items() if key not in text}
        return {**rest, "anyOf": [text, {"type": "integer", "minimum": 1900, "maximum": 2099}]}
    return {key: _referring(value) for key, value in part.items()}


def _is_year_too(part: Mapping[str, Any]) -> bool:
    return bool(part.get("pattern") == PARTIAL_DAY.schema()["pattern"])
