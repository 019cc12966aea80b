"""Every fault by its name: what strikes, what heals, and what must hold afterwards.

A fault is a context: it strikes when the block begins and is healed when it ends. Afterwards, with
no help but the supervisor's, everything flows again and nothing is lost, doubled or different.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from random import Random
from typing import TypeVar

import psycopg
from confluent_kafka import KafkaException
from msgspec import Struct
from sqlalchemy.exc import DBAPIError

from tests.chaos.parts import Part
from tests.chaos.system import System
from tests.chaos.town import Town
from tests.waiting import wait_until

T = TypeVar("T")


class Target(StrEnum):
    """What a fault hits; in a soak one target suffers one fault at a time."""

    WORKER = "worker"
    BROKER = "broker"
    DATABASE = "database"
    RELAY = "relay"
    PRODUCER = "producer"
    CLOCK = "clock"


class Scene(Struct, frozen=True):
    """The system, who sends to it, and the dice of this fault.

    `patience` is how long, in seconds, a fault may look for the moment to strike.
    """

    system: System
    town: Town
    rng: Random
    patience: float = 60.0

    def wait(self, condition: Callable[[], T | None], what: str, times: int = 1) -> T:
        """Wait for the moment, even for a server that is away, `times` as long as others do.

        `NotNow` if it does not come.
        """
        away: list[Exception] = []

        def asked() -> T | None:
            try:
                return condition()
            except (DBAPIError, psycopg.Error, sqlite3.Error, KafkaException) as error:
                away[:] = [error]
                return None

        try:
            return wait_until(asked, times * self.patience, what)
        except AssertionError as error:
            raise NotNow(f"{error} {away}") from None

    def one_of(self, parts: list[Part]) -> Part:
        """Any of these processes that runs, soon. `NotNow` if none does."""
        running = self.wait(lambda: [part for part in parts if part.running], "one of them runs")
        return self.rng.choice(running)


class NotNow(Exception):
    """The moment for this fault did not come; it has not struck."""


Strike = Callable[[Scene], AbstractContextManager[None]]


class Fault(Struct, frozen=True):
    """A fault as it is told to people and done to a system.

    `seconds` is how long it lasts in a soak, at least and at most; `needs` names the only database
    that it can strike.
    """

    name: str
    target: Target
    promise: str
    seconds: tuple[float, float]
    needs: str | None
    strike: Strike


FAULTS: dict[str, Fault] = {}


def fault(
    name: str,
    target: Target,
    promise: str,
    *,
    seconds: tuple[float, float] = (0.0, 0.0),
    needs: str | None = None,
) -> Callable[[Callable[[Scene], Iterator[None]]], Strike]:
    """Register a generator that strikes, yields, and heals."""

    def register(generator: Callable[[Scene], Iterator[None]]) -> Strike:
        strike = contextmanager(generator)
        FAULTS[name] = Fault(name, target, promise, seconds, needs, strike)
        return strike

    return register


def fitting(system: System) -> list[Fault]:
    """The faults that can strike this system, in the order of their names."""
    kind = "sqlite" if system.sqlite else "postgresql"
    return [FAULTS[name] for name in sorted(FAULTS) if FAULTS[name].needs in (None, kind)]
