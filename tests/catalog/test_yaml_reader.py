"""The reader of YAML: text stays text, and every trap of the format is a fault with its line."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digiwegweiser.catalog import yaml_reader
from digiwegweiser.catalog.schema import read_entries
from digiwegweiser.catalog.yaml_reader import MAX_DEPTH, plain, read_yaml
from digiwegweiser.core.fault import Fault, FaultCode, FaultyData

FILE = "probe.yaml"


def read(text: str) -> object:
    return plain(read_yaml(text.encode(), FILE))


def faults_of(source: str | bytes) -> list[Fault]:
    with pytest.raises(FaultyData) as caught:
        read_yaml(source.encode() if isinstance(source, str) else source, FILE)
    return list(caught.value.faults)


def told(source: str | bytes) -> list[tuple[FaultCode, int | None]]:
    faults = faults_of(source)
    assert {fault.file for fault in faults} == {FILE}
    return [(fault.code, fault.line) for fault in faults]


# --- what is read ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "word",
    ["NO", "no", "yes", "ON", "off", "true", "False", "y", "12:30", "01067", "0x1F", "0o17", "1e3", "1_000",
     "2026-11-22", "12.50", ".inf", "0", "=", "+49 228 1"],
)  # fmt: skip
def test_a_scalar_stays_the_text_that_stands_there(word: str) -> None:
    """Norway, Saxon postal codes, times and numbers keep every character, bare and in quotes."""
    assert read(f'a: {word}\nb: "{word}"\nc: [{word}]') == {"a": word, "b": word, "c": [word]}


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_none_only_without_quotes(word: str) -> None:
    """A missing value is None; the same letters in quotes are text."""
    assert read(f"a: {word}") == {"a": None}
    assert read(f'a: "{word}"') == {"a": word}
    assert read("a: nULL") == {"a": "nULL"}


def test_a_mark_that_only_says_text_is_no_tag() -> None:
    """The bare exclamation mark names no type."""
    assert read("a: ! 12") == {"a": "12"}
    assert told("a: !x 12") == [(FaultCode.TAG, 1)]


def test_structures_keep_their_order_and_their_lines() -> None:
    """Mappings, lists and folded text come out plain; each value knows the line of its key or of its dash."""
    node = read_yaml(b"# note\nb: 1\na:\n  - x\n  - y: >\n      two\n      lines\n", FILE)
    assert plain(node) == {"b": "1", "a": ["x", {"y": "two lines\n"}]}
    assert list(plain(node)) == ["b", "a"]
    assert isinstance(node.value, dict)
    items = node.value["a"].value
    assert (node.value["b"].line, node.value["a"].line) == (2, 3)
    assert isinstance(items, list)
    assert [item.line for item in items] == [4, 5]


@pytest.mark.parametrize("source", [b"", b"# only a note\n", b"---\n", b"\xef\xbb\xbf"])
def test_an_empty_document_is_nothing(source: bytes) -> None:
    """Nothing to read is None and no failure of the reader."""
    assert plain(read_yaml(source, FILE)) is None


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    """Files saved by Windows editors read the same; the mark inside a text stays text."""
    assert plain(read_yaml(b"\xef\xbb\xbfid: x\r\nname: y\r\n", FILE)) == {"id": "x", "name": "y"}
    assert told("a: b\x00") == [(FaultCode.SYNTAX, None)]


# --- traps -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a: 1\nb: 2\na: 3", [(FaultCode.DUPLICATE_KEY, 3)]),
        ("x:\n  a: 1\n  a: 2\ny:\n  a: 1", [(FaultCode.DUPLICATE_KEY, 3)]),
        ('a: 1\n"a": 2', [(FaultCode.DUPLICATE_KEY, 2)]),
        ("a: &x 1", [(FaultCode.ALIAS, 1)]),
        ("a: &x 1\nb: *x", [(FaultCode.ALIAS, 1), (FaultCode.ALIAS, 2)]),
        ("b: *x", [(FaultCode.ALIAS, 1)]),
        ("- &x {a: 1}\n- <<: *x", [(FaultCode.ALIAS, 1), (FaultCode.ALIAS, 2)]),
        ("a: !!python/object/apply:os.system [ls]", [(FaultCode.TAG, 1)]),
        ("a: 1\nb: !!python/object:os.system {}", [(FaultCode.TAG, 2)]),
        ("a: !!binary aGk=", [(FaultCode.TAG, 1)]),
        ("a: !!str 1", [(FaultCode.TAG, 1)]),
        ("a: !own 1", [(FaultCode.TAG, 1)]),
        ("a: 1\n---\nb: 2", [(FaultCode.SEVERAL_DOCUMENTS, 2)]),
        ("--- a\n--- b\n--- c", [(FaultCode.SEVERAL_DOCUMENTS, 2)]),
        ("? [a]\n: 1", [(FaultCode.KEY_NOT_TEXT, 1)]),
        ("? {a: b}\n: 1", [(FaultCode.KEY_NOT_TEXT, 1)]),
        ("~: 1", [(FaultCode.KEY_NOT_TEXT, 1)]),
        ("a: 1\n\tb: 2", [(FaultCode.SYNTAX, 2)]),
        ("a:\n\t- b", [(FaultCode.SYNTAX, 2)]),
        ("a: b: c", [(FaultCode.SYNTAX, 1)]),
        ("a: 'x", [(FaultCode.SYNTAX, 1)]),
        ("a: 1\n  b: 2\n", [(FaultCode.SYNTAX, 2)]),
        ("a: [1, 2\nb: 3", [(FaultCode.SYNTAX, 2)]),
        ("a: @b", [(FaultCode.SYNTAX, 1)]),
        ("a: \x07", [(FaultCode.SYNTAX, None)]),
        (b"a: 1\nb: M\xfcller\n", [(FaultCode.NOT_UTF8, 2)]),
        ("a: 1".encode("utf-16"), [(FaultCode.NOT_UTF8, 1)]),
        (b"a: \xed\xa0\x80", [(FaultCode.NOT_UTF8, 1)]),
    ],
)  # fmt: skip
def test_a_trap_is_a_fault_with_its_line(source: str | bytes, expected: list[tuple[FaultCode, int | None]]) -> None:
    """What other readers execute, merge, guess or drop is refused, and its place is told."""
    assert told(source) == expected


def test_details_name_what_stood_there() -> None:
    """The key that is there twice, the alias and the tag are named."""
    (twice,) = faults_of("a: 1\na: 2")
    assert (twice.key, twice.line) == ("a", 2)
    assert [fault.value for fault in faults_of("a: &x 1\nb: *x")] == ["x", "x"]
    assert "python/object" in str(faults_of("a: !!python/object:os.system {}")[0].value)
    assert "tab" in str(faults_of("a: 1\n\tb: 2")[0].value)
    assert "control characters" in str(faults_of("a: \x07")[0].value)


def test_all_traps_of_a_file_are_told_in_one_run() -> None:
    """Whoever mends a file need not run the reader once per fault."""
    found = told("a: 1\na: 2\nb: !!x 3\nc: &y 4\n? [d]\n: 5")
    assert found == [
        (FaultCode.DUPLICATE_KEY, 2), (FaultCode.TAG, 3), (FaultCode.ALIAS, 4), (FaultCode.KEY_NOT_TEXT, 5),
    ]  # fmt: skip


def test_faults_before_a_syntax_error_are_kept() -> None:
    """A slip at the end does not hide what was found before it."""
    assert told("a: 1\na: 2\nb: 'x") == [(FaultCode.DUPLICATE_KEY, 2), (FaultCode.SYNTAX, 3)]


def test_a_billion_laughs_are_refused_at_once() -> None:
    """Aliases of aliases are counted as faults and never multiplied."""
    lines = ["a0: &a0 [ha]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    start = time.process_time()
    codes = {code for code, _ in told("\n".join(lines))}
    assert codes == {FaultCode.ALIAS}
    assert time.process_time() - start < 2


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_depth_has_a_limit(opening: str, closing: str) -> None:
    """Nesting up to the limit is read, one level more is refused."""
    read(opening * MAX_DEPTH + "x" + closing * MAX_DEPTH)
    assert told(opening * (MAX_DEPTH + 1) + "x" + closing * (MAX_DEPTH + 1)) == [(FaultCode.TOO_DEEP, 1)]


@pytest.mark.parametrize("source", ["[" * 100_000, "- " * 50_000, "{a: " * 50_000, "? " * 50_000])
def test_a_depth_bomb_is_a_fault_and_no_recursion_error(source: str) -> None:
    """A hundred thousand open brackets end the reading early."""
    assert told(source)[-1][0] in (FaultCode.TOO_DEEP, FaultCode.SYNTAX)


def test_a_huge_file_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit itself is read, one byte more is not, and both sizes are told."""
    monkeypatch.setattr(yaml_reader, "MAX_BYTES", 10)
    assert read("a: 3456789") == {"a": "3456789"}
    (fault,) = faults_of("a: 34567890")
    assert (fault.code, fault.value, fault.instead) == (FaultCode.FILE_TOO_LARGE, "11", ("10",))


