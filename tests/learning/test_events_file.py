"""From a file of events to examples: the same lives as by hand, and what is refused."""

import gzip
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from alerts.learning import backtest
from alerts.learning.events_file import EventsFile, lines
from alerts.learning.export_files import ExportError
from alerts.learning.run import Asked, Steps, run
from models.contract import facts
from models.contract.events import Event, day_ended, make_event
from models.risk.examples import examples
from models.risk.outcome import HORIZON
from streams.cli import build
from streams.simulate import simulate
from streams.simulate.faults import Faults

START, DAYS = date(2024, 1, 1), 500
LAST = START + timedelta(days=DAYS - 1)


@pytest.fixture(scope="module")
def events() -> list[Event]:
    return list(simulate(15, START, DAYS, seed=2))


def written(events: list[Event]) -> list[bytes]:
    return msgspec.json.Encoder().encode_lines(events).splitlines(keepends=True)


def by_hand(events: list[Event], lease_id: str) -> list[tuple[date, Event]]:
    """What was told of a lease, each on the first day that ended after it."""
    found, today = list[tuple[date, Event]](), START
    for event in events:
        if isinstance(event.data, facts.CalendarDay):
            today = event.data.day + timedelta(days=1)
        elif event.subject == lease_id:
            found.append((today, event))
    return found


def test_the_examples_of_a_lease_are_those_of_its_events_by_hand(events: list[Event]) -> None:
    looks = [START + timedelta(days=n) for n in range(200, DAYS, 28)]
    with EventsFile("year", written(events)) as file:
        lives = dict(file.lives())
    assert len(lives) >= 15
    for lease_id, told in lives.items():
        mine = by_hand(events, lease_id)
        assert told == mine
        found = list(examples(lease_id, told, looks, LAST, HORIZON))
        assert found == list(examples(lease_id, mine, looks, LAST, HORIZON))
        assert all(one.groups.district != "-" for one in found)


def test_the_groups_that_fairness_asks_of_are_known(events: list[Event]) -> None:
    with EventsFile("year", written(events)) as file:
        groups = {
            example.groups
            for lease_id, told in file.lives()
            for example in examples(lease_id, told, [date(2024, 9, 1)], LAST, HORIZON)
        }
    assert {one.children for one in groups} >= {"yes", "no"}
    assert {one.age for one in groups} <= {"young", "between", "old"}


def test_the_report_says_what_is_known_and_until_when(events: list[Event]) -> None:
    with EventsFile("year", written(events)) as file:
        report = file.report
    assert report.files["events"] == {"rows": len(events), "unreadable": 0, "not_allowed": 0}
    assert (report.first_due_on, report.through) == ("2024-01-31", LAST.isoformat())
    assert report.without_bills == 0
    assert 0.9 < report.paid_share < 1.1


def test_lines_that_are_no_events_are_counted_and_left_out(events: list[Event]) -> None:
    faults = Faults(0.2, 3)
    spoilt = [*faults.mix(events), *faults.rest()]
    home = next(event for event in events if isinstance(event.data, facts.HouseholdUpdated))
    of_landlord = make_event(home.data, source="urn:landlord:559990-0015", event_id="x")
    with EventsFile("year", [*(line.raw for line in spoilt), *written([of_landlord])]) as file:
        counts, lives = file.report.files["events"], sum(1 for _ in file.lives())
    assert counts["unreadable"] > 0
    assert counts["not_allowed"] == 1
    assert lives >= 15


def test_what_comes_after_the_last_day_that_ended_is_not_known_whole(events: list[Event]) -> None:
    until = [e.id for e in events].index("calendar.day:2024-04-01")
    with EventsFile("quarter", written(events[:until])) as file:
        assert file.report.through == "2024-03-31"
        assert max(day for _, told in file.lives() for day, _ in told) <= date(2024, 3, 31)


def test_a_file_without_days_is_refused_with_what_to_give(events: list[Event]) -> None:
    told = [event for event in events if not isinstance(event.data, facts.CalendarDay)]
    with pytest.raises(ExportError, match=r"year has no calendar\.day"):
        EventsFile("year", written(told))
    EventsFile("year", written([*told, day_ended(LAST)])).close()


def test_a_packed_file_is_read_and_one_that_is_not_there_is_named(
    events: list[Event], tmp_path: Path
) -> None:
    packed = tmp_path / "year.jsonl.gz"
    packed.write_bytes(gzip.compress(b"".join(written(events))))
    assert sum(1 for _ in lines(packed)) == len(events)
    with pytest.raises(ExportError, match="none cannot be read: No such file"):
        next(lines(tmp_path / "none"))


@pytest.mark.parametrize(
    "options", [(), ("--history", ".", "--events", "x")], ids=["neither", "both"]
)
@pytest.mark.parametrize("command", ["train", "backtest"])
def test_neither_or_both_of_export_and_events_is_refused_in_a_sentence(
    command: str, options: tuple[str, ...]
) -> None:
    found = CliRunner().invoke(build([command]), [command, *options])
    assert found.exit_code == 2
    assert "give either --history FOLDER (an export) or --events FILE" in found.stderr


def test_a_year_of_events_is_too_short_and_a_missing_file_is_named(tmp_path: Path) -> None:
    year = tmp_path / "year.jsonl"
    year.write_bytes(b"".join(written(list(simulate(5, START, 200, seed=2)))))
    short = CliRunner().invoke(build(["backtest"]), ["backtest", "--events", str(year)])
    assert short.exit_code == 1
    assert "the history is too short" in short.stderr
    missing = CliRunner().invoke(build(["backtest"]), ["backtest", "--events", str(year) + "x"])
    assert missing.exit_code == 1
    assert "cannot be read" in missing.stderr


def test_a_run_on_events_is_judged_by_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backtest, "CANDIDATES", {"steps": backtest.CANDIDATES["steps"]})
    monkeypatch.setattr(backtest, "DRAWS", 10)
    file = tmp_path / "years.jsonl"
    file.write_bytes(b"".join(written(list(simulate(300, START, 700, seed=4)))))
    asked = Asked(file, True, None, HORIZON, 1)
    done, rows = run(asked, Steps(lambda _, __: None, print, lambda: None, lambda: None))
    assert done.examples == len(rows.day) > 2_000
    assert set(done.backtest.methods) >= {"steps", "scorecard", "latest_status", "largest_debt"}
    assert {one.children for one in rows.groups} >= {"yes", "no"}
