"""The lines of a file of events, and what each says of its time."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, BinaryIO, NamedTuple

import msgspec
from msgspec import Struct

from models.contract.events import BOKVAR, TYPE_OF
from models.contract.facts import CalendarDay
from models.law.statute import FIRST_DAY, LAST_DAY
from models.stockholm import STOCKHOLM

_CALENDAR_DAY = TYPE_OF[CalendarDay].encode()


class EventFilesError(Exception):
    """The files cannot be put in order; the text says which, why and how to mend it."""


class FileLine(NamedTuple):
    """A line of a file, and where it stands; `until` is the last day that the file knows of."""

    file: str
    number: int
    raw: bytes
    until: date | None = None


class _Day(Struct):
    day: date


class _Ended(Struct):
    type: str
    source: str
    data: _Day


class _Timed(Struct):
    time: Any = None


_ended = msgspec.json.Decoder(_Ended).decode
_timed = msgspec.json.Decoder(_Timed).decode


def lines(file: str, source: BinaryIO) -> Iterator[FileLine]:
    """The lines of a file that hold something."""
    for number, raw in enumerate(source, 1):
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")  # a byte order mark is no part of an event
        if raw := raw.strip():
            yield FileLine(file, number, raw)


def day_end(raw: bytes) -> date | None:
    """The day that the line says has ended; None for any other line, or one that may not say so."""
    if _CALENDAR_DAY not in raw:
        return None
    try:
        ended = _ended(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    ours = ended.type.encode() == _CALENDAR_DAY and ended.source == BOKVAR
    return ended.data.day if ours and FIRST_DAY <= ended.data.day <= LAST_DAY else None


def moment_of(raw: bytes) -> datetime | None:
    """The event's time; None if it has none that can be read, or one outside the calendar."""
    try:
        text = _timed(raw).time
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM)
        local = moment.astimezone(STOCKHOLM)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, TypeError, ValueError):
        return None
    except OverflowError:  # the first or the last day there is
        return None
    return local if FIRST_DAY <= local.date() <= LAST_DAY else None
