"""A page on a colour terminal; the only file that uses rich. Text is never read as markup."""

from collections.abc import Iterable
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from digiwegweiser.render.page import Block, Grid, Heading, Item, Paragraph, Tone
from digiwegweiser.render.plain import LABEL_WIDTH, grid_lines, printable

STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.QUIET: "dim",
    Tone.GOOD: "green",
    Tone.WARNING: "bold yellow",
}
MOST_COLUMNS = 100


def print_page(blocks: Iterable[Block], stream: TextIO, width: int) -> None:
    """Writes the page in colour, at most 100 columns wide."""
    console = Console(
        file=stream, width=min(width, MOST_COLUMNS), markup=False, emoji=False, highlight=False, force_terminal=True
    )
    for block in blocks:
        _print_block(block, console)


def _print_block(block: Block, console: Console) -> None:
    match block:
        case Heading(text, level, aside):
            _print_heading(text, level, aside, console)
        case Paragraph(text, tone, indent):
            if not indent:
                console.print()
            console.print(Padding(_text(text, STYLES[tone]), (0, 0, 0, indent)))
        case Item(label, text, tone, indent):
            grid = Table.grid(padding=0)
            grid.add_column(width=indent + (LABEL_WIDTH if label else 2), no_wrap=True)
            grid.add_column(ratio=1, overflow="fold")
            head = Text(" " * indent + (f"{label}:" if label else "-"), style="cyan")
            grid.add_row(head, _text(text, STYLES[tone]))
            console.print(grid)
        case Grid():
            console.print()
            for line in grid_lines(block, console.width):
                console.print(Text.assemble(*((printable(cell.text), STYLES[cell.tone]) for cell in line)))


def _print_heading(text: str, level: int, aside: str, console: Console) -> None:
    if level > 1:
        console.print()
    grid = Table.grid(expand=True)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(justify="right", no_wrap=True)
    style = "bold blue" if level == 3 else "bold"
    grid.add_row(_text(text, style), _text(f"  {aside}", "magenta"))
    console.print(grid)
    if level == 1:
        console.print(Text("─" * console.width, style="dim"))


def _text(text: str, style: str) -> Text:
    """Text as it is written; an address that is too long goes on in the next line, so that none of it is lost."""
    return Text(printable(text), style=style, overflow="fold")
