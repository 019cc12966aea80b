"""Reads the records that were set aside, by their places."""

from sqlalchemy import Engine

from alerts.fold.record import DeadRecord
from alerts.store.database import reading
from alerts.views.lists import worklist


class StoredRecords:
    """The dead records of a database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __call__(self, partition: int, offset: int) -> DeadRecord | None:
        """The record set aside at that place; None if there is none."""
        with reading(self._engine) as connection:
            return worklist.dead_record(connection, partition, offset)
