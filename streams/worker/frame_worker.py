"""The worker behind the agent: takes fetched frames, folds them on a thread of its own, and keeps
the watermarks that the consumer commits.

Faults of the database and of Kafka are waited out inside the frame. A program that fails on a
record sets it aside; one that fails on everything stops the partition, not the process. Anything
else ends the process before the frame is acknowledged, for Faust acknowledges, and so skips, a
frame whose agent raised.
"""

import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

from faust.types import TP
from sqlalchemy import Engine

from alerts.metrics import observe_fold, observe_log_ends
from alerts.settings import Settings
from alerts.store.frames import Folded, Frame, Verdict
from alerts.store.sql import SqlStore
from streams.kafka import topics
from streams.kafka.append_time import of_fetched
from streams.kafka.decode import decode
from streams.kafka.partitioning import home
from streams.rules.gate import RulesGate
from streams.rules.known import rulebook
from streams.troubles import Troubles
from streams.worker import log_check
from streams.worker.fetch_thread import Fetched
from streams.worker.worker_faults import is_passing, why_it_stops

log = logging.getLogger("bokvar.worker")

FIRST_WAIT, LONGEST_WAIT = 0.1, 5.0  # seconds between tries at a database that fails
HOMES_REMEMBERED = 200_000
T = TypeVar("T")


class FrameWorker:
    """Folds frames one at a time. `stopped` names the partitions that must not go on, and why;
    `failing` those whose fold fails, also while they are tried again; `troubles` the servers that
    do not answer."""

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        topic: topics.EventTopic,
        troubles: Troubles | None = None,
    ) -> None:
        self.settings = settings
        self.engine = engine
        self.topic = topic
        self.watermarks: dict[TP, int] = {}
        self.stopped: dict[TP, str] = {}
        self.failing: dict[TP, str] = {}
        self.troubles = troubles or Troubles(settings)
        self.refused = 0  # messages that Kafka does not take, as of the last heartbeat
        self.thread = ThreadPoolExecutor(1, "fold")
        find_home = lru_cache(HOMES_REMEMBERED)(lambda lease_id: home(lease_id, topic.partitions))
        known = rulebook(settings, engine)
        self.rules = RulesGate(settings, engine, topic, known)
        self._store = SqlStore(engine, find_home, time.time, known, partitions=topic.partitions)

    def fold(self, fetched: Fetched) -> Folded:
        """Decode and fold a frame; returns when it is durable, or known to be stale, to leave a gap
        or to stand under other rules. Runs on the fold thread.

        `PartitionStops` if the partition must not go on; nothing of the frame was written.
        """
        tp = fetched.tp
        try:
            folded = self._fold(fetched)
        except Exception as error:
            stops = why_it_stops(fetched, error)
            if tp in self.watermarks:  # else it was taken away meanwhile
                self.failing[tp] = str(stops)
            raise stops from error
        self.failing.pop(tp, None)
        for line in folded.failed:
            log.error("partition %d sets aside what it cannot fold: %s", tp.partition, line)
        observe_fold(tp.partition, len(fetched.records), folded)
        if folded.why is not None:
            self.rules.standing.add(tp.partition)
        if folded.verdict is not Verdict.GAP:
            self.watermarks[tp] = folded.watermark
        return folded

    def _fold(self, fetched: Fetched) -> Folded:
        began = time.perf_counter()
        records = [
            decode(r.offset, r.key, r.value, r.headers, of_fetched(r)) for r in fetched.records
        ]
        decoded = time.perf_counter() - began
        frame = Frame(fetched.tp.partition, fetched.start, fetched.next, records)
        folded = self._waiting_out(lambda: self._store.fold(frame))
        folded.seconds["decode"] = decoded
        return folded

    def _waiting_out(self, work: Callable[[], T]) -> T:
        """Try until database and Kafka work again, with growing waits."""
        wait = FIRST_WAIT
        while True:
            try:
                result = work()
            except Exception as error:
                if not is_passing(error):
                    raise
                self.troubles.failed("fold", error)
                time.sleep(wait)
                wait = min(2 * wait, LONGEST_WAIT)
            else:
                self.troubles.over("fold")
                return result

    def read_watermarks(self, assigned: Iterable[TP]) -> dict[TP, int]:
        """Where to read on, by partition; those that must stop are left out and named in
        `stopped`. Runs on the fold thread."""
        places = sorted(tp for tp in assigned if tp.topic == self.topic.name)
        self.stopped.clear()
        self.failing.clear()
        self.rules.standing.clear()
        self.watermarks.clear()
        reasons = self.must_stop(places)
        watermarks = self._waiting_out(self._all_watermarks)
        for tp in places:
            if tp in reasons:
                self.stopped[tp] = reasons[tp]
                log.error("partition %d stops: %s", tp.partition, reasons[tp])
            else:
                self.watermarks[tp] = watermarks[tp.partition]
        return dict(self.watermarks)

    def go_on(self, tp: TP) -> int:
        """Where a partition that stood still reads on. Runs on the fold thread."""
        self.watermarks[tp] = self._waiting_out(self._all_watermarks)[tp.partition]
        self.stopped.pop(tp, None)
        self.rules.standing.discard(tp.partition)
        return self.watermarks[tp]

    def must_stop(self, places: list[TP]) -> dict[TP, str]:
        """What `check` says, once database and Kafka answer. Runs on the fold thread."""
        return self._waiting_out(lambda: self.check(places))

    def check(self, places: list[TP]) -> dict[TP, str]:
        """Why partitions must not go on, now; how far the log goes is noted for the metrics.
        Raises as `log_check.look`."""
        found = log_check.look(self.settings, self.engine, self.rules, places, self.topic)
        observe_log_ends(found.ends)
        return found.reasons

    def _all_watermarks(self) -> dict[int, int]:
        return log_check.all_watermarks(self.engine)
