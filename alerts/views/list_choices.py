"""What a list can be filtered by: the districts, playbooks and steps that its tasks have."""

import threading
from collections.abc import Callable

from msgspec import Struct
from sqlalchemy import Connection, select

from alerts.access.scope import Scope
from alerts.store import schema

_KEPT = 60.0  # seconds: what there is to choose changes seldom, and takes a look at every task


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


class RememberedChoices:
    """The same, looked up once in a while for each scope."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now, self._lock = now, threading.Lock()
        self._known: dict[Scope, tuple[float, Choices]] = {}

    def __call__(self, connection: Connection, scope: Scope) -> Choices:
        """What there was, at most a minute ago."""
        with self._lock:
            known = self._known.get(scope)
        if known is not None and self._now() - known[0] < _KEPT:
            return known[1]
        found = choices(connection, scope)
        with self._lock:
            self._known[scope] = self._now(), found
        return found
