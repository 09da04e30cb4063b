"""No input whatever ends in a traceback, and nothing that steers a terminal comes back out of it."""

import re
from pathlib import Path

import pytest
from cli.console import FIND, an_entry, call, child, own_catalogue
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digiwegweiser.exits import Exit

#: Anything but line ends that a terminal would obey, or that turns the direction of writing.
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]")
OPTIONS = (
    "--ort", "--gewerk", "--beschaeftigte", "--bedarf", "--umsatz", "--bilanzsumme", "--gruendung", "--budget",
    "--bestellt", "--de-minimis", "--stichtag", "--anzahl", "--format",
)  # fmt: skip

#: What no argument of a process can hold.
NO_ARGUMENT = "\x00"
anything = st.text(st.characters(exclude_characters=NO_ARGUMENT), max_size=60)
#: Near to what owners write, so that the readers get further than the first letter.
nearly = st.one_of(
    st.from_regex(r"\A[-+~ca. ]{0,3}[0-9.,' _²٣]{1,12}\s?(Mio|Tsd|€|EUR|k|%|e5)?\Z"),
    st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"),
    st.sampled_from([
        "", " ", "-", "--", "=", "nan", "inf", "1e9", "0x10", "None", "[bold]", "[/]", ":smile:", "\x1b[31mrot",
        "\x9b31m", "\u202eNeustadt", "\ud800", "ß" * 500, "a" * 5000, "9" * 400, "1" * 5000, "{value}", "%s", "\\",
        "0001-01-01", "9999-12-31", "2026-W47-7", "Neustadt", "59555 ", "DE-NW", "\n59555\n", "a\rb", "A-27", "B1-33",
        "website_marketing", "kein Bedarf an irgendwas", "٥٩٥٥٥", "５９５５５", "1/2", "½", "„“", "'; ls",
    ]),
)  # fmt: skip


def check(*arguments: str) -> None:
    found = call(*arguments)
    assert found.code in (Exit.DONE, Exit.WRONG_CALL, Exit.UNREADABLE)
    assert found.code == Exit.DONE or found.err.strip()
    assert found.code == Exit.DONE or not found.out
    for text in (found.out, found.err):
        assert "Traceback" not in text
        assert not STEERING.search(text)


@given(st.sampled_from(OPTIONS), anything | nearly)
@example("--stichtag", "9999-12-31")
@example("--stichtag", "0001-01-01")
@settings(max_examples=60)
def test_any_value_of_any_option_is_answered_or_explained(option, text):
    check("finden", f"{option}={text}")


@given(st.dictionaries(st.sampled_from(OPTIONS), nearly, min_size=2), st.sampled_from(["text", "markdown", "json"]))
@settings(max_examples=40)
def test_any_values_together_are_answered_or_explained(values, form):
    values.pop("--format", None)
    check("finden", "--format", form, *(f"{option}={text}" for option, text in values.items()))


@given(st.lists(anything, min_size=1, max_size=3))
@settings(max_examples=40)
def test_any_words_as_a_call_are_explained(words):
    if words[0] not in ("", "--help"):
        assert call(*words).code in (Exit.DONE, Exit.WRONG_CALL)
    check(*words)


broken_yaml = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.recursive(
        st.sampled_from([
            "a", "id", "place", "- ", ": ", "[", "]", "{", "}", "&a ", "*a", "!!python/object:os.system ", "|", ">",
            "\n", "  ", "'", '"', "#", "---\n", "\t", "? ", "<<: ", "\x1b[31m", "{value}",
        ]),
        lambda parts: st.lists(parts, max_size=8).map("".join),
        max_leaves=30,
    ).map(str.encode),
)  # fmt: skip


@given(broken_yaml)
@example(b'place: "\\e[31m59555"\n')
@example(b'"\\e[31mplace": 59555\n')
@example(b'"{value}": "{0}"\n')
@example(b"needs: " + b"[" * 3000)
@example(b"place: " + b"x" * 3000)
@settings(max_examples=60)
def test_any_bytes_as_a_profile_are_answered_or_explained(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "profil.yaml"
    path.write_bytes(content)
    check("finden", "--profil", str(path))


@pytest.mark.usefixtures("small_data")
@given(broken_yaml)
@example(b'- id: "\\e[31mx"\n')
@example(b'- {id: "a\\nb", kind: "\\x9b", "{x}": 1}\n')
@example(b"[" * 3000)
@example(b"[]")
@example(b"")
@settings(max_examples=12)
def test_any_bytes_as_a_catalogue_are_answered_or_explained(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "katalog.yaml"
    path.write_bytes(content)
    check("finden", "--katalog", str(path))


@pytest.mark.usefixtures("small_data")
@pytest.mark.parametrize("name", ["a\x1b[31mb.yaml", "a\nb.yaml", "[bold].yaml", "\udcff.yaml"], ids=ascii)
def test_a_name_of_a_file_cannot_steer_the_terminal(name, tmp_path):
    check("finden", "--katalog", str(tmp_path / name))
    check("finden", "--profil", str(tmp_path / name))
    check("finden", "--anzahl", "1", "--ausgabe", str(tmp_path / "kein" / name))
    check("finden", "--anzahl", "1", "--ausgabe", str(tmp_path / name))


@pytest.mark.usefixtures("small_data")
def test_the_name_of_an_own_catalogue_cannot_steer_the_terminal_from_the_result(tmp_path):
    path = own_catalogue(tmp_path / "a\x1b[31mb.yaml", an_entry())
    for form in ("text", "markdown", "json"):
        check(*FIND, "--katalog", path, "--format", form)


@pytest.mark.usefixtures("small_data")
def test_the_end_of_the_calendar_is_a_day_like_any_other(tmp_path):
    path = own_catalogue(tmp_path / "eigenes.yaml", an_entry(valid_until="9999-12-31"))
    check("finden", "--katalog", path, "--stichtag", "9999-12-30")


def test_bytes_that_are_no_text_are_words_like_any_others(tmp_path):
    path = tmp_path / "aus.txt"
    check(*FIND, "--bedarf", "Zeiterfassung \udcff", "--ausgabe", str(path))
    assert "Zeiterfassung" in path.read_text(encoding="utf-8")


def test_a_terminal_as_stderr_gets_no_escape_sequence_either():
    found = child("finden", "--gewerk", "\x1b]0;Titel\x07Xyz")
    assert (found.code, bool(STEERING.search(found.err))) == (Exit.WRONG_CALL, False)


def test_profiles_of_unreadable_rights_are_told(tmp_path: Path):
    check("finden", "--profil", str(tmp_path / ("x" * 300)))
