"""Reads where a case stands in the database, by the id of its lease or of one of its tasks."""

from sqlalchemy import Engine, select

from alerts.commands.case_act import Stand
from alerts.store import schema
from alerts.store.database import reading
from alerts.views.lease import lease_known
from alerts.views.lease.lease_known import Known


class StoredCases:
    """The cases of a database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self, name: str) -> Stand | None:
        """The case of a lease or a task; None if there is none of that id."""
        known = self.known(name)
        return None if known is None else stand_of(known)

    def known(self, name: str) -> Known | None:
        """The same with all that its page is made of."""
        tasks = schema.tasks.c
        with reading(self._engine) as connection:
            owner = connection.scalar(select(tasks.lease_id).where(tasks.task_id == name))
            return lease_known.load(connection, owner or name)


def stand_of(known: Known) -> Stand:
    """Where a case stands, of what is known of it."""
    today = known.partition.today if known.partition.last_day else None
    return Stand(known.lease, known.tasks, today)


class OpenedCase:
    """One case that was opened, and no other: what an act names must be it, or one of its tasks."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def __call__(self, name: str) -> Stand | None:
        """The case, by its lease or one of its tasks; None for any other."""
        here = {self._known.lease.lease_id, *(task.task_id for task in self._known.tasks)}
        return stand_of(self._known) if name in here else None
