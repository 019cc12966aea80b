"""`bokvar plan`: who visits whom today, and what is left over."""

from pathlib import Path
from typing import Annotated

import typer

from alerts.access.scope import Scope
from alerts.language.sentences import language
from alerts.planning.day_plan import plan as planned
from alerts.planning.staff import Staff
from alerts.planning.staff_file import StaffError, from_file
from alerts.store.database import reading
from alerts.views.lists import worklist
from alerts.views.lists.filters import Filter
from streams.cli.plan_answer import answer
from streams.cli.plan_print import print_plan
from streams.cli.refuse import refuse
from streams.cli.screen import say, show_json
from streams.cli.system import day as read_day
from streams.cli.system import opened
from streams.cli.tasks import LIMIT, AsJson, District, Municipality

StaffFile = Annotated[
    Path,
    typer.Option("--staff", metavar="FILE", help="Who is here, with roles and hours (TOML)."),
]
Day = Annotated[
    str | None,
    typer.Option(
        "--day", metavar="YYYY-MM-DD", help="The day; default the one after the newest that ended."
    ),
]
Limit = Annotated[int, typer.Option(min=0, help="Print at most so many left over; 0 prints all.")]


def plan(
    staff: StaffFile,
    day: Day = None,
    municipality: Municipality = None,
    district: District = None,
    limit: Limit = LIMIT,
    as_json: AsJson = False,
) -> None:
    """Share the day's tasks among those who are here: lists to print, and what nobody has time for.

    A proposal: a person decides. How to write the staff file: docs/day-plan.md.
    """
    people, given = _staff(staff), read_day(day, "--day")
    with opened() as system, reading(system.engine) as connection:
        spoken = language(system.settings.language)
        newest = worklist.newest_day(connection)
        on = given or worklist.today(connection)
        found = worklist.worklist(connection, Scope(municipality), Filter(district=district))
    if on is None:
        refuse("no day has ended yet: give --day, for example --day 2026-03-02", status=1)
    made = planned(found.tasks, people, on)
    if as_json:
        show_json(answer(made, newest, municipality, spoken))
    else:
        unseen = made.unseen if district is None else []
        print_plan(made, newest, municipality, unseen, limit, spoken)


def _staff(path: Path) -> Staff:
    """The staff, or every fault of the file in a line of its own."""
    try:
        return from_file(path)
    except StaffError as error:
        for fault in error.faults:
            say(f"bokvar: {fault}", err=True)
        raise typer.Exit(1) from None
