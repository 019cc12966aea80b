"""What a list can be filtered by: the districts, playbooks and steps that its tasks have."""

from msgspec import Struct
from sqlalchemy import Connection, select

from alerts.access.scope import Scope
from alerts.store import schema


class Choices(Struct, frozen=True):
    """What there is, each sorted. Districts are those of tasks that may tell them."""

    districts: tuple[str, ...]
    playbooks: tuple[str, ...]
    steps: tuple[str, ...]


def choices(connection: Connection, scope: Scope) -> Choices:
    """What the open tasks of a scope have."""
    table = schema.tasks.c
    told = table.protected == 0
    query = (
        select(told, table.district, table.playbook, table.step)
        .where(schema.OPEN_TASKS, *scope.rows())
        .distinct()
    )
    rows = connection.execute(query).all()
    return Choices(
        tuple(sorted({district for told, district, _, _ in rows if told and district})),
        tuple(sorted({playbook for _, _, playbook, _ in rows if playbook})),
        tuple(sorted({step for _, _, _, step in rows if step})),
    )
