"""`bokvar meetings`: the meetings that playbooks name, and how each one's pack is made."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated

import typer
from msgspec import Struct

from alerts.language.sentences import Language
from alerts.views.team.meetings import Coming, coming
from models.law.statute import FIRST_DAY, LAST_DAY
from models.phrase import Phrase, phrase
from models.stockholm import day_of
from streams.cli.playbook_named import known, playbook, spoken
from streams.cli.refuse import refuse
from streams.cli.screen import Screen, bold, show_json
from streams.cli.system import day

Day = Annotated[
    str | None, typer.Option("--day", metavar="YYYY-MM-DD", help="From this day; default today.")
]
Weeks = Annotated[int, typer.Option(min=1, max=104, help="So many weeks ahead.")]
Municipality = Annotated[
    str | None, typer.Option(help="Only this municipality's (SCB code); default all.")
]
Name = Annotated[
    str | None, typer.Option("--playbook", metavar="NAME|FILE", help="Only this playbook's.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


class Listed(Struct):
    """What `--json` prints."""

    first: date
    last: date
    meetings: list[Coming]


def meetings(
    first: Day = None,
    weeks: Weeks = 4,
    municipality: Municipality = None,
    name: Name = None,
    as_json: AsJson = False,
) -> None:
    """Which meetings are held when, with whom, and from when on their packs are made."""
    start = day(first, "--day") or day_of(datetime.now(UTC))
    if not FIRST_DAY <= start < LAST_DAY.replace(year=LAST_DAY.year - 3):
        refuse(f"--day {start} is outside the calendar: check the year")
    last = start + timedelta(weeks=weeks, days=-1)
    ways = list(known().ways.values())
    if name is not None:
        ways = [playbook(name)]
    elif municipality is not None:
        ways = known().of_town(municipality)
    found, language = coming(ways, start, last), spoken()
    if as_json:
        spelled = [_spoken(one, language) for one in found]
        show_json(Listed(start, last, spelled))
        return
    console = Screen(soft_wrap=True)
    head = "meetings.title" if found else "meetings.none"
    console.print(bold(language.say(phrase(head, first=start, last=last))))
    for one in found:
        console.print(f"– {language.say(_said(one, start))}")
        console.print(f"  {language.say(phrase('meetings.how', name=one.name))}")


def _said(one: Coming, today: date) -> Phrase:
    said = {"on": one.on, "title": one.title, "who": ", ".join(one.who)}
    pack = Phrase(f"playbook_pack.{one.pack}")
    if one.prepare_from <= today:
        return phrase("meetings.due", pack=pack, **said)
    return phrase("meetings.one", pack=pack, prepare=one.prepare_from, **said)


def _spoken(one: Coming, language: Language) -> Coming:
    return Coming(
        one.on, one.prepare_from, one.name, language.spoken(one.title), one.who, one.pack,
        one.municipalities,
    )  # fmt: skip
