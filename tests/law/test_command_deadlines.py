"""`bokvar deadlines`, through the runner, a pipe and its own parts."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from models.law.deadline_case import FIELDS
from streams.cli.deadline_lines import answer_line
from streams.cli.deadlines import deadlines
from streams.cli.jsonl import LONGEST_LINE, answer_lines

APP = typer.Typer()
APP.command()(deadlines)
RUNNER = CliRunner()

CASE = b'{"id":"a","notice_served_on":"2022-03-24","council_notified_on":"2022-03-25"}\n'


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
        (b"nonsense", "not one JSON object"),
        (b'{"id":"x"', "not one JSON object"),
        (b"[1]", "Expected `object`"),
        (b'{"id":"x","due_on":"2027-02-29"}', "due_on is not a day of the calendar"),
        (b'{"id":"x","due_on":"27-02-2027"}', "due_on is not a day of the calendar"),
        (b'{"id":"x","due_on":"2027-02-28T00:00:00"}', "due_on is not a day of the calendar"),
        (b'{"id":"x","due_on":20270228}', "Expected `date | null`"),
        (b'{"id":"x","due_on":"0227-02-28"}', "check the year"),
        (b'{"id":"x","rent_month":"2027-13"}', "rent_month is not a month"),
        (b'{"id":"x","rent_month":"2027-1"}', "rent_month is not a month"),
        (b'{"id":"x","first_month":"yes"}', "Expected `bool | null`"),
        (
            b'{"id":"x","rent_month":"2027-02","rent_period_start":"2027-03-01"}',
            "give one of them",
        ),
        (b'{"id":"\xff"}', "not UTF-8"),
        (b'{"id":"x","rent_month":"2027-03\\n"}', "rent_month is not a month"),
        (b'{"id":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
        (b'{"id":"x","note":' + b'{"a":' * 100_000, "nested too deeply"),
        (b'{"id":"x","pad":"' + b"a" * LONGEST_LINE + b'"}', "one case a line"),
    ],
)
def test_a_bad_line_gets_an_error_line_with_its_number_and_loses_no_other(
    bad: bytes, said: str
) -> None:
    answers, status, stderr = ask(CASE + bad + b"\n" + CASE)
    assert [answer.get("id") for answer in (answers[0], answers[2])] == ["a", "a"]
    assert answers[0]["recovery_last_day"] == answers[2]["recovery_last_day"] == "2022-04-19"
    assert set(answers[1]) == {"id", "line", "error"}
    assert answers[1]["line"] == 2
    assert answers[1]["error"].startswith("line 2: ")
    assert said in answers[1]["error"]
    assert status == 1
    assert "1 of 3 lines could not be answered, the first is line 2" in stderr


def test_an_error_line_keeps_the_id_when_it_can_be_told() -> None:
    answers, _, _ = ask(b'{"id":["odd",1],"due_on":"soon"}\n')
    assert answers[0]["id"] == ["odd", 1]


def test_a_file_that_is_not_there_is_refused() -> None:
    result = RUNNER.invoke(APP, ["--jsonl", "no-such-file.jsonl"])
    assert result.exit_code == 2
    assert "no-such-file.jsonl" in result.stderr


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ([], "give at least one date"),
        (["--notice-served", "2027-02-30"], "notice_served_on is not a day of the calendar"),
        (["--rent-month", "2027-13"], "rent_month is not a month"),
        (["--due-on", "2027-03-24", "--as-of", "soon"], "as_of is not a day of the calendar"),
        (["--due-on", "1927-03-24"], "check the year"),
        (["--jsonl", "-", "--due-on", "2027-03-24"], "not both"),
    ],
)
def test_flags_that_cannot_be_answered_get_one_sentence_and_a_failing_exit(
    flags: list[str], said: str
) -> None:
    result = RUNNER.invoke(APP, flags, input="")
    assert result.exit_code != 0
    assert result.stdout == ""
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_every_line_out_has_exactly_the_fields_of_the_contract() -> None:
    answers, status, _ = ask(b'{"id":7,"notice_served_on":"2022-03-24"}\n')
    assert status == 0
    assert list(answers[0]) == ["id", *FIELDS, "other_readings", "notes"]
    assert [answers[0][field] for field in FIELDS] == [None] * 6
    assert answers[0]["id"] == 7
    assert answers[0]["notes"][0].startswith("council_not_told: ")


def test_other_readings_are_lists_of_iso_dates() -> None:
    answers, _, _ = ask(b'{"rent_month":"2022-05"}\n')
    assert answers[0]["due_on"] == "2022-04-30"
    assert answers[0]["other_readings"]["due_on"] == ["2022-04-29"]
    assert answers[0]["id"] is None


def test_null_fields_unknown_fields_empty_lines_and_a_byte_order_mark_do_no_harm() -> None:
    line = b'{"id":1,"rent_month":"2022-05","due_on":null,"first_month":null,"why":"x"}\r\n'
    answers, status, _ = ask(b"\xef\xbb\xbf" + line + b"\n  \n" + line.rstrip())
    assert status == 0
    assert [answer["due_on"] for answer in answers] == ["2022-04-30", "2022-04-30"]


def test_no_lines_give_no_answers_and_no_error() -> None:
    assert ask(b"") == ([], 0, "")


def test_one_case_on_flags_shows_the_days_left_and_who_can_still_act() -> None:
    flags = ["--notice-served", "2022-03-24", "--council-notified", "2022-03-25"]
    result = RUNNER.invoke(APP, [*flags, "--as-of", "2022-04-14"])
    assert result.exit_code == 0
    row = next(line for line in result.stdout.splitlines() if "Sista dag att betala" in line)
    assert row.split()[-3:] == ["tis", "2022-04-19", "5"]
    assert "Socialnämnden kan skriftligen meddela hyresvärden" in result.stdout
    assert "ingen juridisk rådgivning" in result.stdout


def test_after_the_recovery_day_the_page_says_that_an_agreement_can_still_save_the_home() -> None:
    flags = ["--notice-served", "2022-03-24", "--council-notified", "2022-03-25"]
    waits = RUNNER.invoke(APP, [*flags, "--as-of", "2022-04-20"])
    assert "en betalning kan vara på väg" in waits.stdout
    result = RUNNER.invoke(APP, [*flags, "--as-of", "2022-04-22"])
    assert "överenskommelse kan ännu rädda hemmet" in result.stdout
    assert "passerat" in result.stdout


def test_an_eviction_time_presupposes_a_notice_so_payment_before_it_is_not_offered() -> None:
    flags = ["--eviction-notified", "2027-05-21", "--as-of", "2027-05-20"]
    result = RUNNER.invoke(APP, flags)
    assert result.exit_code == 0
    assert "innan uppsägningen har delgetts" not in result.stdout
    assert "få tillbaka hyresrätten" in result.stdout


def test_one_case_on_flags_as_json_is_the_same_answer_as_its_line() -> None:
    result = RUNNER.invoke(APP, ["--rent-month", "2022-05", "--json"])
    answers, _, _ = ask(b'{"rent_month":"2022-05"}\n')
    assert json.loads(result.stdout) == answers[0]


class Endless:
    """Lines made as they are asked for; remembers how far the reader was ahead of the writer."""

    def __init__(self, lines: int) -> None:
        self.left = lines
        self.ahead = 0
        self.furthest = 0

    def readline(self, limit: int, /) -> bytes:
        if self.left == 0:
            return b""
        self.left -= 1
        self.ahead += 1
        self.furthest = max(self.furthest, self.ahead)
        return CASE


class Counting:
    """Throws away what it is given and tells the source that it has been written."""

    def __init__(self, source: Endless) -> None:
        self.source = source
        self.written = 0

    def write(self, data: bytes, /) -> None:
        lines = data.count(b"\n")
        self.written += lines
        self.source.ahead -= lines

    def flush(self) -> None:
        pass


def test_answers_leave_while_lines_come_so_memory_does_not_grow_with_the_file() -> None:
    source = Endless(5_000)
    sink = Counting(source)
    outcome = answer_lines(source, sink, answer_line)
    assert outcome.answered == sink.written == 5_000
    assert source.furthest <= 1_000


@pytest.fixture
def script(tmp_path: Path) -> list[str]:
    path = tmp_path / "app.py"
    path.write_text(
        "import typer\nfrom streams.cli.deadlines import deadlines\n"
        "app = typer.Typer()\napp.command()(deadlines)\napp()\n",
        "utf-8",
    )
    return [sys.executable, str(path), "--jsonl", "-"]


def test_through_a_pipe_every_line_is_answered_in_order(script: list[str]) -> None:
    lines = b"".join(b'{"id":%d,"due_on":"2026-12-17"}\n' % n for n in range(3_000))
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [*script, "--rate"], input=lines, capture_output=True, cwd=root, timeout=60, check=True,
        env={"PYTHONPATH": str(root), "PYTHONUTF8": "1"},
    )  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == list(range(3_000))
    assert {answer["forfeiture_from"] for answer in answers} == {"2026-12-29"}
    assert done.stderr.startswith(b"3000 cases, ")
