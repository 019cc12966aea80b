"""Who of the municipality is here, and what is said of a holder who is not."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from msgspec import Struct
from sqlalchemy import Connection

from alerts.access import people
from alerts.access.people import Colleague
from alerts.contract.messages import VisitTask
from alerts.views.lists.planned import Reader
from alerts.web.ask import Ask
from alerts.web.named import Names
from models.phrase import phrase
from models.stockholm import day_of


class Present(Struct, frozen=True):
    """The town's colleagues, whoever has ever logged in, and which of them are here `now`; the
    names of others who have a task."""

    known: list[Colleague]
    now: float
    strangers: dict[str, str] = {}

    @property
    def here(self) -> tuple[str, ...]:
        """The ids of those who are."""
        return people.here(self.known, self.now)

    def reader(self, ask: Ask) -> Reader:
        """Whoever asks, among them."""
        me = ask.person
        others = tuple(one for one in self.here if one != me.subject)
        names = {one.name for one in self.known if one.is_here(self.now)}
        return Reader(me.subject, me.name, others, frozenset({*names, me.name}))

    def said(self, ask: Ask) -> dict[str, str]:
        """The names as a list says them: of who is away, since when."""
        return {one.subject: self._said(one, ask) for one in self.known}

    def _said(self, one: Colleague, ask: Ask) -> str:
        if one.is_here(self.now):
            return one.name
        return ask.say(phrase("away.since", name=one.name, on=seen_on(one)))


def present(ask: Ask, connection: Connection) -> Present:
    """As it was a few seconds ago."""
    town = ask.person.municipality or ""
    known, strangers = ask.site.remembered.holders(connection, town)
    return Present(known, ask.now.timestamp(), strangers)


def holders(ask: Ask, team: Present, tasks: Iterable[VisitTask]) -> Names:
    """What a list says of those who have its tasks. Who is no colleague here is shown by the name
    they have elsewhere, else by the words with which the task was given."""
    said = team.said(ask)
    for one in tasks:
        if one.assigned_to is not None and one.assigned_to not in said:
            name = team.strangers.get(one.assigned_to, one.assigned_to)
            said[one.assigned_to] = ask.say(phrase("away.stranger", name=name))
    return said


def seen_on(one: Colleague) -> date:
    """The day on which they last logged in."""
    return day_of(datetime.fromtimestamp(one.seen_at, UTC))


def last_seen(ask: Ask, known: Iterable[Colleague], names: Iterable[str]) -> dict[str, str]:
    """When each last logged in, for the leader to hand over what somebody has left behind."""
    days = {one.subject: ask.say(phrase("away.last_seen", on=seen_on(one))) for one in known}
    return {one: days.get(one, ask.say("away.unknown")) for one in names}
