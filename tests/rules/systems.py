"""A system as releases see it: their commands on it, and how far it is."""

from collections.abc import Callable
from pathlib import Path

import requests

from alerts.store import outbox
from alerts.store.database import reading
from alerts.store.sql import read_watermarks
from streams.embedded.broker.config import HOST, free_ports
from streams.kafka import topics
from tests.processes import BokvarProcess
from tests.pump import World, make_world
from tests.rules.releases import Release
from tests.waiting import wait_until

Run = Callable[..., BokvarProcess]


class Commands:
    """The commands of one release, on one system."""

    def __init__(self, release: Release, world: World, run: Run) -> None:
        self._environment = {**world.environment, "BOKVAR_WEB_HOST": HOST, **release.environment}
        self._run = run

    def start(self, command: str) -> BokvarProcess:
        """A process that runs until it is ended."""
        port = free_ports(1)[0]
        if command == "worker":
            self.port = port
        own = {"BOKVAR_WEB_PORT": str(port)}
        return self._run(command, environment={**self._environment, **own})

    def ask(self, *command: str, status: int = 0) -> BokvarProcess:
        """A command that has ended with `status`."""
        process = self._run(*command, environment=self._environment)
        assert process.wait(150) == status, process.output + process.errors
        return process

    def not_ready(self) -> list[str]:
        """Why the worker started last does no work."""
        try:
            answer = requests.get(f"http://{HOST}:{self.port}/ready", timeout=5)
            reasons: list[str] = answer.json()["reasons"]
        except (requests.RequestException, ValueError) as error:
            return [type(error).__name__]
        return reasons

    def wait_until_stopped(self, why: str) -> None:
        """Every partition stands still, and its reason has `why` in it."""
        wait_until(
            lambda: sum(why in reason for reason in self.not_ready()) == 3,
            60,
            f"the worker says {why!r}, not {self.not_ready()}",
        )


def make_system(kafka: str, prefix: str, folder: Path, url: str) -> World:
    """Topics and a database without rules, and a folder for what the releases keep."""
    data = folder / "data"
    data.mkdir()
    return make_world(kafka, prefix, data, url, partitions=3)


def folded(world: World) -> int:
    with reading(world.engine) as connection:
        return sum(read_watermarks(connection).values())


def is_idle(world: World) -> bool:
    ends = [span.end for span in topics.spans(world.settings, world.topic)]
    with reading(world.engine) as connection:
        marks = [mark for _, mark in sorted(read_watermarks(connection).items())]
        return marks == ends and outbox.unsent(connection).rows == 0


def clean(process: BokvarProcess) -> dict[str, int]:
    """What `verify --json` found, if that is nothing."""
    found: dict[str, int] = process.json()
    assert (found["lost"], found["doubled"], found["different"]) == (0, 0, 0), found
    return found
