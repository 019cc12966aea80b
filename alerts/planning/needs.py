"""What a task needs: which of our roles, how many people, who from outside goes along; and for
how long a case is worked on."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from alerts.contract.messages import VisitTask
from alerts.planning.staff import Person
from alerts.playbooks.check import MEETS
from alerts.playbooks.minutes import MINUTES, OUTSIDE

OUT = frozenset({"visit", "joint_visit"})  # the rest is done from the office


class Need(Struct, frozen=True):
    """Roles of ours, so many people, and partners from outside. No people: it is theirs alone."""

    roles: frozenset[str]
    people: int
    partners: tuple[str, ...]

    def is_met_by(self, crew: tuple[Person, ...]) -> bool:
        """Do these people have the roles, and enough of them a part in it?"""
        having = [person for person in crew if self.roles & person.roles]
        covered: frozenset[str] = frozenset().union(*(person.roles for person in having))
        return self.roles <= covered and len(having) >= self.people > 0


def need(task: VisitTask) -> Need:
    """What a task needs. Two go on a joint visit; where a landlord goes along, one of ours does."""
    parts = task.actor.split("+")
    roles = frozenset(parts) - OUTSIDE
    partners = tuple(part for part in parts if part in OUTSIDE)
    pair = len(roles) > 1 or (task.channel == "joint_visit" and not partners)
    return Need(roles, (2 if pair else 1) if roles else 0, partners)


def minutes(tasks: Iterable[VisitTask], by_channel: Mapping[str, int]) -> int:
    """How long all of a case takes: the household is met once, for the longest of the meetings."""
    met, papers = 0, 0
    for task in tasks:
        takes = by_channel.get(task.channel, MINUTES["contact"])
        if task.channel in MEETS:
            met = max(met, takes)
        else:
            papers += takes
    return met + papers
