"""Who could do a task, hours aside: by role, protected identity, district, and whose it is."""

from collections.abc import Iterable
from itertools import combinations

from msgspec import Struct

from alerts.contract.messages import VisitTask
from alerts.planning.books import Crew
from alerts.planning.needs import Need, need
from alerts.planning.staff import Person, Staff, spelled


class Asked(Struct, frozen=True):
    """What is asked of a crew. `whose` are the names, as they are compared, of those of the staff
    whose task it is. A protected identity has no district: a list would tell it."""

    need: Need
    protected: bool
    district: str
    whose: frozenset[str]


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

    def asked(self, task: VisitTask, whose: Iterable[str]) -> Asked:
        """What a task asks. Who is not here or may not go keeps no task, and nobody does if they
        all lack the role."""
        needed, protected = need(task), task.protected_identity
        here = (self.by_name.get(spelled(name)) for name in whose)
        people = [one for one in here if one is not None and (one.protected or not protected)]
        if not any(needed.roles & person.roles for person in people):
            people = []
        district = "" if protected else task.district
        names = frozenset(spelled(person.name) for person in people)
        return Asked(needed, protected, district, names)

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

    def keepers(self, asked: Asked) -> list[Crew]:
        """Those of whom it is; of two who were to go together, both."""
        together = [crew for crew in self._pairs if _all_have(crew, asked)]
        able = [crew for crew in together if asked.need.is_met_by(crew)]
        return able or [crew for crew in self.able(asked) if _has(crew, asked)]


def fits(person: Person, asked: Asked) -> bool:
    """May this person go there? Whose task it is goes to any district."""
    if asked.protected:
        return person.protected
    return spelled(person.name) in asked.whose or person.covers(asked.district)


def _has(crew: Crew, asked: Asked) -> bool:
    return any(spelled(person.name) in asked.whose for person in crew)


def _all_have(crew: Crew, asked: Asked) -> bool:
    return all(spelled(person.name) in asked.whose for person in crew)
