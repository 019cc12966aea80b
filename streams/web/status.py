"""How the system stands, for the page for operations: remembered for two seconds, as asking Kafka
is slow, and told within three, for a page must not wait for a broker that is away."""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from sqlalchemy import Engine

from alerts.fold.partition import Partition
from alerts.rules.rules import short
from alerts.settings import Settings
from alerts.store.database import reading
from alerts.web.system_state import Fault, PartitionState, PartState, SystemState
from models.phrase import Phrase, phrase
from streams.status.log_status import LogStatus, read_log
from streams.status.parts_status import nobody_works
from streams.status.system_status import AskLog, Status, read_status

REMEMBERED = 2.0  # seconds
PATIENCE = 3.0  # seconds that a page waits for Kafka
SILENT_AFTER = 2  # working days, as `bokvar status` has it


class LiveStatus:
    """See `alerts.web.site.StatusPort`; for any number of threads. Raises faults of the
    database."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        *,
        ask: AskLog = read_log,
        clock: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE,
    ) -> None:
        self._settings, self._engine = settings, engine
        self._ask, self._clock, self._patience = ask, clock, patience
        self._lock = threading.Lock()
        self._remembered: tuple[float, SystemState] | None = None
        self._pending: Future[LogStatus] | None = None

    def __call__(self) -> SystemState:
        """How it stands now, or stood a moment ago."""
        with self._lock:
            if self._remembered is not None:
                since, state = self._remembered
                if self._clock() - since < REMEMBERED:
                    return state
            with reading(self._engine) as connection:
                found = read_status(
                    self._settings, self._engine, connection, SILENT_AFTER, self._in_time
                )
            state = _state(found, self._away(found))
            self._remembered = (self._clock(), state)
            return state

    def _in_time(self, settings: Settings, engine: Engine, held: Sequence[Partition]) -> LogStatus:
        """What Kafka says, if it does so in time. It is asked by a thread of its own, and not again
        while that one still waits; what it then says is too old."""
        if self._pending is None or self._pending.done():
            self._pending = _begun(self._ask, settings, engine, held)
        try:
            found = self._pending.result(self._patience)
        except TimeoutError:
            return LogStatus(away=_slow(settings, self._patience))
        self._pending = None
        return found

    def _away(self, found: Status) -> Phrase:
        if found.kafka_fault == _slow(self._settings, self._patience):
            return phrase("operations_fault.kafka_slow", seconds=round(self._patience))
        return Phrase("operations_fault.kafka")


def _begun(
    ask: AskLog, settings: Settings, engine: Engine, held: Sequence[Partition]
) -> Future[LogStatus]:
    pending = Future[LogStatus]()

    def work() -> None:
        try:
            pending.set_result(ask(settings, engine, held))
        except BaseException as error:
            pending.set_exception(error)

    threading.Thread(target=work, name="status", daemon=True).start()
    return pending


def _slow(settings: Settings, patience: float) -> str:
    return f"Kafka at {settings.kafka} has not answered within {patience:g} s"


def _state(found: Status, away: Phrase) -> SystemState:
    named = sorted({p.rules for p in found.partitions if p.rules})
    return SystemState(
        partitions=tuple(
            PartitionState(p.partition, p.log_end, p.watermark, p.lag, p.newest_day, p.fault)
            for p in found.partitions
        ),
        parts=tuple(
            PartState(p.part, p.process, p.lives, p.heard_seconds, p.trouble) for p in found.parts
        ),
        lag=found.lag,
        unsent=found.outbox_unsent,
        unsent_seconds=found.outbox_age_seconds,
        refused=found.refused_messages,
        rules=", ".join(map(short, named)),
        own_rules=short(found.rules),
        model=found.model,
        faults=tuple(_faults(found, away)),
        held=found.held_leases,
        incomplete=found.incomplete_leases,
        set_aside=found.open_dead_letters,
        feeds=tuple(found.feeds),
        silent=tuple(found.silent_landlords),
        verified=found.last_verified,
    )


def _faults(found: Status, away: Phrase) -> list[Fault]:
    """The faults of the status, each with what it means; one that stops several partitions is
    one."""
    told = [Fault(away, found.kafka_fault)] if found.kafka_fault is not None else []
    stopped = dict[str, list[str]]()
    for one in found.partitions:
        if one.fault is not None:
            stopped.setdefault(one.fault, []).append(str(one.partition))
    for why, numbers in stopped.items():
        told.append(Fault(phrase("operations_fault.partitions", numbers=", ".join(numbers)), why))
    for part, why in nobody_works(found.parts).items():
        told.append(Fault(Phrase(f"operations_fault.no_{part}"), why))
    return told
