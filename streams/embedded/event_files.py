"""Files of events as one log: in their own order where they have days, else by the events' time.

A file with `calendar.day` in it says itself when each day ends. One without is sorted by `time`, an
event without a time going where the one before it goes, and the days are supplied.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from streams.embedded.event_lines import EventFilesError, FileLine, day_end, moment_of

_DAY = timedelta(days=1)


class _Placed(NamedTuple):
    """A line with the day on which it comes; `ends` when it is the end of that day."""

    day: date
    ends: bool
    line: FileLine


def in_order(files: Iterable[Sequence[FileLine]], to: date | None) -> Iterator[FileLine | date]:
    """All lines in the order of one log; a date between them is the end of a day that is supplied.

    Ends with the end of `to`. By default all is read: files with days end as they do, and where
    days are supplied the last one ends too. `EventFilesError` when nothing tells the order, or
    there is nothing.
    """
    with_days: list[_Placed] = []
    timed: list[tuple[datetime, FileLine]] = []
    for held in files:
        own = _by_own_days(held)
        with_days += own
        timed += _by_time(held) if not own else []
    if not with_days and not timed:
        raise EventFilesError("the files hold no events: give files of event JSON lines")
    timed.sort(key=lambda moment: moment[0])
    placed = [_Placed(moment.date(), False, line) for moment, line in timed] + with_days
    if timed and with_days:
        placed.sort(key=lambda one: (one.day, one.ends))
    if to is None and not timed:
        return (one.line for one in placed)
    return _until(placed, to or placed[-1].day, supplied=bool(timed))


def _by_own_days(held: Sequence[FileLine]) -> list[_Placed]:
    """Each line with the day that ends next; nothing if no line is the end of a day."""
    ends = {place: day for place, line in enumerate(held) if (day := day_end(line.raw))}
    if not ends:
        return []
    last = max(ends.values())
    coming, found = last + _DAY, list[_Placed]()
    for place in reversed(range(len(held))):
        coming = ends.get(place, coming)
        found.append(_Placed(coming, place in ends, held[place]._replace(until=last)))
    return found[::-1]


def _by_time(held: Sequence[FileLine]) -> list[tuple[datetime, FileLine]]:
    """Each line with its time in Stockholm, or that of the line before it."""
    moments = [moment_of(line.raw) for line in held]
    known = next((moment for moment in moments if moment is not None), None)
    found = []
    for moment, line in zip(moments, held, strict=True):
        known = moment or known
        if known is None:
            raise EventFilesError(
                f"{line.file} has neither calendar.day events nor an event with a time, so that "
                "nothing tells its order: give its events a time, as 2026-02-10T08:00:00+01:00"
            )
        found.append((known, line))
    return found


def _until(placed: Iterable[_Placed], last: date, *, supplied: bool) -> Iterator[FileLine | date]:
    """The lines through the end of `last`; `supplied` if not all days have lines of their own."""
    ended: date | None = None
    for day, ends, line in placed:
        if day > last:
            break
        if supplied and (ended is None or ended < day - _DAY):
            ended = day - _DAY
            yield ended
        yield line
        if ends:
            ended = max(day, ended or day)
    if ended is None or ended < last:
        yield last
