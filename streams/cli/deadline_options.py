"""The options of `bokvar deadlines`."""

from typing import Annotated, Any

import typer

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
