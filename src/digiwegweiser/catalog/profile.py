"""A profile file: the answers of one firm as YAML, each as the owner would say it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from digiwegweiser.catalog.fields import Context, Field, ListOf, Record, Text
from digiwegweiser.catalog.files import read_bytes
from digiwegweiser.catalog.yaml_reader import read_yaml
from digiwegweiser.core.fault import FaultyData

_WORDS = Text(500)
PROFILE = Record(
    "Profil",
    {
        "place": Field(_WORDS, "Postleitzahl, Ort, Kreis oder Land"),
        "trade": Field(_WORDS, "Gewerk oder Branche"),
        "employees": Field(_WORDS, "Beschäftigte"),
        "needs": Field(ListOf(_WORDS), "Bedarf, in eigenen Worten oder als Code"),
        "turnover_eur": Field(_WORDS, "Jahresumsatz in Euro"),
        "balance_eur": Field(_WORDS, "Bilanzsumme in Euro"),
        "founded": Field(_WORDS, "Gründungsjahr"),
        "budget_eur": Field(_WORDS, "geplante Kosten in Euro"),
        "ordered": Field(_WORDS, "schon bestellt: ja oder nein"),
        "de_minimis_eur": Field(_WORDS, "De-minimis-Beihilfen der letzten drei Jahre in Euro"),
    },
)


def read_profile(path: Path) -> dict[str, Any]:
    """The answers in a file by attribute. Raises FaultyData with everything that is wrong."""
    source = read_bytes(path)
    context = Context(str(path))
    found = PROFILE.read(read_yaml(source, str(path)), "", context)
    if context.faults or found is None:
        raise FaultyData(tuple(context.faults))
    return {**found, "needs": tuple(found.get("needs", ()))}


def write_profile(answers: Mapping[str, Any], path: Path) -> None:
    """Keeps answers so that `read_profile` gives them back. Raises OSError."""
    path.write_text("".join(_lines(answers)), encoding="utf-8")


def _lines(answers: Mapping[str, Any]) -> Iterator[str]:
    # A JSON string is a quoted YAML text, so nothing can be taken for a number, a date or a flag.
    for key, value in answers.items():
        if isinstance(value, str):
            yield f"{key}: {json.dumps(value, ensure_ascii=False)}\n"
        else:
            yield f"{key}:\n" + "".join(f"  - {json.dumps(text, ensure_ascii=False)}\n" for text in value)
