"""A page as Markdown; everything from the catalogue is escaped."""

import re
from collections.abc import Iterable

from digiwegweiser.render.page import Block, Grid, Heading, Item, Paragraph, Tone
from digiwegweiser.render.plain import printable
from digiwegweiser.render.wording import NBSP

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~]|&(?=#?\w+;))")
#: What would begin a list at the start of a line.
_LIST_MARK = re.compile(r"^(\d+(?=[.)])|(?=[-+]))([-+.)])(?=[-\s]|$)")
_STRONG = (Tone.STRONG, Tone.WARNING)


def render_markdown(blocks: Iterable[Block]) -> str:
    """The page in CommonMark."""
    text = "".join(_block(block) for block in blocks)
    return printable(re.sub(r"\n{3,}", "\n\n", text)).strip("\n").replace(NBSP, " ") + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(text, level, aside):
            return f"\n\n{'#' * level} {escape(text)}{f' ({escape(aside)})' if aside else ''}\n\n"
        case Paragraph(text, tone, _):
            return f"\n{_toned(text, tone)}\n\n"
        case Item(label, text, tone, _):
            return f"- **{escape(label)}:** {_toned(text, tone)}\n" if label else f"- {_toned(text, tone)}\n"
        case Grid(head, rows):
            lines = [head, ("---",) * len(head), *([_toned(cell.text, cell.tone) for cell in row] for row in rows)]
            return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines) + "\n"


def _toned(text: str, tone: Tone) -> str:
    return f"**{escape(text)}**" if tone in _STRONG else _LIST_MARK.sub(r"\1\\\2", escape(text))


def escape(text: str) -> str:
    """Text in which nothing is read as Markdown or HTML; addresses stay clickable."""
    return " ".join(
        word if word.startswith(("http://", "https://")) else _SPECIAL.sub(r"\\\1", word) for word in text.split(" ")
    )
