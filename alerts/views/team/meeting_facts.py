"""What the pack of a meeting says: read from the database, for the command line and for pages."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from alerts.access.scope import Scope
from alerts.contract.messages import VisitTask
from alerts.letters.meeting_pack import About, Count, MeetingPack, meeting_pack
from alerts.playbooks.compiled import Way
from alerts.playbooks.language import Meeting
from alerts.playbooks.meetings import Held, held_before, next_day
from alerts.views.lists import worklist
from alerts.views.team import meeting_numbers, meetings


class Meant(NamedTuple):
    """A meeting, and the playbook that names it."""

    way: Way
    meeting: Meeting


def meeting_facts(
    connection: Connection, scope: Scope, today: date, meant: Meant | None
) -> MeetingPack:
    """The pack of a scope's open tasks, for the next time that the meeting is held, or for any. It
    decodes every open task of the scope, for it is asked for seldom."""
    tasks = worklist.worklist(connection, scope).tasks
    if meant is None:
        return meeting_pack(tasks, today)
    own = [task for task in tasks if task.playbook == meant.way.name]
    return meeting_pack(own, today, _about(connection, meant, own, today, scope))


def _about(
    connection: Connection, meant: Meant, tasks: list[VisitTask], today: date, scope: Scope
) -> About:
    """Cases are named only where the playbook says so."""
    way, meeting = meant
    held = Held(next_day(meeting, today), meeting)
    since, named = held_before(held), frozenset[str]()
    if meeting.pack == "consented_cases":
        leases = [task.lease_id for task in tasks]
        named = frozenset(meeting_numbers.may_be_named(connection, leases, today))
    period = meeting_numbers.since(connection, way.name, since, scope)
    return About(
        meeting=meetings.title(meeting),
        held_on=held.on,
        who=tuple(meeting.who),
        since=since,
        period=tuple(Count(name, number) for name, number in period),
        named=named,
    )
