"""SQLite takes one worker: a lock beside the file says so before any harm is done."""

import fcntl
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from sqlalchemy.engine import make_url

from alerts.store.database import DatabaseError


class SingleWriter:
    """Holds the worker's lock on an SQLite database; does nothing for PostgreSQL.

    `DatabaseError` when another worker holds it, or the folder cannot be written.
    """

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self._path: Path | None = None
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            self._path = Path(parsed.database + ".worker.lock")
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        if self._path is not None:
            try:
                self._file = self._path.open("w")
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise DatabaseError(
                    f"another worker already uses {self._path.with_suffix('').stem}: SQLite takes "
                    "one; stop it, or use PostgreSQL (BOKVAR_DATABASE) for several"
                ) from None
            except OSError as error:
                raise DatabaseError(
                    f"{self._path.parent} cannot be written ({error.strerror}): run `bokvar init` "
                    "first, or set BOKVAR_DATA to a folder of yours"
                ) from None
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()
