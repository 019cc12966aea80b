"""Takes a checkpoint every so many hours, so that the next `verify` is short and the outbox pruned.

`bokvar checkpoint` runs as a child: it folds the log again, which must neither hold this process's
interpreter nor outlive it.
"""

import logging
import os
import sys
import threading
import time
from collections.abc import Callable

import msgspec
from msgspec import Struct
from sqlalchemy import Engine

from alerts.proof import kept_checkpoints
from alerts.settings import Settings
from alerts.store.turns import Turn
from streams.embedded.child_process import ChildProcess
from streams.kafka.sender import is_passing
from streams.proof.places import folder

TURN = 600.0  # seconds until another schedule may take over from one that is silent
LOOK = 60.0  # seconds between looks whether one is due
AGAIN = 900.0  # seconds until the next try after one that failed
_CHILD = 0.2  # seconds between looks at the child
_PATIENCE = 5.0  # seconds that the child has to end when it is asked to
_HOUR = 3600.0

log = logging.getLogger("bokvar.checkpoints")


class _Verified(Struct):
    lost: int
    doubled: int
    different: int


class _Outcome(Struct):
    """What `bokvar checkpoint --json` says, as far as it is used here."""

    verified: _Verified
    sequence: int | None = None
    pruned: int = 0


class CheckpointSchedule:
    """Runs until it is stopped. Of several, one is active at a time. `clock` gives epoch seconds.

    The first is due one interval after the start, or after the newest that is in the folder: so a
    process that is started often neither verifies at every start nor puts it off for ever.
    """

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        clock: Callable[[], float] = time.time,
        *,
        owner: str | None = None,
    ) -> None:
        self._settings = settings
        self._every = settings.checkpoint_hours * _HOUR
        self._clock = clock
        self._turn_ = Turn(engine, "checkpoint", owner, clock, TURN)
        self._began = clock()
        self._not_before = 0.0
        self._stop = threading.Event()

    def run(self, stop: threading.Event) -> None:
        """Take checkpoints as they are due until `stop` is set; what fails is tried again."""
        self._stop = stop
        if self._every:
            self._turn_.take(self.turn, stop)

    def turn(self) -> float:
        """Take one if it is due and our turn; the seconds to wait then."""
        left = max(self.due_at(), self._not_before) - self._clock()
        if left > 0:
            return min(left, LOOK)
        try:
            if not self._turn_.held():
                return LOOK
            if not self._take():
                self._not_before = self._clock() + AGAIN
        except Exception as error:
            if not (is_passing(error) or isinstance(error, OSError)):
                raise
            log.warning("the checkpoint is tried again later: %s", type(error).__name__)
            self._not_before = self._clock() + AGAIN
        return LOOK

    def due_at(self) -> float:
        """When the next one is due, epoch seconds."""
        newest = kept_checkpoints.newest_saved_at(folder(self._settings))
        if newest is None or newest > self._clock():  # none, or the clock was put back since
            newest = self._began
        return newest + self._every

    def _take(self) -> bool:
        """Run `bokvar checkpoint`; whether one was saved, or the end came first."""
        place = self._settings.data
        place.mkdir(parents=True, exist_ok=True)
        output, errors = place / "checkpoint.out", place / "checkpoint.err"
        for file in (output, errors):
            file.unlink(missing_ok=True)
        command = [sys.executable, "-m", "streams.cli", "checkpoint", "--json"]
        child = ChildProcess(command, output, errors=errors, environment=os.environ)
        try:
            while child.exit_code is None:
                if self._stop.wait(_CHILD):
                    return True
                self._turn_.held()
        finally:
            code = child.stop(_PATIENCE)
        return _told(code, output.read_bytes(), errors.read_text(errors="replace"))


def _told(code: int, output: bytes, errors: str) -> bool:
    """Say in one line what came of it; whether a checkpoint was saved."""
    try:
        outcome = msgspec.json.decode(output, type=_Outcome)
    except msgspec.DecodeError:
        last = errors.strip().rpartition("\n")[2]
        log.warning("no checkpoint was saved (status %d): %s", code, last)
        return False
    if outcome.sequence is None:
        found = outcome.verified
        log.critical(
            "the database differs from the log: lost %d, doubled %d, different %d; no checkpoint "
            "was saved: run `bokvar verify`",
            *(found.lost, found.doubled, found.different),
        )
        return False
    log.info("checkpoint %d is saved, %d sent messages pruned", outcome.sequence, outcome.pruned)
    return True