# --- anything at all -------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["- ", "id", ": ", "\n", "  ", "x", "needs:", "core: [", "]", "{", "}", "&a", "*a", "!!", "'", '"', "\\", "---",
     "...", "\t", "#", "|", ">", "?", "%", "\x00", "\u202e", "\ufeff", "\x85", "- id: a\n  name: b\n", "1e9", "~", ",",
     "@", "ä"]
)  # fmt: skip


def holds_together(source: bytes) -> None:
    """Entries with their lines, or faults; nothing else may come out."""
    try:
        node = read_yaml(source, FILE)
    except FaultyData:
        return
    entries, lines, faults = read_entries(node, FILE)
    assert len(entries) == len(lines)
    assert faults or all({"id", "name", "sources"} <= entry.keys() for entry in entries)
    assert all(fault.file == FILE for fault in faults)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=25).map(lambda parts: "".join(parts).encode()))
@example(b"- id: a\n  area: {kreise: x}\n  needs: [core]\n")
@example(b"- - - id: a")
@example(b"- {id: {id: a}}")
def test_any_text_gives_entries_or_faults(source: bytes) -> None:
    """No text that looks a little like YAML gets past the reader as anything but entries or faults."""
    holds_together(source)


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_give_entries_or_faults(source: bytes) -> None:
    """Nor do any bytes."""
    holds_together(source)
