"""What processes send each other arrives as it was, whatever is received after it."""

import socket
from threading import Thread

import numpy as np
import polars as pl
import pytest

from digiwegweiser.batch.connection import End, Room

LARGE = 3_000_000


def test_what_is_held_stays_as_it_is_and_what_is_not_is_used_again():
    room = Room()
    held = room.take(LARGE)
    held[:] = b"a" * LARGE
    part = held[10:20]
    del held
    other = room.take(LARGE)
    other[:] = b"b" * LARGE
    assert part == b"a" * 10
    where = _address(other)
    del other
    again, another = room.take(LARGE // 2), room.take(LARGE)
    assert _address(again) == where
    assert _address(another) != where
    assert part == b"a" * 10


def _address(view: memoryview) -> int:
    return int(np.frombuffer(view, dtype=np.uint8).ctypes.data)


@pytest.mark.parametrize("sizes", [(LARGE, LARGE // 2, 2 * LARGE), (0, 1, 100)])
def test_tables_and_blocks_arrive_as_they_were(sizes):
    ours, theirs = socket.socketpair()
    here, there = End(ours, Room()), End(theirs, Room())
    sent = [(memoryview(bytes([n]) * size), pl.DataFrame({"a": [size]})) for n, size in enumerate(sizes)]
    sender = Thread(target=lambda: [here.send(one) for one in sent])
    sender.start()
    received = [there.receive() for _ in sent]
    sender.join()
    for (block, table), (found, frame) in zip(sent, received, strict=True):
        assert found == block
        assert frame.equals(table)
    here.close()
    with pytest.raises(EOFError):
        there.receive()
    there.close()
