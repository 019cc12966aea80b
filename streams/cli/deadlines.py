"""`bokvar deadlines`: the statutory clock, one JSON case a line, or one case for people."""

from datetime import date, datetime
from time import perf_counter
from typing import Annotated, Any, BinaryIO
from zoneinfo import ZoneInfo

import msgspec
import typer

from alerts.language.sentences import language
from models.law.deadline_case import Answer, Facts
from models.law.deadline_reading import read_case
from models.phrase import Phrase
from streams.cli.jsonl import NO_ID, answer_lines, explain
from streams.cli.refuse import refuse
from streams.cli.timeline import print_timeline

_JSONL_HELP = (
    "A file with one JSON case a line, or - for standard input. Fields, all optional: id, "
    "rent_month, rent_period_start, contract_due_date, first_month, due_on, notice_served_on, "
    "council_notified_on, council_received_on, eviction_notified_on."
)


def _day(help_text: str, *names: str) -> Any:
    return typer.Option(*names, metavar="YYYY-MM-DD", help=help_text)


Jsonl = Annotated[typer.FileBinaryRead | None, typer.Option(help=_JSONL_HELP)]
RentMonth = Annotated[str | None, typer.Option(metavar="YYYY-MM", help="The month of the rent.")]
PeriodStart = Annotated[str | None, _day("First day of a rent period shorter than a month.")]
Contract = Annotated[
    str | None, _day("Due date by contract.", "--contract-due-date", "--contract-due")
]
FirstMonth = Annotated[bool, typer.Option(help="It is the first month of the lease.")]
DueOn = Annotated[str | None, _day("The due date, when it is known.")]
Served = Annotated[
    str | None,
    _day(
        "The day the tenant was served the notice with form 1.",
        "--notice-served",
        "--notice-served-on",
    ),
]
Notified = Annotated[
    str | None,
    _day(
        "The day a registered letter to the social welfare board was posted.",
        "--council-notified",
        "--council-notified-on",
    ),
]
Received = Annotated[
    str | None,
    _day(
        "The day the message reached the board in another way.",
        "--council-received",
        "--council-received-on",
    ),
]
Eviction = Annotated[
    str | None,
    _day(
        "The day the notice of the time of an eviction was received.",
        "--eviction-notified",
        "--eviction-notified-on",
    ),
]
AsOf = Annotated[str | None, _day("Count the days left from here; default today.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Rate = Annotated[bool, typer.Option(help="Print cases a second to standard error.")]


class CaseLine(Facts, frozen=True, kw_only=True, gc=False):
    """One line in: the facts, and the sender's own id, given back as it came."""

    id: msgspec.Raw = NO_ID


class AnswerLine(msgspec.Struct):
    """One line out; the fields are the command's contract."""

    id: msgspec.Raw
    due_on: date | None
    forfeiture_from: date | None
    recovery_last_day: date | None
    assume_payment_last_day: date | None
    earliest_eviction_decision: date | None
    confirm_by: date | None
    other_readings: dict[str, list[date]]
    notes: list[str]


class _AsOf(msgspec.Struct):
    as_of: date | None


_cases = msgspec.json.Decoder(CaseLine)
_SV = language("sv")


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


def answer_line(line: bytes) -> AnswerLine:
    """One case as JSON to its answer. Raises msgspec.DecodeError or CaseError."""
    case = _cases.decode(line)
    return _with_id(case.id, read_case(case))


def _many_cases(source: BinaryIO, rate: bool) -> None:
    started = perf_counter()
    outcome = answer_lines(source, typer.get_binary_stream("stdout"), answer_line)
    if rate:
        speed = outcome.lines / max(perf_counter() - started, 1e-9)
        typer.echo(f"{outcome.lines} cases, {speed:.0f} cases/s", err=True)
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
        typer.echo(msgspec.json.encode(_with_id(NO_ID, answer)).decode())
    else:
        print_timeline(facts, answer, counted_from or _today())


def _with_id(case_id: msgspec.Raw, answer: Answer) -> AnswerLine:
    return AnswerLine(
        case_id,
        answer.due_on,
        answer.forfeiture_from,
        answer.recovery_last_day,
        answer.assume_payment_last_day,
        answer.earliest_eviction_decision,
        answer.confirm_by,
        answer.other_readings,
        [_note(note) for note in answer.notes],
    )


def _note(note: Phrase) -> str:
    """A stable name for machines, a colon, and the sentence."""
    return f"{note.code.removeprefix('deadline.')}: {_SV.say(note)}"


def _today() -> date:
    return datetime.now(ZoneInfo("Europe/Stockholm")).date()
