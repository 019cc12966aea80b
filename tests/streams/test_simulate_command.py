"""`bokvar simulate`: files whole or not at all, one clear sentence for what cannot be done."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from streams.cli.simulate import simulate
from streams.simulate import default_size


def run(*arguments: str) -> Result:
    app = typer.Typer()
    app.command()(simulate)
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--start", "2026-02-30"), "is not a date; write it as 2026-01-01"),
        (("--start", "1700-01-01"), "between 1990 and 2150"),
        (("--full", "--leases", "10"), "give one of them"),
        (("--leases", "0"), "leases"),
        (("--town", "atlantis"), "that can be simulated"),
        (("--faults", "2"), "faults"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused_in_a_sentence_and_nothing_is_written(
    tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    result = run("--out", str(tmp_path / "events.jsonl"), *arguments)
    assert result.exit_code == 2
    assert sentence in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_does_not_exist_is_named_with_what_to_do(tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "events.jsonl"
    result = run("--leases", "3", "--days", "5", "--out", str(out))
    assert result.exit_code == 1
    assert "nowhere" in result.output
    assert "choose another file" in result.output
    assert ".part" not in result.output


def test_another_town_has_other_landlords_and_a_size_of_its_own(tmp_path: Path) -> None:
    out = tmp_path / "events.jsonl"
    result = run("--town", "askholma", "--days", "2", "--out", str(out), "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["leases"] == 640
    registered = (json.loads(line)["data"] for line in out.read_text().splitlines())
    assert {fact["municipality"] for fact in registered if "municipality" in fact} == {"9901"}


def test_events_and_truth_are_written_and_counted(tmp_path: Path) -> None:
    out, truth = tmp_path / "events.jsonl", tmp_path / "truth.jsonl"
    result = run(
        *("--leases", "20", "--days", "70", "--seed", "4"),
        *("--out", str(out), "--truth", str(truth), "--json"),
    )
    assert result.exit_code == 0, result.output
    summary = json.loads(result.output)
    lines = out.read_text().splitlines()
    assert summary["leases"] == 20
    assert summary["events"] == len(lines)
    assert json.loads(lines[-1])["id"] == "calendar.day:2026-03-11"
    leases = {json.loads(line)["lease_id"] for line in truth.read_text().splitlines()}
    assert {json.loads(line).get("subject") for line in lines} - {None} == leases
    assert sorted(path.name for path in tmp_path.iterdir()) == ["events.jsonl", "truth.jsonl"]


def test_a_dash_writes_the_events_to_standard_output_and_the_summary_elsewhere() -> None:
    result = run("--leases", "5", "--days", "10", "--out", "-", "--json")
    assert result.exit_code == 0
    types = [json.loads(line)["type"] for line in result.stdout.splitlines()]
    assert types.count("se.bokvar.calendar.day.v1") == 10
    assert json.loads(result.stderr)["events"] == len(types)


def test_faults_spoil_the_share_of_lines_that_was_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "events.jsonl"
    result = run("--leases", "50", "--days", "60", "--faults", "0.2", "--out", str(out))
    assert result.exit_code == 0
    unreadable = 0
    for line in out.read_bytes().splitlines():
        try:
            json.loads(line)
        except ValueError:
            unreadable += 1
    assert unreadable > 0


def test_without_a_size_a_tenth_of_the_municipality_is_simulated(tmp_path: Path) -> None:
    result = run("--days", "1", "--out", str(tmp_path / "events.jsonl"), "--json")
    assert json.loads(result.output)["leases"] == default_size() == 2_013
