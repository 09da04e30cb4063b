"""How far a long run has come, as one line that is written over and over."""

from collections.abc import Callable
from typing import TextIO

from digiwegweiser.render.wording import number

#: More often nobody can read it.
_SECONDS_BETWEEN = 0.2
_BAR = 20
_CLEAR = "\r\x1b[K"
_FIRST_GUESS_AFTER = 1.0


class ProgressLine:
    """A bar with rows, rate and remaining time; writes nothing unless told to a terminal."""

    def __init__(self, stream: TextIO, clock: Callable[[], float], is_shown: bool) -> None:
        """Start counting the time; the clock counts seconds from anywhere."""
        self._stream, self._clock, self._is_shown = stream, clock, is_shown
        self._start = self._last = clock()

    def show(self, rows: int, done: float) -> None:
        """The state after so many rows, `done` being the share of the whole from 0 to 1."""
        now = self._clock()
        if self._is_shown and now - self._last >= _SECONDS_BETWEEN:
            self._last = now
            self._stream.write(_CLEAR + progress_text(rows, done, now - self._start))
            self._stream.flush()

    def clear(self) -> None:
        """An empty line for what comes next."""
        if self._is_shown:
            self._stream.write(_CLEAR)
            self._stream.flush()


def progress_text(rows: int, done: float, seconds: float) -> str:
    """Bar, share, rows, rows per second and the time that is left at that rate."""
    filled = int(done * _BAR)
    text = f"{'█' * filled}{'░' * (_BAR - filled)} {done:4.0%} · {number(rows)} Zeilen"
    if seconds < _FIRST_GUESS_AFTER or done <= 0:
        return text
    left = int(seconds * (1 - done) / done + 0.5)
    return f"{text} · {number(int(rows / seconds))} je Sekunde · noch {left // 60}:{left % 60:02}"
