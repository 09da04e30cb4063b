"""A page of text before it is set: headings, paragraphs and labelled lines, without any markup."""

from enum import StrEnum
from typing import NamedTuple, TextIO, TypeAlias

#: How many offers a page names before it is asked for more; the plan and the sums look at the same ones.
FIRST_PAGE = 8


class Tone(StrEnum):
    """How a piece of text is meant; each renderer shows it in its own way."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    GOOD = "good"
    WARNING = "warning"


class Heading(NamedTuple):
    """A heading; level 1 is the page, 2 a section, 3 an offer."""

    text: str
    level: int
    aside: str = ""


class Paragraph(NamedTuple):
    """Running text."""

    text: str
    tone: Tone = Tone.PLAIN
    indent: int = 0


class Item(NamedTuple):
    """A line with a label before it; an empty label makes a bullet."""

    label: str
    text: str
    tone: Tone = Tone.PLAIN
    indent: int = 3


class Cell(NamedTuple):
    """One field of a grid."""

    text: str
    tone: Tone = Tone.PLAIN


class Grid(NamedTuple):
    """A table of short marks: the first field of each row names it."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Screen(NamedTuple):
    """Where pages are shown: a stream, its width in columns, and whether it takes colour."""

    stream: TextIO
    width: int
    is_colourful: bool


Block: TypeAlias = Heading | Paragraph | Item | Grid
