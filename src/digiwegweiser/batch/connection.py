"""Connections between two processes of one machine that carry large tables and blocks."""

import copyreg
import io
import pickle
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from weakref import finalize

import numpy as np
import numpy.typing as npt
import polars as pl

#: Bytes from which on memory is kept; less is had fast.
_LARGE = 1 << 20


class Room:
    """Memory for what is received, used again once nobody holds what lay in it.

    The system clears new memory, which takes longer than to fill it.
    """

    def __init__(self) -> None:
        self._free: list[npt.NDArray[np.uint8]] = []

    def take(self, size: int) -> memoryview:
        """So many bytes, with anything in them."""
        if size < _LARGE:
            return np.empty(size, dtype=np.uint8).data
        room = self._free.pop() if self._free else np.empty(0, dtype=np.uint8)
        if len(room) < size:
            # For large arrays numpy asks for large pages, which are had ten times as fast as the small ones of bytes.
            room = np.empty(size + size // 8, dtype=np.uint8)
        taken = room[:size]
        # A view of the memory holds the array that it was taken from, and that alone.
        finalize(taken, self._free.append, room).atexit = False
        return taken.data


class End:
    """One end of a connection.

    Views of memory, and tables as such, go beside what is pickled, straight from memory to memory: pickled, and through
    the pipes of multiprocessing, they take ten times as long.
    """

    def __init__(self, connected: socket.socket, room: Room) -> None:
        """The socket is closed with the end."""
        self._socket, self._stream, self._room = connected, connected.makefile("rwb"), room

    def fileno(self) -> int:
        """For whoever waits until there is something to receive."""
        return self._socket.fileno()

    def send(self, thing: object) -> None:
        """Waits until the other end has taken it. Raises OSError."""
        beside, pickled = list[pickle.PickleBuffer](), io.BytesIO()
        pickler = pickle.Pickler(pickled, pickle.HIGHEST_PROTOCOL, buffer_callback=beside.append)
        pickler.dispatch_table = copyreg.dispatch_table | {memoryview: _beside, pl.DataFrame: _as_view}
        pickler.dump(thing)
        views = [buffer.raw() for buffer in beside]
        pickle.dump((pickled.getvalue(), [view.nbytes for view in views]), self._stream)
        for view in views:
            self._stream.write(view)
        self._stream.flush()

    def receive(self) -> Any:
        """Raises EOFError, OSError if the other end is closed."""
        try:
            pickled, sizes = pickle.load(self._stream)
        except pickle.UnpicklingError:
            raise EOFError from None
        beside = [self._room.take(size) for size in sizes]
        for buffer in beside:
            if self._stream.readinto(buffer) < len(buffer):
                raise EOFError
        return pickle.loads(pickled, buffers=beside)

    def close(self) -> None:
        """Tells the other end that nothing more comes."""
        with suppress(OSError):
            self._stream.close()
        self._socket.close()


def _beside(view: memoryview) -> tuple[type[memoryview], tuple[pickle.PickleBuffer]]:
    return memoryview, (pickle.PickleBuffer(view),)


def _as_view(table: pl.DataFrame) -> tuple[Callable[[memoryview], pl.DataFrame], tuple[memoryview]]:
    block = io.BytesIO()
    table.write_ipc_stream(block, compat_level=pl.CompatLevel.newest())
    return _table, (block.getbuffer(),)


def _table(block: memoryview) -> pl.DataFrame:
    return pl.read_ipc_stream(io.BytesIO(block))
