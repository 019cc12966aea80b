"""Turns, kept in the database: of all processes that ask for a name, one has its turn for seconds.

It keeps a second relay or scheduler from working in vain. It proves nothing: a holder may be
paused past its turn's end and go on, and clocks differ. So what a holder writes must be safe when
two write it: the relay's cursor moves only from where its reader saw it.
"""

import threading
from collections.abc import Callable

from sqlalchemy import Engine, delete, or_, update

from alerts.store import schema
from alerts.store.database import insert_into, unless_away
from alerts.store.heartbeats import EVERY, Heart, this_process

_TABLE = schema.holders


def claim(engine: Engine, name: str, owner: str, now: float, seconds: float) -> bool:
    """Hold `name` until `now` + `seconds` (epoch seconds), if it is free, over or already held by
    `owner`.

    One that ends later than twice `seconds` from now is over too: a clock was ahead when it was
    claimed, and nobody may have to wait until that time comes.
    """
    wanted = insert_into(_TABLE, engine).values(name=name, owner=owner, until=now + seconds)
    taken = wanted.on_conflict_do_update(
        index_elements=["name"],
        set_={"owner": wanted.excluded.owner, "until": wanted.excluded.until},
        where=or_(
            _TABLE.c.until <= now,
            _TABLE.c.until > now + 2 * seconds,
            _TABLE.c.owner == owner,
        ),
    ).returning(_TABLE.c.owner)
    with engine.begin() as connection:
        return connection.execute(taken).first() is not None


def renew(engine: Engine, name: str, owner: str, now: float, seconds: float) -> bool:
    """Hold on until `now` + `seconds`; False if another has it or nobody does."""
    held = (_TABLE.c.name == name) & (_TABLE.c.owner == owner)
    with engine.begin() as connection:
        renewed = connection.execute(update(_TABLE).where(held).values(until=now + seconds))
        return renewed.rowcount == 1


def release(engine: Engine, name: str, owner: str) -> None:
    """Let the next one in at once. Nothing happens if another holds it."""
    with engine.begin() as connection:
        connection.execute(delete(_TABLE).where(_TABLE.c.name == name, _TABLE.c.owner == owner))


class Turn:
    """A process's own hold on a name: claimed, and renewed in good time, as it is asked for; and
    its heartbeat, whether it holds the name or waits for it.

    Without an `owner` it is this process. `trouble` tells what keeps it from working, if anything.
    """

    def __init__(
        self,
        engine: Engine,
        name: str,
        owner: str | None,
        clock: Callable[[], float],
        seconds: float,
        trouble: Callable[[], str] = str,
    ) -> None:
        self._engine = engine
        self._name = name
        self._owner = owner or this_process()
        self._clock = clock
        self._seconds = seconds
        self._sure_until = 0.0
        self._heart = Heart(engine, name, clock, self._owner)
        self._trouble = trouble

    def held(self) -> bool:
        """Whether the name is held now; asks the database a few times in a turn's length."""
        self._beat()
        now = self._clock()
        if not now < self._sure_until <= now + self._seconds:  # it ends, or the clock was put back
            ours = claim(self._engine, self._name, self._owner, now, self._seconds)
            self._sure_until = now + self._seconds / 3 if ours else 0.0
        return self._sure_until > 0.0

    def release(self) -> None:
        """Let the next one in at once."""
        self._sure_until = 0.0
        release(self._engine, self._name, self._owner)

    def take(self, step: Callable[[], float], stop: threading.Event) -> None:
        """Call `step`, which gives the seconds to wait, until `stop` is set, and say all the while
        that this part lives; then let the next one in, or leave it to wait for the turn's end
        where the database does not answer."""
        while not stop.is_set():
            left = step()
            while left > 0 and not stop.wait(min(left, EVERY)):
                left -= EVERY
                unless_away(self._beat)
        unless_away(self.release)
        unless_away(self._heart.end)

    def _beat(self) -> None:
        self._heart.beat(self._trouble())
