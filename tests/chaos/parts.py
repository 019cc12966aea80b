"""The processes of a system under faults, and who starts them again: as an init system would."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil

from streams.embedded.child_process import ChildProcess
from tests.processes import ROOT

REFUSED = 1  # the status of a command that says in a sentence why it does not start
RESTART_SECONDS = 0.3  # between the end of a process and its next start
_LOOK_SECONDS = 0.05
_WEIGH_SECONDS = 0.5
_PATIENCE_SECONDS = 20.0


class Ended(NamedTuple):
    """A process that ended by itself or by a signal (negative)."""

    part: str
    code: int


class Part:
    """A `bokvar` command that runs, is killed, paused and started again, always by its own id.

    `module` is what Python runs; the supervisor starts it again whenever it ends while `wanted`.
    """

    def __init__(
        self,
        name: str,
        arguments: list[str],
        folder: Path,
        environment: Mapping[str, str],
        module: str = "streams.cli",
    ) -> None:
        self.name = name
        self.environment = environment
        self.wanted = False
        self.log = folder / f"{name}.log"
        self._command = [sys.executable, "-m", module, *arguments]
        self._folder = folder
        self._process: ChildProcess | None = None
        self._ended_at: float | None = None
        self._lock = threading.RLock()

    @property
    def pid(self) -> int:
        """The process id."""
        assert self._process is not None, f"{self.name} was never started"
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process lives, frozen or not."""
        return self._process is not None and self._process.exit_code is None

    def start(self) -> None:
        """Start it, and have it started again until `end`."""
        with self._lock:
            self.wanted = True
            if not self.running:
                self._start()

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the process; nothing happens if it has ended."""
        with self._lock:
            if self._process is not None:
                self._process.send(number)

    def kill(self) -> None:
        """End it as a crash would (SIGKILL); the supervisor starts it again."""
        self.send(signal.SIGKILL)
        assert self._process is not None
        self._process.wait(_PATIENCE_SECONDS)

    def pause(self) -> None:
        """Freeze it (SIGSTOP)."""
        self.send(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on (SIGCONT)."""
        self.send(signal.SIGCONT)

    def end(self, patience: float = _PATIENCE_SECONDS) -> int | None:
        """End it in good order (SIGTERM), by force after `patience` seconds; it stays down."""
        with self._lock:
            self.wanted = False
            return self._process.stop(patience) if self._process is not None else None

    def crash(self) -> None:
        """End it as a crash would; it stays down until `start`."""
        with self._lock:
            self.wanted = False
            if self._process is not None:
                self._process.kill()

    def tend(self, now: float) -> Ended | None:
        """Start it again if it ended while it was wanted; how, when that is news."""
        with self._lock:
            if not self.wanted or self.running or self._process is None:
                return None
            if self._ended_at is None:
                self._ended_at = now
                return Ended(self.name, self._process.kill())
            if now - self._ended_at >= RESTART_SECONDS:
                self._start()
            return None

    def _start(self) -> None:
        if self._process is not None:
            self._process.kill()
        self._ended_at = None
        self._process = ChildProcess(
            self._command,
            self.log,
            folder=self._folder,
            environment={**_surroundings(), "PYTHONPATH": str(ROOT), **self.environment},
        )


class Supervisor:
    """Starts parts again that end, and notes how much memory the largest process had."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.ends: list[Ended] = []  # every end that was not asked for by `end` or `crash`
        self.peak_rss = 0  # bytes
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="supervisor", daemon=True)

    def start(self) -> None:
        """Begin to look after the parts."""
        self._thread.start()

    def stop(self) -> None:
        """Look after them no more, and end them all."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        for part in self.parts:
            part.crash()

    @property
    def unexpected(self) -> list[Ended]:
        """The ends that no signal of a test explains, nor a server that was away at the start."""
        return [end for end in self.ends if end.code not in (-signal.SIGKILL, REFUSED)]

    def _run(self) -> None:
        weighed = 0.0
        while not self._stop.wait(_LOOK_SECONDS):
            now = time.monotonic()
            for part in list(self.parts):
                if (end := part.tend(now)) is not None:
                    self.ends.append(end)
                if now - weighed >= _WEIGH_SECONDS:
                    self._weigh(part)
            if now - weighed >= _WEIGH_SECONDS:
                weighed = now

    def _weigh(self, part: Part) -> None:
        if part.running:
            try:
                self.peak_rss = max(self.peak_rss, psutil.Process(part.pid).memory_info().rss)
            except psutil.Error:
                return


@contextmanager
def looked_after(*parts: Part) -> Iterator[None]:
    """Parts that are started again while the block lasts, as one that found no server must be;
    they end with it."""
    supervisor = Supervisor()
    supervisor.parts += parts
    supervisor.start()
    try:
        yield
    finally:
        supervisor.stop()


def _surroundings() -> dict[str, str]:
    """This process's environment, less the options of the system under test."""
    kept = ("BOKVAR_CACHE", "BOKVAR_MAVEN_REPOSITORY")
    return {k: v for k, v in os.environ.items() if not k.startswith("BOKVAR_") or k in kept}
