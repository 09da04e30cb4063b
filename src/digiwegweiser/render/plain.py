"""A page as plain text that fits a given width."""

import re
from collections.abc import Iterable, Iterator, Sequence
from textwrap import fill

from digiwegweiser.render.page import Block, Cell, Grid, Heading, Item, Paragraph
from digiwegweiser.render.wording import NBSP

LABEL_WIDTH = 11
WIDTH = 80

#: What a terminal would obey or show in another order, and halves of letters; line breaks are left to the renderers.
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    """The text with a space for everything that steers a terminal."""
    return _CONTROL.sub(" ", text)


def render_plain(blocks: Iterable[Block], width: int = WIDTH) -> str:
    """The text, each line at most `width` characters unless one word is longer."""
    lines = [_block(block, width) for block in blocks]
    return printable("\n".join(lines)).strip("\n").replace(NBSP, " ") + "\n"


def _block(block: Block, width: int) -> str:
    match block:
        case Heading(text, level, aside):
            return _heading(text, level, aside, width)
        case Paragraph(text, _, indent):
            return ("" if indent else "\n") + _wrap(text, width, " " * indent, " " * indent)
        case Item(label, text, _, indent):
            first, rest = item_margins(label, indent)
            return _wrap(text, width, first, rest)
        case Grid():
            return "\n" + "\n".join("".join(cell.text for cell in line).rstrip() for line in grid_lines(block, width))


#: Names of rows are cut to this length, unless there is room for more beside all columns.
NAME_WIDTH = 25


def grid_lines(grid: Grid, width: int) -> Iterator[Sequence[Cell]]:
    """The lines of a grid, each field as wide as its column; columns that do not fit follow below in further parts."""
    rows = [tuple(map(Cell, grid.head)), *grid.rows]
    wide = 1 + max((len(cell.text) for row in rows for cell in row[1:]), default=0)
    room = max(NAME_WIDTH, width - wide * (len(grid.head) - 1))
    name = min(max(len(row[0].text) for row in rows), room)
    fitting = max(1, (width - name) // wide)
    for first in range(1, len(grid.head), fitting):
        for row in rows:
            fields = [cell._replace(text=f"{cell.text:>{wide}}") for cell in row[first : first + fitting]]
            yield [row[0]._replace(text=f"{_cut(row[0].text, name):<{name}}"), *fields]


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def item_margins(label: str, indent: int) -> tuple[str, str]:
    """What stands before the first and before each further line of an item."""
    head = f"{label + ':':<{LABEL_WIDTH}}" if label else "- "
    return " " * indent + head, " " * (indent + len(head))


def _heading(text: str, level: int, aside: str, width: int) -> str:
    room = width - len(text) - len(aside) - 2
    line = f"{text}  {' ' * room}{aside}".rstrip() if room >= 0 else _wrap(f"{text} – {aside}", width, "", "   ")
    if level == 1:
        return f"{line}\n{'=' * width}"
    return f"\n{line}\n{'-' * len(text)}" if level == 2 else f"\n{line}"


def _wrap(text: str, width: int, first: str, rest: str) -> str:
    return fill(
        text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
