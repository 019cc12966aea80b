"""A day is a civil day in Sweden, and its name is written in one place."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from models.stockholm import begins, day_at, day_of, last_ended

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2026, 1, 1)])
def test_a_moment_of_kafka_has_the_day_that_a_clock_on_a_wall_in_stockholm_shows(day: date) -> None:
    moment = begins(day)
    assert (moment.hour, moment.minute, day_of(moment)) == (0, 0, day)
    begun = int(moment.timestamp() * 1000)
    assert day_at(begun) == day
    assert day_at(begun - 1) == day - timedelta(days=1)


@pytest.mark.parametrize("epoch_ms", [1 << 62, -(1 << 62), 1 << 55])
def test_a_moment_outside_the_calendar_has_no_day(epoch_ms: int) -> None:
    assert day_at(epoch_ms) is None


def test_the_last_day_that_has_ended_is_yesterday_there_and_not_in_utc() -> None:
    assert last_ended(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert last_ended(datetime(2026, 7, 1, 21, 30, tzinfo=UTC)) == date(2026, 6, 30)


def test_one_file_names_the_zone() -> None:
    rooms = (p for room in ("models", "alerts", "streams") for p in (ROOT / room).rglob("*.py"))
    named = [str(p.relative_to(ROOT)) for p in rooms if 'ZoneInfo("' in p.read_text()]
    assert named == ["models/stockholm.py"]
