"""On what basis a landlord passes data on before the law asks it to, as its municipality recorded.

Nothing is ever changed: a new record takes the place of the one before, which is kept. The gate
that refuses signals without a basis comes later.
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct, structs
from sqlalchemy import Connection, Engine, RowMapping, select

from alerts.store import access_schema
from alerts.store.database import insert_into

_TABLE = access_schema.sharing_bases
_MOST = 5_000  # records read of a municipality, the newest


class Kind(StrEnum):
    """What there is: an agreement, or nothing beside what a statute demands."""

    AGREEMENT = "agreement"
    STATUTORY_ONLY = "statutory_only"


class Preconditions(Struct, frozen=True):
    """What a landlord has agreed to have done before it passes anything on: reminded in writing,
    tried to reach the tenant in person, pointed to help with debts, offered to pass data on, and
    heard no objection."""

    reminded: bool = False
    contacted: bool = False
    pointed: bool = False
    offered: bool = False
    unopposed: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of those that are not agreed."""
        return tuple(name for name, met in structs.asdict(self).items() if not met)


PRECONDITIONS = Preconditions.__struct_fields__


class Basis(Struct, frozen=True, kw_only=True):
    """What was recorded: `name` is what the municipality calls the landlord, `until` the last day,
    None if it has no end, `by` the subject who recorded it `at` a moment (ISO 8601, UTC)."""

    landlord: str
    municipality: str
    name: str
    kind: Kind
    since: date
    until: date | None
    preconditions: Preconditions
    by: str
    at: str

    def holds(self, day: date) -> bool:
        """Does it hold on a day?"""
        return self.since <= day and (self.until is None or day <= self.until)


def record_basis(engine: Engine, basis_id: str, basis: Basis) -> None:
    """Keep a record; one of that id that is kept already stays as it is. Raises faults of the
    database."""
    row = {
        "basis_id": basis_id,
        "municipality": basis.municipality,
        "landlord": basis.landlord,
        "name": basis.name,
        "kind": basis.kind.value,
        "since": basis.since.isoformat(),
        "until": basis.until.isoformat() if basis.until else None,
        **{name: int(met) for name, met in structs.asdict(basis.preconditions).items()},
        "by": basis.by,
        "at": basis.at,
    }
    with engine.begin() as connection:
        connection.execute(insert_into(_TABLE, engine).values(row).on_conflict_do_nothing())


def bases(
    connection: Connection, *, municipality: str | None = None, landlord: str | None = None
) -> list[Basis]:
    """The newest record of each municipality about each landlord, of those asked for."""
    query = select(_TABLE).order_by(_TABLE.c.at.desc()).limit(_MOST)
    if municipality is not None:
        query = query.where(_TABLE.c.municipality == municipality)
    if landlord is not None:
        query = query.where(_TABLE.c.landlord == landlord)
    found = dict[tuple[str, str], Basis]()
    for row in connection.execute(query).mappings():
        found.setdefault((row["municipality"], row["landlord"]), _basis(row))
    return list(found.values())


def _basis(row: RowMapping) -> Basis:
    return Basis(
        landlord=row["landlord"],
        municipality=row["municipality"],
        name=row["name"],
        kind=Kind(row["kind"]),
        since=date.fromisoformat(row["since"]),
        until=date.fromisoformat(row["until"]) if row["until"] else None,
        preconditions=Preconditions(*(bool(row[name]) for name in PRECONDITIONS)),
        by=row["by"],
        at=row["at"],
    )
