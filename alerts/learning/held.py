"""What is to be learnt from, in a file of its own, so that memory holds one lease at a time."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Protocol, Self

from alerts.learning.loading import TABLES
from alerts.learning.validation import Report
from models.contract.events import Event

Told = list[tuple[date, Event]]


class Source(Protocol):
    """Where lives come from; `report` says what is wrong with it."""

    report: Report

    def lives(self) -> Iterator[tuple[str, Told]]:
        """Each lease that has a bill: its id, and its events with the day each was told."""
        ...


class Held:
    """A database that is filled by `load`, which reports, and gone when it is closed, or when it
    cannot be filled. Use it as a context."""

    def __init__(self, load: Callable[[], Report], tables: str = TABLES) -> None:
        self._place = TemporaryDirectory(prefix="bokvar-history-")
        self._base = sqlite3.connect(Path(self._place.name) / "export.db")
        try:
            script = "pragma journal_mode=off; pragma synchronous=off;" + tables
            self._base.executescript(script)
            self.report = load()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Forget all of it."""
        self._base.close()
        self._place.cleanup()
