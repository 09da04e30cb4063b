"""A page of text before it is set: headings, paragraphs and labelled lines, without any markup."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TextIO, TypeAlias


class Tone(StrEnum):
    """How a piece of text is meant; each renderer shows it in its own way."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    GOOD = "good"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the page, 2 a section, 3 an offer."""

    text: str
    level: int
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str
    tone: Tone = Tone.PLAIN
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Item:
    """A line with a label before it; an empty label makes a bullet."""

    label: str
    text: str
    tone: Tone = Tone.PLAIN
    indent: int = 3


@dataclass(frozen=True, slots=True)
class Screen:
    """Where pages are shown: a stream, its width in columns, and whether it takes colour."""

    stream: TextIO
    width: int
    is_colourful: bool


Block: TypeAlias = Heading | Paragraph | Item
