"""One page in three forms: nothing is lost, nothing is read as markup, and plain text fits its width."""

import io
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from digiwegweiser.render.markdown import render_markdown
from digiwegweiser.render.page import Block, Heading, Item, Paragraph, Tone
from digiwegweiser.render.plain import printable, render_plain
from digiwegweiser.render.terminal import print_page

ANSI = re.compile(r"\x1b\[[0-9;]*m")
TRICKY = (
    "Metallbau [nord] GmbH", "[/] und [/bold]", "lacht :smile: immer", "C:\\neu\\temp", "zwei * drei * vier",
    "10.000 €", "<b>fett</b>", "_unter_ __strich__", "# kein Titel", "`code`", "~~weg~~", "| a | b |",
    "[bold red]rot[/]", "a" * 60, "[link=https://x.de]x[/link]", "&lt;b&gt; &amp; &copy;", "- kein Punkt", "+ plus",
    "1. keine Nummer", "2) auch nicht", "> kein Zitat", "![Bild](x.png)", "[Text](https://x.de)", "---", "===",
    "{value} %s {0}", "[x]: https://x.de",
)  # fmt: skip
TONES = st.sampled_from(Tone)
words = st.text(st.sampled_from("abZÄß[]/\\*_<>#|~`:;.-+=&!(){}1 0§€"), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split())
)
texts = st.sampled_from(TRICKY) | words.filter(bool)


def blocks_of(text: str, tone: Tone = Tone.PLAIN) -> list[Block]:
    return [
        Heading(text, 1, "Stand"), Heading(text, 2), Heading(f"1. {text}", 3, "Art"), Paragraph(text, tone, 3),
        Paragraph(text, tone), Item("Etikett", text, tone), Item("", text, tone, 0),
    ]  # fmt: skip


def squeezed(text: str) -> str:
    return "".join(text.split())


def coloured(blocks: list[Block], width: int = 80) -> str:
    stream = io.StringIO()
    print_page(blocks, stream, width)
    return stream.getvalue()


@given(texts, TONES)
@settings(max_examples=80)
def test_plain_text_shows_every_text_as_it_is(text, tone):
    for block in blocks_of(text, tone):
        assert squeezed(text) in squeezed(render_plain([block]))


@given(texts, TONES)
@settings(max_examples=80)
def test_a_terminal_shows_every_text_as_it_is(text, tone):
    for block in blocks_of(text, tone):
        assert squeezed(text) in squeezed(ANSI.sub("", coloured([block])))


@given(texts, TONES)
@example("https://example.org/a_b_c?d=[e]&f=1", Tone.STRONG)
@settings(max_examples=80)
def test_markdown_reads_back_to_every_text_as_it_is(text, tone):
    parser = MarkdownIt("commonmark")
    for block in blocks_of(text, tone):
        tokens = parser.parse(render_markdown([block]))
        inline = [token for token in tokens if token.type == "inline"]
        assert len(inline) == 1
        read = "".join(child.content for child in inline[0].children or ())
        assert squeezed(text) in squeezed(read)
        assert not {child.type for child in inline[0].children or ()} & {"html_inline", "link_open", "image"}


def test_markdown_marks_what_is_strong_and_nothing_else():
    assert render_markdown([Paragraph("wichtig", Tone.STRONG)]) == "**wichtig**\n"
    assert render_markdown([Paragraph("nebenbei", Tone.QUIET)]) == "nebenbei\n"


@given(st.lists(texts, min_size=1, max_size=5), st.integers(40, 120))
@settings(max_examples=60)
def test_plain_lines_fit_the_width_unless_one_word_is_longer(parts, width):
    longest = max(len(word) for text in parts for word in text.split())
    page = render_plain([block for text in parts for block in blocks_of(text)], width)
    # A word that is too long stands alone after the margin of its item.
    assert all(len(line) <= width or longest > width - 20 for line in page.splitlines())


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_coloured_lines_fit_the_terminal_and_lose_no_part_of_a_long_address(width):
    address = "https://www.example.org/" + "sehr-langer-pfad/" * 12
    page = ANSI.sub("", coloured([Item("Kontakt", f"Stelle · {address}"), Paragraph(address)], width))
    assert all(len(line) <= width for line in page.splitlines())
    assert "…" not in page
    assert squeezed(page).count(address) == 2


def test_a_very_wide_terminal_is_used_up_to_100_columns():
    page = ANSI.sub("", coloured([Paragraph("Wort " * 100), Heading("Titel", 1, "Art")], 300))
    assert max(len(line.rstrip()) for line in page.splitlines()) <= 100


def test_numbers_and_units_stay_on_one_line_and_are_written_with_plain_spaces():
    text = "x" * 62 + " 10.000\u00a0€"
    assert "\n   10.000 €" in render_plain([Paragraph(text, indent=3)], 72)
    assert "\u00a0" not in render_plain([Paragraph(text)]) + render_markdown([Paragraph(text)])


def test_a_long_heading_wraps_with_its_kind_behind_it():
    page = render_plain([Heading("Wort " * 20 + "Ende", 3, "Zuschuss")], 80)
    assert page.endswith("– Zuschuss\n")
    assert all(len(line) <= 80 for line in page.splitlines())


@given(st.text())
def test_printable_text_steers_no_terminal_and_keeps_its_letters(text):
    shown = printable(text)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert len(shown) == len(text)
    assert [c for c in shown if c.isalnum()] == [c for c in text if c.isalnum()]


@pytest.mark.parametrize("tone", Tone)
def test_no_form_lets_an_escape_sequence_through(tone):
    blocks = blocks_of("a\x1b[31mb\x9b1mc\x07\u202ed", tone)
    for page in (render_plain(blocks), render_markdown(blocks), ANSI.sub("", coloured(blocks))):
        assert not re.search(r"[\x07\x1b\x9b\u202e]", page)
