"""Everybody who has logged in: for giving tasks to, and for showing names."""

from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import Connection, or_, select

from alerts.access.person import Person, Role
from alerts.store import access_schema, schema
from alerts.store.database import insert_into

_TABLE = access_schema.people
AWAY = 14  # days without a login, after which nobody is counted on (ours)
_DAY = 86_400.0
_AT_ONCE = 500  # values that a statement may well carry
_COLLEAGUES = (Role.CASEWORKER, Role.TEAM_LEADER)
# The end of the Swedish alphabet, in its order: å, ä, ö.
_ORDER = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})


class Colleague(Struct, frozen=True):
    """Somebody to whom a task of the municipality can be given; `seen_at` is their last login, in
    epoch seconds."""

    subject: str
    name: str
    role: Role
    seen_at: float = 0.0

    def is_here(self, now: float) -> bool:
        """Have they logged in so lately that they are counted on?"""
        return now - self.seen_at < AWAY * _DAY


def remember(connection: Connection, person: Person, now: float) -> None:
    """Note that the person is here, and as what."""
    wanted = insert_into(_TABLE, connection).values(
        subject=person.subject,
        name=person.name,
        role=person.role.value,
        municipality=person.municipality,
        seen_at=now,
    )
    names = ("name", "role", "municipality", "seen_at")
    news = {name: wanted.excluded[name] for name in names}
    connection.execute(wanted.on_conflict_do_update(index_elements=["subject"], set_=news))


def colleagues(connection: Connection, municipality: str) -> list[Colleague]:
    """The caseworkers and team leaders of a municipality who ever logged in, by name."""
    found = connection.execute(
        select(_TABLE.c.subject, _TABLE.c.name, _TABLE.c.role, _TABLE.c.seen_at).where(
            _TABLE.c.municipality == municipality,
            _TABLE.c.role.in_([role.value for role in _COLLEAGUES]),
        )
    )
    people = [Colleague(row.subject, row.name, Role(row.role), row.seen_at) for row in found]
    return _by_name(people)


def _by_name(people: list[Colleague]) -> list[Colleague]:
    return sorted(people, key=lambda one: (in_alphabet(one.name), one.subject))


def in_alphabet(name: str) -> str:
    """What puts a name in its place in the Swedish alphabet."""
    return name.casefold().translate(_ORDER)


def holders(connection: Connection, municipality: str) -> tuple[list[Colleague], dict[str, str]]:
    """The colleagues, and the names of others who have its open tasks and have logged in elsewhere,
    in one question."""
    open_here = (schema.OPEN_TASKS, schema.tasks.c.municipality == municipality)
    have = select(schema.tasks.c.assigned_to).where(*open_here).distinct()
    rows = connection.execute(
        select(_TABLE).where(or_(_TABLE.c.municipality == municipality, _TABLE.c.subject.in_(have)))
    ).all()
    found = [
        Colleague(row.subject, row.name, Role(row.role), row.seen_at)
        for row in rows
        if row.municipality == municipality and row.role in _COLLEAGUES
    ]
    known = {one.subject for one in found}
    return _by_name(found), {row.subject: row.name for row in rows if row.subject not in known}


def here(known: Iterable[Colleague], now: float) -> tuple[str, ...]:
    """The ids of those who are here. A task of anybody else counts as nobody's: who has left, works
    elsewhere now or never logged in does not see it."""
    return tuple(sorted(one.subject for one in known if one.is_here(now)))


def names(connection: Connection, subjects: Iterable[str]) -> dict[str, str]:
    """The names of those of `subjects` who ever logged in."""
    asked = sorted(set(subjects))
    found = dict[str, str]()
    for start in range(0, len(asked), _AT_ONCE):
        some = _TABLE.c.subject.in_(asked[start : start + _AT_ONCE])
        for row in connection.execute(select(_TABLE.c.subject, _TABLE.c.name).where(some)):
            found[row.subject] = row.name
    return found


def called(connection: Connection, text: str) -> set[str]:
    """Whom a person means who writes an id, or somebody's whole name: the ids of all who are called
    so, and the text itself, which may be the id of somebody who never logged in."""
    found = connection.scalars(select(_TABLE.c.subject).where(_TABLE.c.name == text))
    return {text, *found}
