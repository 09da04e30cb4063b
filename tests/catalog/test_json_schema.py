"""`katalog schema`: what the loader takes the schema takes, and what the loader refuses by type it refuses, too."""

import json
import re
from typing import Any

import pytest
import yaml
from cli.console import an_entry
from factories import DATA
from jsonschema import Draft202012Validator, FormatChecker

from digiwegweiser.catalog.examples import EVERYWHERE, EXAMPLES, example_of
from digiwegweiser.catalog.fields import FieldType, ListOf, Number, Record
from digiwegweiser.catalog.schema import ENTRY, read_entries
from digiwegweiser.catalog.yaml_reader import read_yaml
from digiwegweiser.core.fault import FaultCode
from digiwegweiser.inspection import schema

SCHEMA = schema()
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
#: Faults that no schema of single values can express.
NOT_OF_TYPE = {
    FaultCode.LIMITS_OUT_OF_ORDER, FaultCode.DATES_OUT_OF_ORDER, FaultCode.CONTROL_CHARACTER, FaultCode.DUPLICATE_KEY,
}  # fmt: skip


class _Editor(yaml.SafeLoader):
    """YAML as editors read it: by the rules of version 1.2, where a day is text and only true and false are flags."""


_Editor.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("float", r"^[-+]?[0-9]+\.[0-9]+$", "-+0123456789"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
):
    _Editor.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), list(_first))
# A number with a zero in front is octal to the old rules; the new ones count in tens.
_Editor.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))


def seen_by_an_editor(text: str) -> Any:
    return yaml.load(text, _Editor)


def complaints(text: str) -> list[str]:
    return [
        f"{'.'.join(map(str, e.absolute_path))}: {e.message}" for e in VALIDATOR.iter_errors(seen_by_an_editor(text))
    ]


def refusals(text: str) -> set[FaultCode]:
    return {fault.code for fault in read_entries(read_yaml(text.encode(), "x"), "x")[2]}


def leaves(record: Record = ENTRY, path: str = "") -> dict[str, FieldType]:
    """The type of each key that holds no other keys; of a list, the list."""
    found: dict[str, FieldType] = {}
    for name, field in record.fields.items():
        way = f"{path}.{name}" if path else name
        inner = field.type.item if isinstance(field.type, ListOf) else field.type
        found |= leaves(inner, way) if isinstance(inner, Record) else {way: field.type}
    return found


def entry_with(path: str, value: Any) -> str:
    """An otherwise sound entry as YAML in which one key has a value; lists of records get one item."""
    whole = an_entry(sites=[{"city": "Soest"}])
    whole["funding"]["tiers"] = [{"for": {}}]
    whole["contact"] = {}
    *way, last = path.split(".")
    here: Any = whole
    for name in way:
        here = here[name]
        here = here[0] if isinstance(here, list) else here
    here[last] = value
    return json.dumps([whole], ensure_ascii=False)


LEAVES = leaves()


def test_the_schema_is_one() -> None:
    """By the rules of its own dialect."""
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def test_the_shipped_catalogue_fits_as_an_editor_reads_it() -> None:
    """No number where text is meant, no key that is missing, no code that is unknown."""
    assert complaints((DATA / "programs.yaml").read_text(encoding="utf-8")) == []


def test_the_shipped_catalogue_fits_as_the_loader_reads_it() -> None:
    """The plain form is JSON of that schema, too."""
    entries, _, _ = read_entries(read_yaml((DATA / "programs.yaml").read_bytes(), "x"), "x")
    assert [error.message for error in VALIDATOR.iter_errors(entries)] == []


@pytest.mark.parametrize("path", LEAVES)
def test_the_example_of_every_key_is_right_for_both(path: str) -> None:
    """A key that somebody adds to the table has an example, too."""
    example = example_of(path)
    assert example is not None
    value = seen_by_an_editor(example)
    text = entry_with(path, [value] if isinstance(LEAVES[path], ListOf) else value)
    assert (complaints(text), refusals(text)) == ([], set())


def test_no_example_is_left_of_a_key_that_is_gone() -> None:
    last = {path.rsplit(".", 1)[-1] for path in LEAVES}
    assert EXAMPLES.keys() <= LEAVES.keys()
    assert EVERYWHERE.keys() <= last


WRONG = (
    None, "", "  ", [], {}, [[]], [None], [""], {"a": "b"}, "a\u00e4 \n?", "x" * 5000, "ja", "2026-02-30", "22.11.2026",
    "https://", "-1", "1.5", "1e3", 10**14, -10**14, True, "0", ["x", "x"], ["A-999"], "A-999",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("path", LEAVES)
def test_what_the_loader_refuses_by_type_the_schema_refuses(path: str) -> None:
    """For every key a row of values that fit few of them; an editor may be stricter, never laxer."""
    refused = 0
    for value in WRONG:
        text = entry_with(path, value)
        if refusals(text) - NOT_OF_TYPE:
            refused += 1
            assert complaints(text) != [], (path, value)
    assert refused > 3


@pytest.mark.parametrize("path", [path for path, kind in LEAVES.items() if isinstance(kind, Number)])
def test_the_bounds_of_a_number_are_the_same_for_both(path: str) -> None:
    """The bounds themselves are allowed, one beyond is not."""
    kind = LEAVES[path]
    assert isinstance(kind, Number)
    for value, is_good in (
        (kind.lowest, True),
        (kind.highest, True),
        (kind.lowest - 1, False),
        (kind.highest + 1, False),
    ):
        text = entry_with(path, value)
        assert (complaints(text) == [], not refusals(text) - NOT_OF_TYPE) == (is_good, is_good)


@pytest.mark.parametrize("key", ["id", "name", "sources", "area", "needs"])
def test_missing_and_unknown_keys_are_refused_by_both(key: str) -> None:
    text = json.dumps([an_entry(**{key: None})])
    assert complaints(text)
    assert FaultCode.MISSING_KEY in refusals(text)
    text = json.dumps([{**an_entry(), f"{key}x": "1"}])
    assert complaints(text)
    assert FaultCode.UNKNOWN_KEY in refusals(text)


@pytest.mark.parametrize(
    ("path", "good", "bad"),
    [
        ("needs.core", ["it_security"], ["it_securty"]),
        ("audience.trades", ["A-27"], ["A-99"]),
        ("audience.made_for", ["finishing", "A-27"], ["carpentry"]),
        ("area.kreise", ["05974"], ["99999"]),
    ],
)
def test_codes_of_other_files_are_completed_by_the_editor(path: str, good: list[str], bad: list[str]) -> None:
    """The loader finds them by its references; the schema lists them."""
    assert complaints(entry_with(path, good)) == []
    assert complaints(entry_with(path, bad)) != []


def closed_lists(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, list):
        return [found for one in part for found in closed_lists(one)]
    if not isinstance(part, dict):
        return []
    return [*([part] if "enum" in part else []), *(f for one in part.values() for f in closed_lists(one))]


def test_every_word_of_every_closed_list_has_a_german_meaning() -> None:
    """None is just repeated."""
    lists = closed_lists(SCHEMA)
    assert lists
    for one in lists:
        assert len(one["enum"]) == len(one["enumDescriptions"])
        assert all(word != said for word, said in zip(one["enum"], one["enumDescriptions"], strict=True)), one["enum"]


def test_flags_and_days_are_what_an_editor_takes_them_for() -> None:
    """The reader of this test reads as editors do."""
    assert seen_by_an_editor("[true, yes, 2026-01-01, 01067, 1.5, ~, x]") == [
        True,
        "yes",
        "2026-01-01",
        1067,
        1.5,
        None,
        "x",
    ]
