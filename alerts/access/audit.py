"""The audit: who saw and did what, each row chained to the one before by its hash."""

from collections.abc import Callable

from msgspec import Struct, field
from sqlalchemy import Engine


class NotNoted(Exception):
    """An act could not be noted, and so must not be done or shown."""


class Entry(Struct, frozen=True):
    """What is noted of one act: who (as they were then), what, of which lease, and whether it was
    allowed."""

    subject: str
    role: str
    municipality: str | None
    action: str
    lease_id: str | None = None
    detail: dict[str, str] = field(default_factory=dict)
    allowed: bool = True


class AuditLog:
    """Notes acts. `clock` gives epoch seconds."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        raise NotImplementedError

    def note(self, entry: Entry) -> int:
        """Note an act: its number, once it is committed. Blocks; for any thread. `NotNoted` if it
        cannot be."""
        raise NotImplementedError

    def close(self) -> None:
        """Note what waits, and no more."""
        raise NotImplementedError
