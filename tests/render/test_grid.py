"""A table of marks: on any width, in colour, as Markdown."""

import io

from digiwegweiser.render.markdown import render_markdown
from digiwegweiser.render.page import Cell, Grid, Tone
from digiwegweiser.render.plain import render_plain
from digiwegweiser.render.terminal import print_page

GRID = Grid(
    ("", "SH", "NW"),
    (
        (Cell("E-Rechnung"), Cell("8"), Cell("·")),
        (Cell("Maschinen, Automatisierung, Roboter"), Cell("3!", Tone.WARNING), Cell("·")),
    ),
)


def test_every_field_stands_below_the_head_of_its_column():
    lines = render_plain([GRID], 60).splitlines()
    assert lines == [
        "                                    SH NW",
        "E-Rechnung                           8  ·",
        "Maschinen, Automatisierung, Roboter 3!  ·",
    ]


def test_columns_that_do_not_fit_follow_below_with_the_names_again():
    grid = Grid(("", *"abcdefgh"), ((Cell("Flensburg"), *(Cell(str(n)) for n in range(8))),))
    lines = render_plain([grid], 20).splitlines()
    assert lines == ["          a b c d e", "Flensburg 0 1 2 3 4", "          f g h", "Flensburg 5 6 7"]
    assert max(len(line) for line in lines) <= 20


def test_a_long_name_is_cut_only_where_there_is_no_room():
    lines = render_plain([GRID], 31).splitlines()
    assert lines[-1] == "Maschinen, Automatisieru… 3!  ·"


def test_colour_marks_what_stands_out_and_nothing_else():
    out = io.StringIO()
    print_page([GRID], out, 60)
    marked, plain = [line for line in out.getvalue().splitlines() if "\x1b[" in line], out.getvalue()
    assert len(marked) == 1
    assert "\x1b[1;33m 3!" in marked[0]
    assert "E-Rechnung" in plain


def test_markdown_has_a_table():
    lines = render_markdown([GRID]).splitlines()
    assert lines[:3] == ["|  | SH | NW |", "| --- | --- | --- |", "| E-Rechnung | 8 | · |"]
    assert lines[3] == "| Maschinen, Automatisierung, Roboter | **3!** | · |"
