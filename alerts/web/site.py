"""What the pages stand on, given once when the server starts."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from msgspec import Struct
from sqlalchemy import Engine

from alerts.access.audit import AuditLog
from alerts.access.claims import ClaimNames
from alerts.access.oidc import Provider
from alerts.access.person import Person
from alerts.commands.event_log import EventLog
from alerts.playbooks.towns import Towns
from alerts.web.remembered import RememberedViews
from alerts.web.system_state import SystemState
from models.phrase import Phrase


class DevelopmentLogin(Struct, frozen=True):
    """Who may log in by their name alone. The demo makes one, on this machine, and nothing else."""

    people: tuple[Person, ...]


class StatusPort(Protocol):
    """Says how the system stands; what reads it knows Kafka."""

    def __call__(self) -> SystemState:
        """How it stands now."""
        ...


class UnfitPort(Protocol):
    """Says why bytes are no event of the contract; what knows it reads records of Kafka."""

    def __call__(self, raw: bytes, /) -> Phrase | None:
        """Why not; None if they are one."""
        ...


class Site(Struct, frozen=True, kw_only=True):
    """`url` is the public address, `issuer` that of the login provider; `language` the one for
    those who chose none; `templates` a town's folder of letters. `clock` is the pages' only one."""

    engine: Engine
    log: EventLog
    audit: AuditLog
    login: Provider | DevelopmentLogin
    status: StatusPort
    unfit: UnfitPort
    url: str
    towns: Towns
    remembered: RememberedViews
    claims: ClaimNames = ClaimNames()
    issuer: str | None = None
    language: str = "sv"
    templates: Path | None = None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def secure(self) -> bool:
        """Whether people reach it by https."""
        return urlsplit(self.url).scheme == "https"

    @property
    def cookie(self) -> str:
        """The session's cookie. Its prefix makes browsers keep it to this host and to https."""
        return "__Host-bokvar" if self.secure else "bokvar"

    @property
    def mark(self) -> str:
        """The cookie of a browser that began a login, kept in the same way."""
        return "__Host-login" if self.secure else "login"
