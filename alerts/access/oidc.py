"""Login by OpenID Connect: the authorization code flow with PKCE, at one provider."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import Engine

from alerts.access.login_fault import LoginFault, LoginRefused

__all__ = ["Finished", "LoginFault", "LoginRefused", "Provider", "ProviderAway", "mark_of"]


class ProviderAway(Exception):
    """The provider does not answer, or not as one; the text says which."""


class Finished(Struct, frozen=True):
    """A login that is done: checked claims, the token they came in, and where to go."""

    claims: dict[str, Any]
    id_token: str
    next_path: str


def mark_of(url: str) -> str:
    """What the browser that `begin` sends to `url` is marked with, in a cookie of the login's ten
    minutes. Without it a stranger's finished login could be slipped to somebody else."""
    raise NotImplementedError


class Provider:
    """The login provider. `ValueError` if the issuer is neither https nor on this machine."""

    def __init__(
        self, issuer: str, client_id: str, client_secret: str | None, redirect_uri: str
    ) -> None:
        raise NotImplementedError

    def begin(self, engine: Engine, next_path: str, now: float) -> str:
        """Where to send the browser. `ProviderAway`; raises faults of the database."""
        raise NotImplementedError

    def finish(
        self, engine: Engine, params: Mapping[str, str], now: float, mark: str | None
    ) -> Finished | LoginRefused:
        """What the provider's answer is worth; `mark` is the browser's cookie. `ProviderAway`;
        raises faults of the database."""
        raise NotImplementedError

    def logout_url(self, id_token: str | None, after: str) -> str | None:
        """Where to send the browser to log out there too, and then to the address `after`; None if
        the provider has no such page, or is away."""
        raise NotImplementedError
