"""A page as plain text that fits a given width."""

import re
from collections.abc import Iterable
from textwrap import fill

from digiwegweiser.render.page import Block, Heading, Item, Paragraph
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
