"""`bokvar guarantee list`: the register, the first to end first."""

from datetime import date
from typing import Annotated

import typer
from msgspec import Struct

from alerts.language.sentences import Language, language
from alerts.store.database import reading
from alerts.views.lists import worklist
from alerts.views.team.guarantee_register import Line, line_said, register
from models.phrase import phrase
from streams.cli.refuse import refuse
from streams.cli.screen import Screen, bold, show_json
from streams.cli.system import day, opened

Municipality = Annotated[str | None, typer.Option(help="Only this municipality (SCB code).")]
Soon = Annotated[bool, typer.Option("--soon", help="Only those that end within thirty days.")]
Every = Annotated[bool, typer.Option("--all", help="Those that are over, too.")]
Today = Annotated[
    str | None,
    typer.Option(
        metavar="YYYY-MM-DD",
        help="As of this day; default the day after the newest that has ended.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


class Listed(Struct):
    """What `--json` prints; money is öre."""

    today: date
    guarantees: list[Line]


def list_(
    municipality: Municipality = None,
    soon: Soon = False,
    every: Every = False,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Start, end, months left, limit, what was claimed, and what is left."""
    given = day(today, "--today")
    with opened() as system, reading(system.engine) as connection:
        spoken = language(system.settings.language)
        on = given or worklist.today(connection)
        if on is None:
            refuse("no day has ended in Bokvar yet: give the day with --today", status=1)
        found = register(connection, on, municipality)
    lines = [one for one in found if _is_asked_for(one, soon, every)]
    if as_json:
        show_json(Listed(on, lines))
    else:
        _show(lines, spoken)


def _is_asked_for(one: Line, soon: bool, every: bool) -> bool:
    return one.state == "ends_soon" if soon else every or one.state != "over"


def _show(lines: list[Line], spoken: Language) -> None:
    console = Screen(soft_wrap=True)
    console.print(bold(spoken.say("guarantee.title" if lines else "guarantee.none")))
    for line in lines:
        said = phrase("guarantee.in_list", lease=line.lease_id, line=line_said(line))
        console.print(f"– {spoken.say(said)}")
        if line.protected_identity:
            console.print(f"  {spoken.say('worklist.protected')}")
