"""A visit task as its table has it: its body, and the columns that the worklist sorts and filters
by, in the order of `alerts.cases.priority.in_order`.

Of them `protected` is not the task's but the household's as it is now: a closed task is never told
anew, and its row would show for ever where somebody lived who is in hiding since. Nor is `back_on`,
which lasts as long as its case (`alerts.store.followed`).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, bindparam, func, select, update

from alerts.cases.priority import risk_order
from alerts.contract.messages import VisitTask
from alerts.store import schema
from alerts.store.followed import followed
from models.lease import state as stored

NEVER = ""  # the last contact of a household that nobody has reached: before every day
RECENT = timedelta(days=7)  # how long a closed task can be looked up, and still be reported on
_AT_ONCE = 1_000
_json = msgspec.json.Encoder().encode
_task = msgspec.json.Decoder(VisitTask)


def task_row(
    number: int, task: VisitTask, protected: bool | None = None, *, followed: bool = True
) -> dict[str, object]:
    """The row of a task of a partition. Is its household `protected`? None for as the task says.
    Is a report of it still to be `followed` up?"""
    rank = task.priority
    return {
        "task_id": task.task_id,
        "partition": number,
        "lease_id": task.lease_id,
        "municipality": task.municipality,
        "state": task.state,
        "revision": task.revision,
        "band": rank.band,
        "body": _json(task),
        "district": task.district,
        "household_group": rank.group,
        "nearest_on": rank.nearest_on.isoformat(),
        "risk_points": risk_order(rank),
        "last_contact_on": rank.last_contact_on.isoformat() if rank.last_contact_on else NEVER,
        "waits_until": _day(task.waits_until),
        "closed_on": _day(task.closed_on),
        "protected": int(task.protected_identity if protected is None else protected),
        "playbook": task.playbook,
        "step": task.step,
        "legal_deadline": _day(task.legal_deadline),
        "assigned_to": task.assigned_to,
        "planned_on": _day(task.planned_on),
        "opened_on": _day(task.opened_on),
        "closed_as": _closed_as(task),
        "back_on": _day(task.follow_up_on) if followed and task.closed_on else None,
    }


def read_task(body: bytes, protected: int | None) -> VisitTask:
    """The task of a row, whose column tells whether the household is protected now."""
    task, now = _task.decode(body), protected != 0
    return task if task.protected_identity == now else replace(task, protected_identity=now)


def write_protection(connection: Connection, households: Mapping[str, bool]) -> None:
    """Let all tasks of these leases, closed ones too, be those of a protected household or not."""
    if not households:
        return
    table = schema.tasks
    other = (table.c.lease_id == bindparam("of")) & (table.c.protected != bindparam("now"))
    rows = [{"of": lease_id, "now": int(now)} for lease_id, now in sorted(households.items())]
    connection.execute(update(table).where(other).values(protected=bindparam("now")), rows)


def _closed_as(task: VisitTask) -> str | None:
    """Why a task is closed: the code of the outcome that was reported, else of the reason."""
    if task.closed_on is None:
        return None
    return str(task.reason.args.get("outcome", task.reason.code))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def count_by_band(connection: Connection, *wanted: ColumnElement[bool]) -> dict[str, int]:
    """How many tasks there are of a kind, by band; of a band without any, nothing."""
    band = schema.tasks.c.band
    found = connection.execute(select(band, func.count()).where(*wanted).group_by(band))
    return {row[0]: row[1] for row in found}


def place_all(connection: Connection) -> None:
    """Fill the columns of tasks that a program wrote which did not know them."""
    table, known = schema.tasks, _known(connection)
    names = [column.name for column in table.c if column.name != "task_id"]
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    fill = update(table).where(table.c.task_id == bindparam("at")).values(new)
    changed = []
    for row in connection.execute(select(table)).all():
        task, lease = _task.decode(row.body), known.get(row.lease_id)
        if lease is None:
            placed = task_row(row.partition, task)
        else:
            goes_on = lease.municipality == task.municipality and task.task_id in lease.followed
            placed = task_row(row.partition, task, lease.protected, followed=goes_on)
        if placed != row._asdict():
            changed.append({"at": row.task_id, **{f"new_{name}": placed[name] for name in names}})
    for at in range(0, len(changed), _AT_ONCE):
        connection.execute(fill, changed[at : at + _AT_ONCE])


class _Known(NamedTuple):
    """What the rows of a lease's tasks have from it: few words of each, for there are many."""

    protected: bool
    municipality: str
    followed: frozenset[str]


def _known(connection: Connection) -> dict[str, _Known]:
    """The same of each lease with a task."""
    table = schema.leases.c
    has_task = table.lease_id.in_(select(schema.tasks.c.lease_id))
    query = select(table.lease_id, table.state, table.state_version).where(has_task)
    found = {}
    for row in connection.execute(query, execution_options={"yield_per": _AT_ONCE}):
        lease = stored.decode(row.state, row.state_version)
        town = lease.terms.municipality if lease.terms is not None else ""
        found[row.lease_id] = _Known(lease.household.protected, town, followed(lease))
    return found
