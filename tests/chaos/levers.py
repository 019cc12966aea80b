"""Moves the clock and the disk of running processes, which read them from a file."""

from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

VARIABLE = "BOKVAR_TEST_LEVERS"  # names the file, in the environment of the processes


class Settings(Struct, frozen=True):
    """`clock`: seconds that processes are ahead of the true time. `pages`: how large SQLite's
    database may become, in pages; None for as large as it likes."""

    clock: float = 0.0
    pages: int | None = None


class Levers:
    """The file, for those who pull and those who are pulled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def set(self, **changes: Any) -> None:
        """Change some of the settings; that takes effect within some tenths of a second."""
        settings = msgspec.structs.replace(self.read(), **changes)
        new = self.path.with_suffix(".new")
        new.write_bytes(msgspec.json.encode(settings))
        new.replace(self.path)

    def read(self) -> Settings:
        """What is set now."""
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=Settings)
        except FileNotFoundError:
            return Settings()
