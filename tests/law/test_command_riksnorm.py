"""`bokvar riksnorm`, through the runner."""

import json
from datetime import datetime, tzinfo
from typing import Any, Self

import pytest
import typer
from typer.testing import CliRunner

from streams.cli import riksnorm as command
from streams.cli.riksnorm import riksnorm

APP = typer.Typer()
APP.command()(riksnorm)
RUNNER = CliRunner()

ONE = ["--on", "2025-10-01", "--adults", "1"]
NOT_KRONOR = ("inf", "nan", "-inf", "1e308", "10000001", "-1")
FAMILY = (
    b'{"id":"f","on":"2025-10-01","adults":1,'
    b'"children":[{"age":2,"lunch_away":true},{"age":12,"lunch_away":false}]}\n'
)


def ask(lines: bytes) -> tuple[list[dict[str, Any]], int, str]:
    result = RUNNER.invoke(APP, ["--jsonl", "-"], input=lines)
    return (
        [json.loads(line) for line in result.stdout.splitlines()],
        result.exit_code,
        result.stderr,
    )


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (b'{"id":"x","year":2024,"adults":1}', "models/law/riksnorm_figures.py"),
        (b'{"id":"x","on":"2027-01-01","adults":1}', "the computation itself from 2027-01-01"),
        (b'{"id":"x","on":"2026-02-30","adults":1}', "on is not a day of the calendar"),
        (b'{"id":"x","adults":1}', "give the day of the norm as on"),
        (b'{"id":"x","on":"2026-01-01","year":2026,"adults":1}', "not both"),
        (b'{"id":"x","on":"2025-10-01"}', "missing required field `adults`"),
        (b'{"id":"x","on":"2025-10-01","adults":3}', "$.adults"),
        (b'{"id":"x","on":"2025-10-01","adults":0}', "$.adults"),
        (b'{"id":"x","on":"2025-10-01","adults":1,"children":[{"age":21}]}', "$.children[0].age"),
        (b'{"id":"x","on":"2025-10-01","adults":1,"children":[{"age":-1}]}', "$.children[0].age"),
        (
            b'{"id":"x","on":"2025-10-01","adults":1,"children":[{}]}',
            "missing required field `age`",
        ),
        (
            b'{"id":"x","on":"2025-10-01","adults":1,"extra_household_members":-1}',
            "$.extra_household_members",
        ),
        (b'{"id":"x","on":"2025-10-01","adults":1,"shared_home":true}', "extra_household_members"),
    ],
)
def test_a_bad_line_gets_an_error_line_and_loses_no_other(bad: bytes, said: str) -> None:
    answers, status, stderr = ask(FAMILY + bad + b"\n" + FAMILY)
    assert [answer["id"] for answer in answers] == ["f", "x", "f"]
    assert answers[1]["line"] == 2
    assert said in answers[1]["error"]
    assert status == 1
    assert "the first is line 2" in stderr


def test_a_line_nested_too_deeply_gets_an_error_line_and_loses_no_other() -> None:
    deep = b'{"id":"x","on":"2025-10-01","adults":1,"note":' + b"[" * 100_000 + b"\n"
    answers, status, _ = ask(FAMILY + deep + FAMILY)
    assert [answer["id"] for answer in answers] == ["f", None, "f"]
    assert answers[1]["error"].startswith("line 2: nested too deeply")
    assert status == 1


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ([], "give --adults"),
        (["--on", "2027-01-01", "--adults", "1"], "models/law/riksnorm_figures.py"),
        (["--on", "2024-12-31", "--adults", "1"], "in force from 2025-01-01"),
        (["--on", "1 May", "--adults", "1"], "on is not a day of the calendar"),
        (["--on", "2026-01-01", "--year", "2026", "--adults", "1"], "not both"),
        (["--year", "2024", "--adults", "1"], "models/law/riksnorm_figures.py"),
        ([*ONE, "--income", "9000"], "both --income and --rent"),
        (["--jsonl", "-", "--on", "2025-10-01"], "not both"),
        (["--jsonl", "-", "--year", "2025"], "not both"),
        *(([*ONE, "--income", kr, "--rent", "1"], "kronor a month") for kr in NOT_KRONOR),
        *(([*ONE, "--income", "1", "--rent", kr], "kronor a month") for kr in NOT_KRONOR),
    ],
)
def test_flags_that_cannot_be_answered_get_one_sentence_and_a_failing_exit(
    flags: list[str], said: str
) -> None:
    result = RUNNER.invoke(APP, flags, input="")
    assert result.exit_code != 0
    assert result.stdout == ""
    assert said in result.stderr


def test_a_line_out_has_exactly_the_fields_of_the_contract() -> None:
    answers, status, _ = ask(FAMILY)
    assert status == 0
    assert list(answers[0]) == ["id", "total_kr", "personal_kr", "common_kr", "lines"]
    assert (answers[0]["total_kr"], answers[0]["personal_kr"]) == (12810, 11040)
    assert sum(line["kr"] for line in answers[0]["lines"]) == 12810


def test_a_couple_without_children_and_null_fields() -> None:
    answers, _, _ = ask(
        b'{"id":1,"on":"2025-10-01","adults":2,"children":null,"extra_household_members":null}\n'
    )
    assert answers[0]["total_kr"] == 7050 + 1400


@pytest.mark.parametrize(
    ("asked", "total_kr"),
    [
        ('"on":"2025-12-31"', 5180),
        ('"on":"2026-01-01"', 5220),
        ('"year":2025', 5180),
        ('"year":2026', 5220),
    ],
)
def test_the_day_or_the_year_of_a_line_chooses_its_figures(asked: str, total_kr: int) -> None:
    answers, status, _ = ask(f'{{"id":1,{asked},"adults":1}}\n'.encode())
    assert status == 0
    assert answers[0]["total_kr"] == total_kr


def test_without_a_day_the_figures_are_those_of_today_in_sweden(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls(2025, 12, 31, 23, 30, tzinfo=tz)  # in UTC; half past midnight in Sweden

    monkeypatch.setattr(command, "datetime", Clock)
    result = RUNNER.invoke(APP, ["--adults", "1", "--json"])
    assert json.loads(result.stdout)["total_kr"] == 5220


def test_the_table_says_from_which_day_its_figures_hold_and_where_they_stand() -> None:
    result = RUNNER.invoke(APP, ["--on", "2026-03-01", "--adults", "1"])
    assert "Riksnorm i kraft från 2026-01-01 (2025:468 12 kap. 2-3 §§, SFS 2025:1046)" in (
        " ".join(result.stdout.split())
    )


def test_a_household_on_flags_with_income_and_rent_says_what_it_means() -> None:
    flags = ["--on", "2025-10-01", "--adults", "1", "--child-lunch-away", "2", "--child", "12"]
    result = RUNNER.invoke(APP, [*flags, "--income", "18000", "--rent", "8000"])
    assert result.exit_code == 0
    assert "12810" in result.stdout
    assert "kan ha rätt till ekonomiskt bistånd" in result.stdout
    assert "Fråga också efter hushållsel" in result.stdout


def test_the_words_stay_out_of_the_json() -> None:
    flags = ["--on", "2025-10-01", "--adults", "1", "--income", "18000", "--rent", "8000", "--json"]
    result = RUNNER.invoke(APP, flags)
    assert json.loads(result.stdout)["total_kr"] == 5180
    assert "inget beslut" in result.stderr
