"""`bokvar guarantee list`: the register, the first to end first."""

from datetime import date
from typing import Annotated

import typer
from msgspec import Struct
from rich.box import SIMPLE
from rich.table import Table

from alerts.language.sentences import Language, language
from alerts.store.database import reading
from alerts.views import worklist
from alerts.views.guarantee_register import Line, register
from streams.cli.refuse import refuse
from streams.cli.screen import Screen, show_json
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
_COLUMNS = ("lease", "id", "first", "last", "months", "most", "claimed", "rest", "how")


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
    if not lines:
        console.print(spoken.say("guarantee.none"))
        return
    table = Table(
        box=SIMPLE, pad_edge=False, title=spoken.say("guarantee.title"), title_justify="left"
    )
    for column in _COLUMNS:
        right = column in ("months", "most", "claimed", "rest")
        heading = spoken.say(f"guarantee.{column}")
        table.add_column(heading, overflow="fold", justify="right" if right else "left")
    for one in lines:
        state = spoken.say(f"guarantee.{one.state}")
        if one.protected_identity:
            state = f"{state}. {spoken.say('worklist.protected')}"
        table.add_row(
            one.lease_id, one.guarantee_id, str(one.starts_on), str(one.last_day or "-"),
            "-" if one.months_left is None else str(one.months_left),
            _kronor(one.limit_ore, spoken), spoken.exact(one.drawn_ore),
            _kronor(one.left_ore, spoken), state,
        )  # fmt: skip
    console.print(table)


def _kronor(ore: int | None, spoken: Language) -> str:
    return "-" if ore is None else spoken.exact(ore)
