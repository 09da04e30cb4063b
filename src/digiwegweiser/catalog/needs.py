"""From the plain data of data/needs.yaml to the closed list of needs."""

from collections.abc import Iterable, Mapping
from typing import Any

from digiwegweiser.core.needs import Calm, Leftover, Need, NeedGroup, NeedVocabulary, Negation


def parse_needs(raw: Mapping[str, Any]) -> NeedVocabulary:
    """The groups, needs, negation words, word fields and calming words of a checked file."""
    groups = tuple(NeedGroup(entry["code"], entry["label"]) for entry in raw["groups"])
    needs = tuple(_parse_need(entry) for entry in raw["needs"])
    lists = raw.get("negation") or {}
    negation = Negation(**{name: _lines(lists.get(name)) for name in Negation._fields})
    word_fields = tuple((name, _lines(words)) for name, words in (raw.get("word_fields") or {}).items())
    quiet = raw.get("calm") or {}
    calm = Calm(**{name: _lines(quiet.get(name)) for name in Calm._fields})
    rest = raw.get("leftover") or {}
    leftover = Leftover(**{name: _lines(rest.get(name)) for name in Leftover._fields})
    return NeedVocabulary(groups, needs, negation, word_fields, calm, leftover)


def _parse_need(entry: Mapping[str, Any]) -> Need:
    return Need(
        code=entry["code"],
        group=entry["group"],
        label=entry["label"],
        question=entry["question"],
        words=_lines(entry["words"]),
        weak=_lines(entry.get("weak")),
        how=_lines(entry.get("how")),
        is_aside=entry.get("is_aside", False),
        means=frozenset(entry.get("means", ())),
        emergency=_lines(entry.get("emergency")),
    )


def _lines(raw: Iterable[Any] | None) -> tuple[str, ...]:
    # A reader that knows numbers gives "3" or "360" as such.
    return tuple(map(str, raw or ()))
