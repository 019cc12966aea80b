"""`bokvar letter meeting-pack`: numbers for a meeting, and the cases that may be spoken of."""

from typing import Annotated

import typer

from alerts.access.scope import Scope
from alerts.letters.given import Given, Signatory
from alerts.letters.kinds import MEETING_PACK
from alerts.letters.write import compose
from alerts.playbooks.compiled import Way
from alerts.playbooks.language import Meeting
from alerts.store.database import reading
from alerts.views.lists import worklist
from alerts.views.team import meetings
from alerts.views.team.meeting_facts import Meant, meeting_facts
from streams.cli.letter_options import AsJson, AsOf, Caseworker, In, Municipality, Out, Own, Phone
from streams.cli.letter_out import check, show, spoken_in, stale, templated
from streams.cli.playbook_named import known
from streams.cli.refuse import refuse
from streams.cli.system import day, opened

Code = Annotated[str | None, typer.Option(help="Only the tasks of this municipality (SCB code).")]
MeetingName = Annotated[
    str | None,
    typer.Option("--meeting", help="For this meeting of `bokvar meetings`: PLAYBOOK/ID, or ID."),
]


def pack(
    caseworker: Caseworker,
    phone: Phone,
    municipality: Municipality = None,
    code: Code = None,
    meeting: MeetingName = None,
    in_language: In = "sv",
    templates: Own = None,
    out: Out = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Numbers for a meeting of those who work together: how much, never who."""
    given = Given(Signatory(caseworker, phone, municipality))
    check(out)
    meant = None if meeting is None else _meant(meeting, code)
    with templated(), opened() as system:
        spoken, found = spoken_in(system, in_language, templates)
        with reading(system.engine) as connection:
            today = day(as_of, "--as-of") or worklist.today(connection)
            if today is None:
                refuse("no day has ended in Bokvar yet: give the day with --as-of", status=1)
            facts = meeting_facts(connection, Scope(code), today, meant)
        letter = compose(MEETING_PACK, facts, given, today, found)
        show(letter, found, spoken, out, as_json, stale(today))


def _meant(name: str, code: str | None) -> Meant:
    towns = known()
    ways = list(towns.ways.values()) if code is None else towns.of_town(code)
    found = meetings.named(ways, name)
    names = ", ".join(meetings.name_of(way, one) for way, one in found or _every(ways))
    if not found:
        refuse(f"--meeting {name!r} is no playbook's: {names or 'they have none'}")
    if len(found) > 1:
        refuse(f"--meeting {name!r} is several playbooks': name one of {names}")
    return Meant(*found[0])


def _every(ways: list[Way]) -> list[tuple[Way, Meeting]]:
    return [(way, meeting) for way in ways for meeting in way.playbook.meetings]
