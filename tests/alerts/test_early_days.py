"""The end of a day told before the day has ended ends nothing, and swallows no later one."""

from datetime import date, datetime, timedelta

import msgspec
import pytest

from alerts.fold.early_days import FIRST_AHEAD, is_early
from models.contract.events import Event, day_ended
from models.contract.facts import CalendarDay
from models.stockholm import STOCKHOLM, begins
from streams.embedded.event_lines import FileLine
from streams.embedded.told_days import told_before_the_end_of
from streams.embedded.trial import Trial
from tests.builders import day, days, invoiced, registered

LAST = date(2026, 11, 23)
DAY = timedelta(days=1)


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).timestamp() * 1000)


NOON = ms("2026-11-25T12:00")


@pytest.mark.parametrize(
    ("told", "by_clock", "last", "early"),
    [
        ("2026-11-24", True, LAST, False),
        ("2026-11-25", True, LAST, True),
        ("2026-11-25", False, date(2026, 11, 24), False),
        ("2026-11-26", False, date(2026, 11, 24), True),
        ("2027-11-24", False, LAST, True),
        ("2099-12-31", False, LAST, True),
        ("2099-12-31", False, None, True),
        ("2027-06-01", False, None, False),
        ("2027-06-02", False, date(2027, 6, 1), False),
        ("2027-06-03", False, date(2027, 6, 1), True),
        ("2019-06-02", False, date(2018, 1, 1), False),
    ],
    ids=[
        *("ended", "running", "simulated_passes_the_clock", "a_day_left_out", "a_year_ahead"),
        *("absurd", "absurd_first", "simulation_begins_ahead", "goes_on_ahead", "jumps_ahead"),
        "history_with_gaps",
    ],
)
def test_a_day_must_have_ended_unless_a_simulation_goes_on_day_by_day(
    told: str, by_clock: bool, last: date | None, early: bool
) -> None:
    assert is_early(CalendarDay(day=date.fromisoformat(told)), NOON, last, by_clock) is early


def test_a_schedulers_day_is_held_to_the_clock_in_any_log() -> None:
    fact = CalendarDay(day=date(2026, 11, 25), told_by="scheduler")
    assert is_early(fact, NOON, date(2026, 11, 24), False)
    assert is_early(fact, NOON, None, False)
    midnight = int(begins(date(2026, 11, 26)).timestamp() * 1000)
    assert not is_early(fact, midnight, date(2026, 11, 24), False)
    assert not is_early(fact, midnight - 299_000, date(2026, 11, 24), False)
    assert is_early(fact, midnight - 301_000, date(2026, 11, 24), False)


def test_where_no_time_is_known_the_word_is_taken() -> None:
    assert not is_early(CalendarDay(day=date(2099, 1, 1)), None, LAST, True)
    assert FIRST_AHEAD > 366 * DAY


def tried(*events: Event) -> Trial:
    raw = map(msgspec.json.encode, events)
    return Trial().take(FileLine("x", number, line) for number, line in enumerate(raw, 1))


@pytest.mark.parametrize("early", ["2026-03-12", "2027-03-12", "2099-12-31"])
def test_a_file_with_one_early_day_leads_to_the_same_list_as_without(early: str) -> None:
    before = [registered(), *days("2026-01-30", "2026-02-27"), invoiced("2026-03")]
    after = [*days("2026-02-28", "2026-03-20")]
    right, slipped = tried(*before, *after), tried(*before, day(early), *after)
    assert right.as_of == slipped.as_of == date(2026, 3, 20)
    assert right.tasks(None) == slipped.tasks(None) != []
    ((_, dead),) = slipped.set_aside()
    assert dead.error == "day_not_ended"


def test_a_file_whose_days_have_gaps_is_read_as_it_is() -> None:
    trial = tried(registered(), day("2026-01-31"), invoiced("2026-03"), day("2029-02-28"))
    assert trial.as_of == date(2029, 2, 28)
    assert trial.set_aside() == []


def test_the_order_of_a_file_says_when_its_days_were_told() -> None:
    one, two, three, four = (date(2026, 3, n) for n in range(1, 5))
    assert told_before_the_end_of([one, None, three, four]) == [one, None, three, four]
    assert told_before_the_end_of([one, four, two, three]) == [one, two, two, three]
    assert told_before_the_end_of([one, two, one, three]) == [one, two, one, three]


def test_days_of_a_scheduler_may_be_tried_too() -> None:
    trial = tried(registered(), *(day_ended(LAST + n * DAY, "scheduler") for n in range(5)))
    assert trial.as_of == LAST + 4 * DAY
    assert trial.store.partition.by_clock
