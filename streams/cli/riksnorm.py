"""`bokvar riksnorm`: the income-support norm of a household, one JSON case a line or on flags."""

from datetime import UTC, datetime
from typing import Annotated, Any, BinaryIO

import msgspec
import typer
from rich.table import Table

from alerts.language.sentences import language
from models.law.riksnorm import MissingFiguresError, Norm, norm
from models.law.riksnorm_check import check_against_norm
from models.law.riksnorm_household import NormHousehold
from models.phrase import phrase
from models.stockholm import day_of
from streams.cli.jsonl import NO_ID, answer_lines, explain
from streams.cli.norm_lines import answer_line, answered
from streams.cli.refuse import refuse
from streams.cli.screen import Screen, say, show_json

_JSONL_HELP = (
    "A file with one JSON household a line, or - for standard input. Fields: id, on (a day) or "
    "year, adults (1 or 2), children [{age, lunch_away}], extra_household_members, shared_home."
)

Jsonl = Annotated[typer.FileBinaryRead | None, typer.Option(help=_JSONL_HELP)]
On = Annotated[
    str | None,
    typer.Option(metavar="YYYY-MM-DD", help="The day whose figures are asked; today if not given."),
]
Year = Annotated[int | None, typer.Option(help="Instead of --on: the last day of a year.")]
Adults = Annotated[int | None, typer.Option(help="1, or 2 for a couple.")]
Children = Annotated[
    list[int] | None, typer.Option("--child", help="Age of a child who has lunch at home.")
]
LunchAway = Annotated[
    list[int] | None,
    typer.Option("--child-lunch-away", help="Age of a child who has lunch at preschool or school."),
]
Extra = Annotated[
    int | None, typer.Option("--extra", help="Further people in the household, not in this norm.")
]
Shared = Annotated[bool, typer.Option(help="Shares the home with them as separate economies.")]
Income = Annotated[float | None, typer.Option(help="Income after tax, kronor a month.")]
Rent = Annotated[float | None, typer.Option(help="Rent, kronor a month.")]
MOST_KRONOR = 10_000_000  # a month; more is a slip
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
_SV = language("sv")


def riksnorm(
    jsonl: Jsonl = None,
    on: On = None,
    year: Year = None,
    adults: Adults = None,
    child: Children = None,
    child_lunch_away: LunchAway = None,
    extra: Extra = None,
    shared_home: Shared = False,
    income: Income = None,
    rent: Rent = None,
    as_json: AsJson = False,
) -> None:
    """The income-support norm (riksnorm) of a household; with --income and --rent, what it means.

    Give one household on flags, or many with --jsonl. A calculation, never a decision.
    """
    one = [on, year, adults, child, child_lunch_away, extra, income, rent]
    if jsonl is not None:
        if any(value for value in one) or shared_home or as_json:
            refuse("give one household on flags or many with --jsonl, not both")
        return _many_households(jsonl)
    if adults is None:
        refuse("give --adults, for example --on 2026-03-01 --adults 1 --child 12")
    if on is None and year is None:
        on = day_of(datetime.now(UTC)).isoformat()
    children = [{"age": age} for age in child or ()]
    children += [{"age": age, "lunch_away": True} for age in child_lunch_away or ()]
    given = {
        "on": on,
        "year": year,
        "adults": adults,
        "children": children,
        "extra_household_members": extra,
        "shared_home": shared_home,
    }
    _one_household(given, income, rent, as_json)


def _many_households(source: BinaryIO) -> None:
    outcome = answer_lines(source, typer.get_binary_stream("stdout"), answer_line)
    if outcome.refused:
        refuse(outcome.complaint(), status=1)


def _one_household(
    given: dict[str, Any], income: float | None, rent: float | None, as_json: bool
) -> None:
    if (income is None) != (rent is None):
        refuse("give both --income and --rent, or neither")
    if not all(0 <= kronor <= MOST_KRONOR for kronor in (income, rent) if kronor is not None):
        refuse(f"give --income and --rent in kronor a month, 0 to {MOST_KRONOR}")
    try:
        answer = norm(msgspec.convert(given, NormHousehold))
    except (MissingFiguresError, ValueError) as fault:
        refuse(explain(fault), status=1)
    if as_json:
        show_json(answered(NO_ID, answer))
    else:
        _print_norm(answer)
    if income is not None and rent is not None:
        check = check_against_norm(answer, income_ore=_ore(income), rent_ore=_ore(rent))
        for sentence in (check.said, check.ask):
            say(_SV.say(sentence), err=as_json)


def _print_norm(answer: Norm) -> None:
    title = phrase("norm.title", first_day=answer.first_day, source=answer.source)
    table = Table(title=_SV.say(title), title_justify="left")
    table.add_column("")
    table.add_column("kr", justify="right")
    for line in answer.lines:
        table.add_row(_SV.say(line.what), str(line.kr))
    table.add_section()
    table.add_row("Summa", str(answer.total_kr))
    Screen(soft_wrap=True).print(table)


def _ore(kronor: float) -> int:
    return round(kronor * 100)
