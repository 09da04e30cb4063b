"""Files that appear under their name only when they are whole."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from digiwegweiser.batch.problems import BatchProblem, Problem

_MODE = 0o666


@contextmanager
def written_aside(target: Path, may_replace: bool) -> Iterator[BinaryIO]:
    """A file that takes the name of the target when the block ends well, and is gone when it does not.

    Where the system can, it has no name at all before that, so that even a killed process leaves nothing behind.
    Raises BatchProblem if the target is there and may not be replaced, OSError.
    """
    refuse_existing(target, may_replace)
    # A link stays a link; the file behind it is replaced.
    target = target.resolve()
    aside = target.with_name(f".{target.name[:100]}.{secrets.token_hex(6)}.tmp")
    try:
        with _open(target.parent, aside) as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
            if not aside.exists():
                _name(stream, aside)
        refuse_existing(target, may_replace)
        aside.replace(target)
        _keep_entry(target.parent)
    finally:
        aside.unlink(missing_ok=True)


def refuse_existing(target: Path, may_replace: bool) -> None:
    """Raises BatchProblem if the target is there and may not be replaced, OSError if it is a folder."""
    if target.is_dir():
        raise IsADirectoryError(21, os.strerror(21), str(target))
    if not may_replace and target.exists():
        raise BatchProblem(Problem.EXISTS, name=str(target))


def _open(folder: Path, aside: Path) -> BinaryIO:
    """A file without a name in the folder; one with a name where the system knows no other."""
    if hasattr(os, "O_TMPFILE") and Path("/proc/self/fd").is_dir():
        with suppress(OSError):
            return os.fdopen(os.open(folder, os.O_TMPFILE | os.O_RDWR, _MODE), "w+b")
    return aside.open("x+b")


def _name(stream: BinaryIO, aside: Path) -> None:
    # Only with folders given by number does Python follow the link to the open file.
    folder = os.open(aside.parent, os.O_RDONLY)
    try:
        os.link(f"/proc/self/fd/{stream.fileno()}", aside.name, src_dir_fd=folder, dst_dir_fd=folder)
    finally:
        os.close(folder)


def _keep_entry(folder: Path) -> None:
    """Brings the new name to the disk, where folders can be told to."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
