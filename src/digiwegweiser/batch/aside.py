"""Files that appear under their name only when they are whole."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from digiwegweiser.batch.problems import BatchProblem, Problem

_MODE = 0o666


@contextmanager
def written_aside(may_replace: bool) -> Iterator[Callable[[Path], BinaryIO]]:
    """Opens files that take their names, all together, when the block ends well, and are gone when it does not.

    Where the system can, they have no names at all before that, so that even a killed process leaves nothing behind.
    Raises BatchProblem if a target is there and may not be replaced, OSError.
    """
    files: list[_Aside] = []

    def open_aside(target: Path) -> BinaryIO:
        refuse_existing(target, may_replace)
        files.append(_Aside(target))
        return files[-1].stream

    try:
        yield open_aside
        for file in files:
            file.finish()
            refuse_existing(file.target, may_replace)
        for file in files:
            file.appear()
    finally:
        for file in files:
            file.discard()


class _Aside:
    """One file that is being written."""

    def __init__(self, target: Path) -> None:
        # A link stays a link; the file behind it is replaced.
        self.target = target.resolve()
        self._name = self.target.with_name(f".{self.target.name[:100]}.{secrets.token_hex(6)}.tmp")
        self.stream = _open(self.target.parent, self._name)

    def finish(self) -> None:
        """Brings all of it to the disk, under a name of its own."""
        to_disk(self.stream)
        if not self._name.exists():
            _name(self.stream, self._name)
        self.stream.close()

    def appear(self) -> None:
        """Gives it the name of the target."""
        self._name.replace(self.target)
        _keep_entry(self.target.parent)

    def discard(self) -> None:
        """Takes away what is not under the name of the target."""
        with suppress(OSError):
            self.stream.close()
        self._name.unlink(missing_ok=True)


def to_disk(stream: BinaryIO) -> None:
    """Waits until the disk has all that was written to a file. Raises OSError."""
    stream.flush()
    os.fsync(stream.fileno())
    if hasattr(os, "posix_fadvise"):
        # The system would keep a copy in memory; with that of one part it takes in the next one faster. It is advice:
        # where the system takes none, all is on the disk as well.
        with suppress(OSError):
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


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
