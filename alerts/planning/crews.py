"""Who could do a task, hours aside: by role, protected identity, district, and whose it is."""

from itertools import combinations

from msgspec import Struct

from alerts.contract.messages import VisitTask
from alerts.planning.books import Crew
from alerts.planning.needs import Need, need
from alerts.planning.staff import Person, Staff, spelled


class Asked(Struct, frozen=True):
    """What is asked of a crew. `whose` is the name, as it is compared, of somebody of the staff
    whose task it is. A protected identity has no district: a list would tell it."""

    need: Need
    protected: bool
    district: str
    whose: str | None


class Crews:
    """The single people and pairs that there are on the day."""

    def __init__(self, staff: Staff) -> None:
        self.people = [person for person in staff.people if person.minutes]
        self.by_name = {spelled(person.name): person for person in self.people}
        self._known: dict[Asked, list[Crew]] = {}

        self._singles: list[Crew] = [(person,) for person in self.people]
        self._pairs: list[Crew] = list(combinations(self.people, 2))

    def sized(self, needed: Need) -> list[Crew]:
        """Single people if one is enough, else each with each other."""
        return self._pairs if needed.people > 1 else self._singles

    def asked(self, task: VisitTask, whose: str | None) -> Asked:
        """What a task asks. Who is not here, lacks the role or may not go keeps no task."""
        needed, protected = need(task), task.protected_identity
        person = self.by_name.get(spelled(whose)) if whose is not None else None
        if person is not None and not needed.roles & person.roles:
            person = None
        if person is not None and protected and not person.protected:
            person = None
        district = "" if protected else task.district
        return Asked(needed, protected, district, spelled(person.name) if person else None)

    def able(self, asked: Asked) -> list[Crew]:
        """All who may do it."""
        found = self._known.get(asked)
        if found is None:
            found = self._known[asked] = [
                crew
                for crew in self.sized(asked.need)
                if asked.need.is_met_by(crew) and all(fits(person, asked) for person in crew)
            ]
        return found


def fits(person: Person, asked: Asked) -> bool:
    """May this person go there? Whose task it is goes to any district."""
    if asked.protected:
        return person.protected
    return spelled(person.name) == asked.whose or person.covers(asked.district)
