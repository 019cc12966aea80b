"""`python -m tests.chaos.entry worker`: a bokvar command whose clock and disk a test can move.

The product has no such hooks: wall-clock time is replaced before anything else is imported, and
SQLite is given its limit (`max_page_count`) whenever a connection is taken from the pool.
"""

import os
import threading
import time
from pathlib import Path
from typing import Any

from tests.chaos.levers import VARIABLE, Levers

_LOOK_SECONDS = 0.1
_MOST_PAGES = 4_294_967_294  # SQLite's own limit
_true_time = time.time


class _Pulled:
    """The levers as they stand, looked up now and then by a thread."""

    def __init__(self, levers: Levers) -> None:
        self._levers = levers
        self.now = levers.read()
        threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        pause = threading.Event()
        while not pause.wait(_LOOK_SECONDS):
            self.now = self._levers.read()

    def time(self) -> float:
        """Epoch seconds as this process is to believe them."""
        return _true_time() + self.now.clock

    def limit(self, connection: Any, _record: Any, _proxy: Any) -> None:
        """Tell SQLite how large its file may become; it is never less than it is."""
        if type(connection).__module__ == "sqlite3":
            pages = self.now.pages or _MOST_PAGES
            connection.execute(f"PRAGMA max_page_count={pages}")


def _install(pulled: _Pulled) -> None:
    time.time = pulled.time
    from sqlalchemy import event
    from sqlalchemy.pool import Pool

    event.listen(Pool, "checkout", pulled.limit)


if __name__ == "__main__":
    _install(_Pulled(Levers(Path(os.environ[VARIABLE]))))
    from streams.cli import main

    main()
