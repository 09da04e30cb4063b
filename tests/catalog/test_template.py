"""`katalog neu`: an entry to fill in; what is filled in is right, what is forgotten is told."""

import re
from typing import Any

import pytest
from catalog.test_json_schema import LEAVES, complaints, refusals, seen_by_an_editor

from digiwegweiser.catalog.schema import read_entries
from digiwegweiser.catalog.template import template
from digiwegweiser.catalog.yaml_reader import read_yaml
from digiwegweiser.core.fault import FaultCode

_BLANK = re.compile(r"^( *(?:- )?)([a-z_]+):  # (.*); etwa (.*)$", re.MULTILINE)


def filled() -> str:
    """The template with the example of each required key put in; the comments stay."""
    text = _BLANK.sub(r"\1\2: \4  # \3", template())
    # A list has its first item on a line of its own.
    return re.sub(r"^( *)([a-z_]+): (.*?)(  # .*)\n( *)-$", r"\1\2:\4\n\5- \3", text, flags=re.MULTILINE)


def with_all_keys() -> str:
    return re.sub(r"^(  +)# ", r"\1", filled(), flags=re.MULTILINE)


def test_the_template_names_every_key() -> None:
    """At its place."""
    (entry,) = seen_by_an_editor(with_all_keys())

    def ways(here: Any, path: str) -> set[str]:
        if isinstance(here, list):
            return {way for item in here for way in ways(item, path)} or {path}
        if not isinstance(here, dict):
            return {path}
        return {way for name, inner in here.items() for way in ways(inner, f"{path}.{name}" if path else name)}

    assert ways(entry, "") == set(LEAVES)


@pytest.mark.parametrize("text", [filled(), with_all_keys()], ids=["required", "all"])
def test_the_filled_template_is_right_for_both(text: str) -> None:
    assert (complaints(text), refusals(text)) == ([], set())


def test_what_was_not_filled_in_is_told_key_by_key() -> None:
    """Nothing that is required can be forgotten."""
    faults = read_entries(read_yaml(template().encode(), "x"), "x")[2]
    required = {path for path in LEAVES if re.search(rf"^ *-? *{path.rsplit('.', 1)[-1]}:.*; etwa ", template(), re.M)}
    assert {fault.code for fault in faults} == {FaultCode.EMPTY}
    assert {str(fault.key) for fault in faults} <= required
    assert len(faults) == len(_BLANK.findall(template()))
    assert {"id", "name", "area.level", "needs.core", "funding.form", "sources.url"} <= {f.key for f in faults}
