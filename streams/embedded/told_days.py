"""When the days of a file were told, which has no broker's time: its own order says so."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from datetime import date


def told_before_the_end_of(days: Sequence[date | None]) -> list[date | None]:
    """For each line of a file that is the end of a day, the day at whose end it was told: its own,
    or an earlier one that comes after it and had not ended before. None for other lines."""
    coming = sorted(day for day in days if day is not None)
    told: list[date | None] = []
    had: list[date] = []
    for day in days:
        if day is None:
            told.append(None)
            continue
        coming.pop(bisect_left(coming, day))
        after = bisect_right(coming, had[-1]) if had else 0
        next_told = coming[after] if after < len(coming) else day
        told.append(min(day, next_told))
        if not had or next_told >= day:
            insort(had, day)
    return told
