"""Where results and messages go: standard output, a file, standard error."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from digiwegweiser.exits import Exit, Stop

if TYPE_CHECKING:
    from digiwegweiser.render.page import Block, Screen

TEXT_WIDTH = 80
NARROWEST = 40


def show_result(page: Iterable["Block"], as_json: Callable[[], str], form: str, path: Path | None) -> None:
    """Writes a result in the form asked for, to the screen or into a file."""
    from digiwegweiser.app import as_markdown, as_text, show

    if form == "json":
        write(as_json(), path)
    elif form == "markdown":
        write(as_markdown(page), path)
    elif path is not None:
        write(as_text(page, TEXT_WIDTH), path)
    else:
        show(page, screen())


def write(text: str, path: Path | None) -> None:
    """Writes a whole result to standard output or into a file, whose name is told."""
    if path is None:
        sys.stdout.write(text)
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Stop(Exit.UNREADABLE, refusal(error)) from None
    tell(f"Geschrieben: {path}")


def screen() -> "Screen":
    """Standard output: in colour and as wide as the terminal, if it is one and wants colour."""
    from digiwegweiser.render.page import Screen

    is_terminal = sys.stdout.isatty()
    wants_plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") in ("dumb", "", None)
    width = max(shutil.get_terminal_size().columns, NARROWEST) if is_terminal else TEXT_WIDTH
    return Screen(sys.stdout, width, is_terminal and not wants_plain)


def tell(message: str) -> None:
    """Writes to stderr; names of files and other input in the message can't steer the terminal."""
    from digiwegweiser.render.plain import printable

    typer.echo(printable(message), err=True)


def drop_output() -> None:
    """Sends what is still to be written nowhere, so that the end of the process does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def refusal(error: OSError) -> str:
    """A disk or file that failed in the middle, as a full one behind standard output."""
    from digiwegweiser.render.messages import system_text

    what = error.filename or "Die Ausgabe"
    return f"{what} kann nicht gelesen oder geschrieben werden ({system_text(error.strerror)})."
