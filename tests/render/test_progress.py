"""The line that tells how far a long run has come."""

import io

import pytest

from digiwegweiser.render.progress import ProgressLine, progress_text


@pytest.mark.parametrize(
    ("rows", "done", "seconds", "told"),
    [
        (0, 0.0, 0.0, "░" * 20 + "   0% · 0 Zeilen"),
        (500, 0.5, 0.9, "█" * 10 + "░" * 10 + "  50% · 500 Zeilen"),
        (50_000, 0.25, 10.0, "█" * 5 + "░" * 15 + "  25% · 50.000 Zeilen · 5.000 je Sekunde · noch 0:30"),
        (1_000_000, 0.5, 125.0, "█" * 10 + "░" * 10 + "  50% · 1.000.000 Zeilen · 8.000 je Sekunde · noch 2:05"),
        (10, 1.0, 2.0, "█" * 20 + " 100% · 10 Zeilen · 5 je Sekunde · noch 0:00"),
    ],
)
def test_rows_rate_and_remaining_time_are_told_once_there_is_a_rate(rows, done, seconds, told):
    assert progress_text(rows, done, seconds) == told


def line_after(*times: float, is_shown: bool = True) -> str:
    """What a terminal got when the state was shown at these seconds."""
    out, ticks = io.StringIO(), iter((0.0, *times))
    line = ProgressLine(out, lambda: next(ticks), is_shown)
    for _ in times:
        line.show(100, 0.5)
    line.clear()
    return out.getvalue()


def test_the_line_is_written_over_and_gone_at_the_end():
    shown = line_after(0.5, 1.0)
    assert shown.count("\r\x1b[K") == 3
    assert shown.endswith("\r\x1b[K")
    assert "\n" not in shown


def test_it_is_not_written_more_often_than_can_be_read():
    assert line_after(0.05, 0.1, 0.15) == "\r\x1b[K"


def test_in_a_pipe_nothing_is_written():
    assert line_after(1.0, 2.0, is_shown=False) == ""
