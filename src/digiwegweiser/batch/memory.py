"""Memory for large blocks of bytes."""

import numpy as np

#: Room for the block of a usual chunk; what is not written to takes none.
_ROOM = 1 << 27


def room(size: int) -> memoryview:
    """So many bytes with any content; where the system can, in large pages, which are had ten times as fast."""
    return np.empty(size, dtype=np.uint8).data


class Block:
    """What is written to it one after the other, as one view."""

    def __init__(self) -> None:
        self._room, self._used = room(_ROOM), 0

    def write(self, data: bytes) -> int:
        """The number of bytes written: all."""
        end = self._used + len(data)
        if end > len(self._room):
            more = room(max(end, 2 * len(self._room)))
            more[: self._used] = self.view()
            self._room = more
        self._room[self._used : end] = data
        self._used = end
        return len(data)

    def flush(self) -> None:
        """There is nothing to flush."""

    def view(self) -> memoryview:
        """All that was written."""
        return self._room[: self._used]
