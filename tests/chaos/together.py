"""`bokvar` processes as an operator starts them, on servers that a test may break."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests

from streams.embedded.broker.config import HOST, free_ports
from tests.chaos.system import Servers
from tests.processes import BokvarProcess
from tests.pump import PATIENCE
from tests.waiting import wait_until

Run = Callable[..., BokvarProcess]


class Started:
    """An initialised system in a folder of its own; its parts are started one by one."""

    def __init__(self, servers: Servers, folder: Path, prefix: str, run: Run) -> None:
        self.environment = {
            "BOKVAR_KAFKA": servers.kafka.bootstrap,
            "BOKVAR_DATABASE": servers.database,
            "BOKVAR_DATA": str(folder),
            "BOKVAR_PREFIX": f"{prefix}.",
            "BOKVAR_PARTITIONS": "2",
            "BOKVAR_KAFKA_PATIENCE": "5",
            "BOKVAR_WEB_HOST": HOST,
            "BOKVAR_WEB_PORT": str(free_ports(1)[0]),
        }
        self._run = run
        assert self.run("init", BOKVAR_KAFKA_PATIENCE=PATIENCE).wait() == 0

    def run(self, *arguments: str, **environment: str) -> BokvarProcess:
        """Start a command in this system."""
        return self._run(*arguments, environment=self.environment | environment)

    def ready(self) -> Any:
        """What the worker answers to `/ready`; None if it does not."""
        try:
            return requests.get(f"{self._page}/ready", timeout=5).json()
        except requests.RequestException:
            return None

    def metric(self, name: str) -> str:
        """The value of a metric's first line, as it is written."""
        text = requests.get(f"{self._page}/metrics", timeout=9).text
        return next(line.split()[-1] for line in text.splitlines() if line.startswith(name))

    def wait_ready(self) -> None:
        """Wait until the worker works."""
        wait_until(lambda: (self.ready() or {}).get("ready"), 60, "the worker is ready")

    def wait_away(self, server: str, seconds: float = 60.0) -> str:
        """Wait until the worker says that it is not ready for the sake of a server, and how."""

        def reason() -> str | None:
            found = self.ready() or {"reasons": []}
            return next((why for why in found["reasons"] if why.startswith(server)), None)

        return wait_until(reason, seconds, f"the worker misses {server}")

    @property
    def _page(self) -> str:
        return f"http://{HOST}:{self.environment['BOKVAR_WEB_PORT']}"


def seconds_until_ended(process: BokvarProcess) -> float:
    """How long a process that was asked to end still takes; it must end well."""
    began = time.monotonic()
    assert process.wait(30) == 0, process.errors
    return time.monotonic() - began
