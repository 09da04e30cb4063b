"""What a guide looks like in a pipe and in real terminals of several kinds."""

import os
import re
import sys
from collections.abc import Iterator

import pexpect
import pytest
from cli.console import FIND, an_entry, call, child, own_catalogue

ANSI = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
NASTY = "Metallbau [nord] [/] :smile: C:\\neu <b>fett</b> *schräg* _unter_"


def in_terminal(*arguments: str, columns: int = 80, **environment: str) -> str:
    """All that a run writes to a terminal of some width."""
    env = {**os.environ, "TERM": "xterm-256color", **environment}
    call_of = ["-m", "digiwegweiser", *arguments]
    found = pexpect.spawn(sys.executable, call_of, env=env, encoding="utf-8", dimensions=(24, columns), timeout=20)
    found.expect(pexpect.EOF)
    found.close()
    assert found.exitstatus == 0
    return found.before.replace("\r\n", "\n")


def too_long(page: str, width: int) -> list[str]:
    """Lines that do not fit though they hold more than one long word or address."""
    return [line for line in page.splitlines() if len(line) > width and len(line.split()) > 1]


def test_in_a_pipe_text_fits_80_columns_and_has_no_codes():
    for arguments in (FIND, (*FIND, "--alle"), (*FIND, "--anzahl", "99")):
        found = child(*arguments, COLUMNS="200", TERM="xterm-256color", FORCE_COLOR="1")
        assert too_long(found.out, 80) == []
        assert "\x1b" not in found.out


@pytest.mark.parametrize("plain", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"TERM": ""}], ids=str)
def test_a_terminal_without_colour_gets_the_same_text_as_a_pipe(plain):
    assert in_terminal(*FIND, **plain) == child(*FIND).out


def test_a_terminal_with_colour_gets_colours_and_no_part_is_lost():
    page = in_terminal(*FIND)
    assert "\x1b[" in page
    shown, plain = ANSI.sub("", page), child(*FIND).out
    assert too_long(shown, 80) == []
    # A long heading has its kind beside it in colour and behind it in plain text, so the order differs.
    letters = [sorted(re.sub(r"[\s─=–-]", "", text)) for text in (shown, plain)]
    assert letters[0] == letters[1]


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}], ids=["colour", "plain"])
def test_a_narrow_terminal_gets_narrow_lines(environment):
    page = ANSI.sub("", in_terminal(*FIND, columns=40, **environment))
    assert too_long(page, 40) == []
    # An address that is longer than the terminal is not cut off.
    assert "https://www.hwk-do.de" in page
    assert [line for line in page.splitlines() if "://" in line and "…" in line] == []


def test_a_terminal_narrower_than_40_columns_is_treated_as_40():
    assert too_long(ANSI.sub("", in_terminal(*FIND, columns=20)), 40) == []


def test_an_empty_no_color_does_not_count():
    """As https://no-color.org has it."""
    assert "\x1b[" in in_terminal(*FIND, NO_COLOR="")


@pytest.mark.usefixtures("small_data")
class TestNamesAreNeverMarkup:
    @pytest.fixture
    def own(self, tmp_path) -> Iterator[str]:
        entry = an_entry(
            name=NASTY, summary="Hilfe [bold]für[/bold] <i>alle</i>", how_to_apply="1. *anrufen* [/]",
            contact={"organisation": "[red]Stelle[/red]", "url": "https://example.org/" + "a" * 120},
        )  # fmt: skip
        return own_catalogue(tmp_path / "eigenes.yaml", entry)

    def test_in_text(self, own):
        text = call(*FIND, "--katalog", own).out
        for words in (NASTY, "Hilfe [bold]für[/bold] <i>alle</i>", "1. *anrufen* [/]", "[red]Stelle[/red]"):
            assert words in text
        assert "https://example.org/" + "a" * 120 in text

    def test_in_markdown(self, own):
        text = call(*FIND, "--katalog", own, "--format", "markdown").out
        assert r"Metallbau \[nord\] \[/\] :smile: C:\\neu \<b\>fett\</b\> \*schräg\* \_unter\_" in text
        assert r"Hilfe \[bold\]für\[/bold\] \<i\>alle\</i\>" in text
        assert "https://example.org/" + "a" * 120 in text

    def test_in_json(self, own):
        assert NASTY in {result["name"] for result in call(*FIND, "--katalog", own, "--format", "json").json["results"]}


def test_names_are_literal_on_a_colour_terminal(tmp_path):
    own = own_catalogue(tmp_path / "eigenes.yaml", an_entry(name=NASTY))
    page = ANSI.sub("", in_terminal(*FIND, "--anzahl", "99", "--katalog", own))
    assert NASTY in page
