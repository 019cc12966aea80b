"""Run `bokvar ...` as users do: a child process of its own, its output in files."""

import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psutil

from streams.embedded.child_process import ChildProcess
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parent.parent


def is_alive(pid: int) -> bool:
    """Whether the process still runs; one that only waits for its parent to notice does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


class BokvarProcess:
    """One `bokvar` command; it dies with the test run, and `end` ends it by its id."""

    def __init__(
        self, *arguments: str, folder: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        """Start the command in `folder`, which also keeps what it writes.

        `environment` is added to the test run's own, less every BOKVAR_ option but the cache.
        """
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("BOKVAR_") or name in ("BOKVAR_CACHE", "BOKVAR_MAVEN_REPOSITORY")
        }
        self.command = " ".join(("bokvar", *arguments))
        number = len(list(folder.glob("*.out")))
        self._output = folder / f"{number}-{arguments[0]}.out"
        self._errors = self._output.with_suffix(".err")
        self._process = ChildProcess(
            [sys.executable, "-m", "streams.cli", *arguments],
            self._output,
            errors=self._errors,
            folder=folder,
            environment={**kept, "PYTHONPATH": str(ROOT), **(environment or {})},
        )
        self.pid = self._process.pid

    @property
    def output(self) -> str:
        """What it wrote to standard output until now."""
        return self._output.read_text(errors="replace")

    @property
    def errors(self) -> str:
        """What it wrote to standard error until now."""
        return self._errors.read_text(errors="replace")

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._process.exit_code

    def json(self) -> Any:
        """The last line of its standard output, read as JSON."""
        return json.loads(self.output.strip().splitlines()[-1])

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the command."""
        self._process.send(number)

    def wait(self, timeout: float = 60.0) -> int:
        """The exit code. Raises AssertionError with its output if it runs on after `timeout` s."""
        code = self._process.wait(timeout)
        assert code is not None, f"`{self.command}` still runs after {timeout:g} s: {self._told()}"
        return code

    def wait_for_output(self, text: str, timeout: float = 60.0) -> str:
        """Wait until `text` is in its standard output, and return all of that."""

        def told() -> str:
            ended = self.exit_code is not None
            if text not in self.output and ended:
                raise AssertionError(f"`{self.command}` ended ({self.exit_code}): {self._told()}")
            return self.output if text in self.output else ""

        return wait_until(told, timeout, f"`{self.command}` says {text!r}")

    def kill(self) -> None:
        """End it as a crash would (SIGKILL), and wait until it is gone."""
        self._process.kill()

    def end(self, patience: float = 20.0) -> int:
        """Ask it to end (SIGTERM), by force after `patience` seconds; returns its exit code."""
        return self._process.stop(patience)

    def _told(self) -> str:
        return f"{self.output[-2000:]}\n{self.errors[-4000:]}"
