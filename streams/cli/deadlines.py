"""`bokvar deadlines`: the statutory clock, one JSON case a line, or one case for people."""

from datetime import UTC, date, datetime
from time import perf_counter
from typing import Any, BinaryIO

import msgspec
import typer

from models.law.deadline_case import Facts
from models.law.deadline_reading import read_case
from models.stockholm import day_of
from streams.cli.deadline_lines import answer_line, answered
from streams.cli.deadline_options import (
    AsJson,
    AsOf,
    Contract,
    DueOn,
    Eviction,
    FirstMonth,
    Jsonl,
    Notified,
    PeriodStart,
    Rate,
    Received,
    RentMonth,
    Served,
)
from streams.cli.jsonl import NO_ID, answer_lines, explain
from streams.cli.refuse import refuse
from streams.cli.screen import say, show_json
from streams.cli.timeline import print_timeline


class _AsOf(msgspec.Struct):
    as_of: date | None


def deadlines(
    jsonl: Jsonl = None,
    rent_month: RentMonth = None,
    rent_period_start: PeriodStart = None,
    contract_due_date: Contract = None,
    first_month: FirstMonth = False,
    due_on: DueOn = None,
    notice_served: Served = None,
    council_notified: Notified = None,
    council_received: Received = None,
    eviction_notified: Eviction = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    rate: Rate = False,
) -> None:
    """The legal clock of a rented home in arrears: due date, forfeiture, last day to save it.

    Give one case on flags, or many with --jsonl. Not legal advice.
    """
    given = {
        "rent_month": rent_month,
        "rent_period_start": rent_period_start,
        "contract_due_date": contract_due_date,
        "first_month": first_month or None,
        "due_on": due_on,
        "notice_served_on": notice_served,
        "council_notified_on": council_notified,
        "council_received_on": council_received,
        "eviction_notified_on": eviction_notified,
    }
    known = {name: value for name, value in given.items() if value is not None}
    if jsonl is None:
        _one_case(known, as_of, as_json)
    elif known or as_of is not None or as_json:
        refuse("give one case on flags or many with --jsonl, not both")
    else:
        _many_cases(jsonl, rate)


def _many_cases(source: BinaryIO, rate: bool) -> None:
    started = perf_counter()
    outcome = answer_lines(source, typer.get_binary_stream("stdout"), answer_line)
    if rate:
        speed = outcome.lines / max(perf_counter() - started, 1e-9)
        say(f"{outcome.lines} cases, {speed:.0f} cases/s", err=True)
    if outcome.refused:
        refuse(outcome.complaint(), status=1)


def _one_case(given: dict[str, Any], as_of: str | None, as_json: bool) -> None:
    if not given:
        refuse("give at least one date, for example --notice-served 2027-03-24; see --help")
    try:
        facts = msgspec.convert(given, Facts)
        counted_from = msgspec.convert({"as_of": as_of}, _AsOf).as_of
        answer = read_case(facts)
    except ValueError as fault:
        refuse(explain(fault), status=1)
    if as_json:
        show_json(answered(NO_ID, answer))
    else:
        print_timeline(facts, answer, counted_from or _today())


def _today() -> date:
    return day_of(datetime.now(UTC))
