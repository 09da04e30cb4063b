"""The head count as the EU definition counts it."""

from collections.abc import Sequence


def head_count(
    full_time: float, part_time_hours: Sequence[float], full_time_hours: float = 40.0, apprentices: int = 0
) -> float:
    """Annual work units, to two decimals: part-timers by their weekly hours, nobody more than one.

    EU-KMU: Empfehlung 2003/361/EG, Anhang Art. 5. Working owners count as staff; apprentices and trainees with a
    contract (`apprentices`) do not count, nor does parental leave. Who works for part of the year counts by that part.
    Raises ValueError for negative numbers and for a full week without hours.
    """
    if min(full_time, apprentices, *part_time_hours, 0) < 0 or full_time_hours <= 0:
        raise ValueError("head counts and hours are not negative, and a full week has hours")
    return round(full_time + sum(min(hours / full_time_hours, 1.0) for hours in part_time_hours), 2)
