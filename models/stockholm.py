"""What day it is in Sweden: all of Bokvar's days are civil days in Europe/Stockholm."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
_HOUR_MS = 3_600_000  # a day begins there at a whole hour of UTC, summer time or not


def day_of(moment: datetime) -> date:
    """The day it is at an aware moment."""
    return moment.astimezone(STOCKHOLM).date()


def day_at(epoch_ms: int) -> date | None:
    """The day it is at `epoch_ms`, milliseconds since 1970 as Kafka writes them beside a record;
    None for a moment outside the calendar."""
    try:
        return _day_in(epoch_ms // _HOUR_MS)
    except (OverflowError, OSError, ValueError):
        return None


@lru_cache(1 << 10)
def _day_in(hour: int) -> date:
    return day_of(datetime.fromtimestamp(hour * 3600, UTC))


def moment_at(epoch_ms: int) -> datetime | None:
    """The moment `epoch_ms`, milliseconds since 1970; None for one outside the calendar."""
    try:
        return datetime.fromtimestamp(epoch_ms / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def to_the_minute(moment: datetime) -> str:
    """An aware moment as a clock on the wall there shows it, `2026-11-26 04:50`."""
    return f"{moment.astimezone(STOCKHOLM):%Y-%m-%d %H:%M}"


def begins(day: date) -> datetime:
    """The moment at which a day begins."""
    return datetime.combine(day, time(), STOCKHOLM)


def last_ended(moment: datetime) -> date:
    """The last day that has ended at an aware moment."""
    return day_of(moment) - timedelta(days=1)
