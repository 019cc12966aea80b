"""Every fault by its name: what strikes, what heals, and what must hold afterwards.

A fault is a context: it strikes when the block begins and is healed when it ends. Afterwards, with
no help but the supervisor's, everything flows again and nothing is lost, doubled or different.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from enum import StrEnum
from random import Random

from msgspec import Struct

from tests.chaos.system import System
from tests.chaos.town import Town


class Target(StrEnum):
    """What a fault hits; in a soak one target suffers one fault at a time."""

    WORKER = "worker"
    BROKER = "broker"
    DATABASE = "database"
    RELAY = "relay"
    PRODUCER = "producer"
    CLOCK = "clock"


class Scene(Struct, frozen=True):
    """The system, who sends to it, and the dice of this fault."""

    system: System
    town: Town
    rng: Random


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
