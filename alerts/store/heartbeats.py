"""Heartbeats: which workers, relays and schedulers live, as each of them tells the database.

A part beats in its own loop, so that one that stands still falls silent. Clocks differ: what was
heard of within `LIVES` seconds of now, before or after, lives.
"""

import os
import socket
import uuid
from collections.abc import Callable

from msgspec import Struct
from sqlalchemy import Connection, Engine, delete, select

from alerts.store import schema
from alerts.store.database import insert_into

EVERY = 5.0  # seconds between beats
LIVES = 30.0  # seconds since the last beat after which a part counts as gone
REMEMBERED = 3_600.0  # seconds that a part which fell silent is remembered
PARTS = ("worker", "relay", "scheduler")
_TABLE = schema.heartbeats
_KEY = ["part", "process"]


class Heartbeat(Struct, frozen=True):
    """A part that has been heard of: its process (machine:number:mark), since when and when last
    (epoch seconds), where it answers over HTTP, and what keeps it from working, if anything."""

    part: str
    process: str
    began: float
    beat: float
    page: str
    trouble: str

    def lives(self, now: float) -> bool:
        """Whether it was heard of lately; `now` is epoch seconds."""
        return abs(now - self.beat) <= LIVES


class Heart:
    """A part's own heartbeat. `clock` gives epoch seconds; without a `process` it is this one."""

    def __init__(
        self,
        engine: Engine,
        part: str,
        clock: Callable[[], float],
        process: str | None = None,
        page: str = "",
    ) -> None:
        self._engine = engine
        self._part = part
        self._clock = clock
        self._process = process or this_process()
        self._page = page
        self._began = clock()
        self._told: tuple[float, bool] | None = None
        self._ended = False

    def beat(self, trouble: str = "") -> None:
        """Say that this part lives, if it is time or it has news. Raises faults of the database."""
        now, well = self._clock(), not trouble
        if self._told and 0 <= now - self._told[0] < EVERY and self._told[1] == well:
            return
        if self._ended:
            return
        wanted = insert_into(_TABLE, self._engine).values(
            part=self._part,
            process=self._process,
            began=self._began,
            beat=now,
            page=self._page,
            trouble=trouble,
        )
        news = {name: wanted.excluded[name] for name in ("beat", "page", "trouble")}
        with self._engine.begin() as connection:
            if self._told is None:  # those that fell silent long ago are forgotten
                connection.execute(delete(_TABLE).where(_TABLE.c.beat < now - REMEMBERED))
            connection.execute(wanted.on_conflict_do_update(index_elements=_KEY, set_=news))
        self._told = (now, well)

    def end(self) -> None:
        """This part has ended as it was asked to. Raises faults of the database."""
        self._ended = True
        mine = (_TABLE.c.part == self._part) & (_TABLE.c.process == self._process)
        with self._engine.begin() as connection:
            connection.execute(delete(_TABLE).where(mine))


def heard_of(connection: Connection) -> list[Heartbeat]:
    """Every part that has not ended in good order, the living and those that fell silent."""
    query = select(_TABLE).order_by(_TABLE.c.part, _TABLE.c.process)
    return [Heartbeat(**row) for row in connection.execute(query).mappings()]


def this_process() -> str:
    """A name for whoever lives or has a turn: machine, process, and something of its own."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
