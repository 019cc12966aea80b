"""Files of events as one log: in their own order where they have days, else by the events' time.

A file with `calendar.day` in it says itself when each day ends. One without is sorted by `time`, an
event without a time going where the one before it goes, and the days are supplied.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from streams.embedded.event_lines import STOCKHOLM, EventFilesError, Line, day_end, moment_of

_DAY = timedelta(days=1)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def in_order(files: Iterable[Sequence[Line]], to: date | None) -> Iterator[Line | date]:
    """All lines in the order of one log; a date between them is the end of that day.

    Ends with the end of `to`. By default all is read: files with days end as they do, and of others
    the last day ends too. `EventFilesError` when nothing tells the order, or there is nothing.
    """
    with_days: list[tuple[date, bool, Line | date]] = []
    without: list[tuple[datetime, Line]] = []
    for held in files:
        own = _by_own_days(held)
        with_days += own
        without += _by_time(held) if not own else []
    if not with_days and not without:
        raise EventFilesError("the files hold no events: give files of event JSON lines")
    without.sort(key=lambda timed: timed[0])
    placed = [(_local(moment), False, line) for moment, line in without]
    if with_days and placed:
        merged: list[tuple[date, bool, Line | date]] = [*placed, *with_days]
        placed_all = sorted(merged, key=lambda item: item[:2])
    else:
        placed_all = [*placed, *with_days]
    if to is None and with_days:
        return (item for _, _, item in placed_all)
    return _until(placed_all, to or placed_all[-1][0], supplied=not with_days)


def _by_own_days(held: Sequence[Line]) -> list[tuple[date, bool, Line | date]]:
    """Each line with the day that ends next, and the ends of days; nothing if there are none."""
    ends = [(place, day) for place, line in enumerate(held) if (day := day_end(line.raw))]
    if not ends:
        return []
    found: list[tuple[date, bool, Line | date]] = []
    coming = iter([*ends, (len(held), ends[-1][1] + _DAY)])
    place, day = next(coming)
    for at, line in enumerate(held):
        if at == place:
            found.append((day, True, day))
            place, day = next(coming)
        else:
            found.append((day, False, line))
    return found


def _by_time(held: Sequence[Line]) -> list[tuple[datetime, Line]]:
    """Each line with its time, or that of the line before it."""
    moments = [moment_of(line.raw) for line in held]
    known = next((moment for moment in moments if moment is not None), None)
    if held and known is None:
        raise EventFilesError(
            f"{held[0].file} has neither calendar.day events nor an event with a time, so that "
            "nothing tells its order: give its events a time, as 2026-02-10T08:00:00+01:00"
        )
    found = []
    for moment, line in zip(moments, held, strict=True):
        known = moment or known
        found.append((known or _LONG_AGO, line))
    return found


def _local(moment: datetime) -> date:
    """The civil day of a moment; the first or last there is beyond the calendar's ends."""
    try:
        return moment.astimezone(STOCKHOLM).date()
    except OverflowError:
        return moment.date()


def _until(
    placed: Iterable[tuple[date, bool, Line | date]], last: date, *, supplied: bool
) -> Iterator[Line | date]:
    ended: date | None = None
    for day, _, item in placed:
        if day > last:
            break
        if supplied and (ended is None or ended < day - _DAY):
            ended = day - _DAY
            yield ended
        yield item
        if isinstance(item, date):
            ended = max(item, ended or item)
    if ended is None or ended < last:
        yield last
