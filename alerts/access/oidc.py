"""Login by OpenID Connect: the authorization code flow with PKCE, at one provider."""

import hmac
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from msgspec import Struct
from sqlalchemy import Engine

from alerts import site_settings
from alerts.access import logins
from alerts.access.asked_provider import AskedProvider
from alerts.access.code_exchange import Client
from alerts.access.discovery import ProviderAway
from alerts.access.id_token import Expected, KeyUnknown, fault_of, signed_claims
from alerts.access.local_path import local_path
from alerts.access.login_fault import LoginFault, LoginRefused
from alerts.access.logins import Login

__all__ = ["Finished", "LoginFault", "LoginRefused", "Provider", "ProviderAway", "mark_of"]


class Finished(Struct, frozen=True):
    """A login that is done: checked claims, the token they came in, and where to go."""

    claims: dict[str, Any]
    id_token: str
    next_path: str


def mark_of(url: str) -> str:
    """What the browser that `begin` sends to `url` is marked with, in a cookie of the login's ten
    minutes. Without it a stranger's finished login could be slipped to somebody else."""
    return logins.digest(parse_qs(urlsplit(url).query)["state"][0])


class Provider:
    """The login provider, asked about itself when it is first needed; for any number of threads.
    `ValueError` if the issuer is neither https nor on this machine."""

    def __init__(
        self,
        issuer: str,
        client_id: str,
        client_secret: str | None,
        redirect_uri: str,
        scope: str = "openid profile",
    ) -> None:
        if not site_settings.is_safe(issuer):
            raise ValueError("the login provider's address is not https")
        self._issuer, self._provider = issuer, AskedProvider(issuer)
        self._client = Client(client_id, client_secret, redirect_uri, scope)

    def begin(self, engine: Engine, next_path: str, now: float) -> str:
        """Where to send the browser. `ProviderAway`; raises faults of the database."""
        state, nonce, verifier = (secrets.token_urlsafe(size) for size in (32, 32, 48))
        known = self._provider.known()
        logins.keep(engine, state, Login(nonce, verifier, local_path(next_path), now))
        return self._client.authorization_url(known, state, nonce, verifier)

    def finish(
        self, engine: Engine, params: Mapping[str, str], now: float, mark: str | None
    ) -> Finished | LoginRefused:
        """What the provider's answer is worth; `mark` is the browser's cookie. A login is used up,
        whatever comes of it. `ProviderAway`; raises faults of the database."""
        login = logins.take(engine, params.get("state", ""))
        fault = self._fault_of_answer(params, login, now, mark)
        if fault is not None or login is None:
            return LoginRefused(fault or LoginFault.UNKNOWN_LOGIN)
        token = self._token(params["code"], login.verifier)
        if isinstance(token, LoginFault):
            return LoginRefused(token)
        claims = self._claims(token)
        if claims is None:
            return LoginRefused(LoginFault.BAD_SIGNATURE)
        expected = Expected(self._issuer, self._client.client_id, login.nonce, login.began, now)
        fault = fault_of(claims, expected)
        return LoginRefused(fault) if fault else Finished(claims, token, login.next_path)

    def logout_url(self, id_token: str | None, after: str) -> str | None:
        """Where to send the browser to log out there too, and then to the address `after`; None if
        the provider has no such page, or is away."""
        try:
            page = self._provider.known().logout
        except ProviderAway:
            return None
        if page is None:
            return None
        asked = {"client_id": self._client.client_id, "post_logout_redirect_uri": after}
        if id_token:
            asked["id_token_hint"] = id_token
        return f"{page}{'&' if '?' in page else '?'}{urlencode(asked)}"

    def _fault_of_answer(
        self, params: Mapping[str, str], login: Login | None, now: float, mark: str | None
    ) -> LoginFault | None:
        """What is wrong with the answer before its code is looked at."""
        if login is None:
            return LoginFault.UNKNOWN_LOGIN
        if not hmac.compare_digest(logins.digest(params["state"]), _plain(mark)):
            return LoginFault.OTHER_BROWSER
        if now - login.began > logins.HOLDS:
            return LoginFault.TOO_LATE
        tells = "iss" in params or self._provider.known().tells_issuer  # RFC 9207
        if tells and params.get("iss") != self._issuer:
            return LoginFault.FOREIGN_ISSUER
        if "error" in params:
            return LoginFault.REFUSED_THERE
        return None if params.get("code") else LoginFault.NO_CODE

    def _token(self, code: str, verifier: str) -> str | LoginFault:
        known = self._provider.known()
        return self._provider.ask(lambda: self._client.id_token(known, code, verifier))

    def _claims(self, token: str) -> dict[str, Any] | None:
        """The claims of a token that the provider signed, with a key that may be new."""
        try:
            return signed_claims(token, self._provider.known().keys)
        except KeyUnknown:
            pass
        try:
            return signed_claims(token, self._provider.known(again=True).keys)
        except KeyUnknown:
            return None


def _plain(mark: str | None) -> str:
    """A cookie, as something that can be compared."""
    return mark if mark is not None and mark.isascii() else ""
