"""A system and its town that go on through one fault after another."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.chaos import (  # noqa: F401  (each registers its faults)
    record_faults,
    relay_faults,
    server_faults,
    worker_faults,
)
from tests.chaos.faults import FAULTS, Scene
from tests.chaos.oracle import Found, compare
from tests.chaos.system import Servers, System
from tests.chaos.town import Town, lines

LEASES, YEARS = 300, 30
RATE = 200.0  # messages a second


class Running:
    """A town that sends for years, and the system that has to keep up with it."""

    def __init__(self, system: System, town: Town) -> None:
        self.system = system
        self.town = town

    def endure(self, name: str, seed: int = 1) -> Found:
        """One fault: strike, heal, wait until every partition flows, and compare everything."""
        fault = FAULTS[name]
        rng = Random(f"{seed} {name}")
        with fault.strike(Scene(self.system, self.town, rng)):
            last(rng.uniform(*fault.seconds))
        self.system.wait_flowing()
        found = compare(self.system, self.town)
        assert found.whole, f"{name}: {found}; ended: {self.system.supervisor.ends}"
        return found


@contextmanager
def running(
    servers: Servers, folder: Path, prefix: str, *, seed: int = 1, relays: int = 2
) -> Iterator[Running]:
    """Start both, wait until events flow everywhere, and end both in good order."""
    workers = 2 if servers.postgres is not None else 1
    options = {"workers": workers, "relays": relays}
    with System(servers, folder, prefix, levers=True, **options) as system:
        source = lines(LEASES, 365 * YEARS, seed)
        town = Town(system.settings, system.topic.partitions, source, RATE)
        town.start()
        try:
            system.wait_flowing()
            yield Running(system, town)
        finally:
            town.halt()


def last(seconds: float) -> None:
    """A fault lasts."""
    threading.Event().wait(seconds)
