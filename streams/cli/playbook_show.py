"""`bokvar playbook show`: the whole of a playbook, in words."""

from datetime import UTC, date, datetime
from typing import Annotated

import typer
from msgspec import Struct

from alerts.language.sentences import Language
from alerts.playbooks.language import Playbook
from alerts.playbooks.meetings import next_meetings
from alerts.views.playbooks.playbook_page import PlaybookPage, Section, page
from models.law.statute import FIRST_DAY, LAST_DAY
from models.stockholm import day_of
from streams.cli.playbook_named import playbook, spoken
from streams.cli.refuse import refuse
from streams.cli.screen import Screen, bold, show_json
from streams.cli.system import day

Name = Annotated[str, typer.Argument(metavar="NAME|FILE", help="A playbook's name, or a file.")]
Today = Annotated[
    str | None,
    typer.Option(metavar="YYYY-MM-DD", help="The next meetings from this day on; default today."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


class NextMeeting(Struct):
    """A meeting, and the day on which it is held next."""

    id: str
    on: date


class Answer(Struct):
    """What `--json` prints: the playbook with its own names, and what `show` says of it."""

    playbook: Playbook
    digest: str
    next_meetings: list[NextMeeting]
    says: list[str]


def show(name: Name, today: Today = None, as_json: AsJson = False) -> None:
    """Every step, whom it is for, by whom and by when; meetings, contract ladder, guarantees."""
    way, language = playbook(name), spoken()
    asked = day(today, "--today") or day_of(datetime.now(UTC))
    if not FIRST_DAY <= asked < LAST_DAY.replace(year=LAST_DAY.year - 1):
        refuse(f"--today {asked} is outside the calendar: check the year")
    found = page(way.playbook, asked)
    if as_json:
        held = [NextMeeting(one.meeting.id, one.on) for one in next_meetings(way.playbook, asked)]
        show_json(Answer(way.playbook, way.digest, held, _lines(found, language)))
        return
    _print(found, language)


def _print(found: PlaybookPage, language: Language) -> None:
    console = Screen(soft_wrap=True)
    console.print(bold(language.say(found.title)))
    console.print(language.say(found.towns))
    console.print(language.say(found.source))
    for section in found.sections:
        console.print()
        console.print(bold(language.say(section.heading)))
        for line in _section(section, language):
            console.print(line)


def _section(section: Section, language: Language) -> list[str]:
    found = []
    for line, under in section.lines:
        found.append(f"  {language.say(line)}")
        found += [f"     {language.say(one)}" for one in under]
    return found


def _lines(found: PlaybookPage, language: Language) -> list[str]:
    said = [language.say(one) for one in (found.title, found.towns, found.source)]
    for section in found.sections:
        said.append(language.say(section.heading))
        said += [line.strip() for line in _section(section, language)]
    return said
