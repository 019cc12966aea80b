"""What strikes when: a seeded plan of overlapping faults, and the threads that carry it out."""

import threading
import time
from collections import Counter
from collections.abc import Iterable
from random import Random

import psycopg
from confluent_kafka import KafkaException
from msgspec import Struct
from sqlalchemy.exc import DBAPIError

from tests.chaos.faults import FAULTS, Fault, NotNow, Scene, Target
from tests.chaos.running import last
from tests.chaos.system import System
from tests.chaos.town import Town

BURST_SECONDS = 16.0
FEWEST, MOST = 12, 16  # faults a burst
_PATIENCE = 8.0  # seconds that a fault looks for its moment in a burst
_JOIN_SECONDS = 150.0
_AWAY = (KafkaException, DBAPIError, psycopg.Error)  # the server is down by another fault


class Blow(Struct, frozen=True):
    """A fault that strikes `at` seconds after the burst began and lasts `seconds`."""

    at: float
    fault: str
    seconds: float
    seed: str


class PlanFault(Exception):
    """A fault could not be healed; the text says which and why."""


class Deck:
    """Deals faults by chance, as cards are dealt: each strikes once before any strikes again."""

    def __init__(self, seed: int, faults: Iterable[Fault]) -> None:
        self._rng = Random(f"{seed} deck")
        self._all = list(faults)
        self._left: list[Fault] = []

    def deal(self) -> Fault:
        """The next fault."""
        if not self._left:
            self._left = self._rng.sample(self._all, len(self._all))
        return self._left.pop()

    def put_back(self, fault: Fault) -> None:
        """It was dealt and missed its moment: it comes next."""
        self._left.append(fault)


def burst(rng: Random, deck: Deck, most: int = MOST) -> list[Blow]:
    """Some of the faults, overlapping, in the order in which they strike; no more than `most`."""
    blows = []
    for _ in range(min(rng.randint(FEWEST, MOST), most)):
        fault = deck.deal()
        at, seconds = rng.uniform(0, BURST_SECONDS), rng.uniform(*fault.seconds)
        blows.append(Blow(round(at, 2), fault.name, round(seconds, 2), str(rng.random())))
    return sorted(blows, key=lambda blow: blow.at)


class Burst:
    """Carries out one burst; `done` counts the faults that struck, by name, and `missed` says why
    others did not.

    Each has a thread, for one may have to wait until another is healed. One target suffers one
    fault at a time.
    """

    def __init__(self, system: System, town: Town, blows: Iterable[Blow]) -> None:
        self.done: Counter[str] = Counter()
        self.missed: list[tuple[Fault, str]] = []
        self._system = system
        self._town = town
        self._faults: list[str] = []
        self._busy = {target: threading.Lock() for target in Target}
        self._lock = threading.Lock()
        self._began = time.monotonic()
        self._threads = [
            threading.Thread(target=self._run, args=(blow,), name=blow.fault, daemon=True)
            for blow in blows
        ]

    def run(self) -> None:
        """Strike and heal; returns when all is healed. `PlanFault` if something cannot be."""
        for thread in self._threads:
            thread.start()
        try:
            self._join()
        except KeyboardInterrupt:
            self._join()  # what they struck must not rise again while all is taken down
            raise
        stuck = [thread.name for thread in self._threads if thread.is_alive()]
        if stuck or self._faults:
            raise PlanFault("; ".join([*self._faults, *(f"{name} does not end" for name in stuck)]))

    def _join(self) -> None:
        deadline = time.monotonic() + _JOIN_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _run(self, blow: Blow) -> None:
        fault = FAULTS[blow.fault]
        last(max(0.0, self._began + blow.at - time.monotonic()))
        try:
            with self._busy[fault.target]:
                self._strike(fault, blow)
        except Exception as error:
            self._faults.append(f"{blow.fault}: {type(error).__name__}: {error}")

    def _strike(self, fault: Fault, blow: Blow) -> None:
        scene = Scene(self._system, self._town, Random(blow.seed), _PATIENCE)
        try:
            with fault.strike(scene):
                with self._lock:
                    self.done[blow.fault] += 1
                last(blow.seconds)
        except (NotNow, *_AWAY) as error:
            with self._lock:
                self.missed.append((fault, str(error).partition("\n")[0]))
