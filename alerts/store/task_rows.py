"""A visit task as its table has it: its body, and the columns that the worklist sorts and filters
by, in the order of `alerts.cases.priority.in_order`.
"""

from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, bindparam, func, select, update

from alerts.cases.priority import risk_order
from alerts.contract.messages import VisitTask
from alerts.store import schema

NEVER = ""  # the last contact of a household that nobody has reached: before every day
RECENT = timedelta(days=7)  # how long a closed task can be looked up, and still be reported on
_AT_ONCE = 1_000
_json = msgspec.json.Encoder().encode
_task = msgspec.json.Decoder(VisitTask)


def task_row(number: int, task: VisitTask) -> dict[str, object]:
    """The row of a task of a partition."""
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
        "protected": int(task.protected_identity),
        "playbook": task.playbook,
        "step": task.step,
        "legal_deadline": _day(task.legal_deadline),
        "assigned_to": task.assigned_to,
        "planned_on": _day(task.planned_on),
        "opened_on": _day(task.opened_on),
        "closed_as": _closed_as(task),
    }


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
    table = schema.tasks
    names = [column.name for column in table.c if column.name != "task_id"]
    new: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    fill = update(table).where(table.c.task_id == bindparam("at")).values(new)
    changed = []
    for row in connection.execute(select(table)).all():
        placed = task_row(row.partition, _task.decode(row.body))
        if placed != row._asdict():
            changed.append({"at": row.task_id, **{f"new_{name}": placed[name] for name in names}})
    for at in range(0, len(changed), _AT_ONCE):
        connection.execute(fill, changed[at : at + _AT_ONCE])
