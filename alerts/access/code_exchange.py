"""The code that a browser brought, exchanged at the provider for the token of who it is."""

from typing import Any
from urllib.parse import quote_plus

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.auth import encode_client_secret_basic
from msgspec import Struct

from alerts.access.discovery import TIMEOUT, Known, ProviderAway
from alerts.access.login_fault import LoginFault

_OUR_FAULT = ("invalid_client", "unauthorized_client")


class Client(Struct, frozen=True):
    """This site, as the provider knows it. A site without a secret is told by PKCE alone."""

    client_id: str
    secret: str | None
    redirect_uri: str
    scope: str

    def authorization_url(self, known: Known, state: str, nonce: str, verifier: str) -> str:
        """The provider's page to log in at."""
        with self._session(known) as session:
            url, _ = session.create_authorization_url(
                known.authorization, state=state, code_verifier=verifier, nonce=nonce
            )
        return str(url)

    def id_token(self, known: Known, code: str, verifier: str) -> str | LoginFault:
        """The token for a code. `ProviderAway` if the provider is."""
        try:
            with self._session(known) as session:
                told = session.fetch_token(
                    known.token,
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                    allow_redirects=False,
                )
        except AuthlibBaseError as error:
            is_ours = error.error in _OUR_FAULT
            return LoginFault.CLIENT_REFUSED if is_ours else LoginFault.CODE_NOT_TAKEN
        except (requests.RequestException, ValueError, TypeError) as error:
            raise ProviderAway(
                f"the login provider does not exchange the code ({type(error).__name__})"
            ) from error
        token = told.get("id_token")
        return token if isinstance(token, str) and token else LoginFault.NO_ID_TOKEN

    def _session(self, known: Known) -> Any:
        session = OAuth2Session(
            self.client_id,
            self.secret,
            token_endpoint_auth_method=self._method(known),
            scope=self.scope,
            redirect_uri=self.redirect_uri,
            code_challenge_method="S256",
            default_timeout=TIMEOUT,
        )
        session.register_client_auth_method(("client_secret_basic", _basic))
        return session

    def _method(self, known: Known) -> str:
        if not self.secret:
            return "none"
        return "client_secret_post" if known.asks_secret_in_form else "client_secret_basic"


def _basic(client: Any, *request: Any) -> Any:
    """The secret in the header, form-encoded first as RFC 6749, 2.3.1 has it; Authlib leaves that
    out, and a secret with `%` or `+` in it would be another one."""
    encoded = _Encoded(quote_plus(client.client_id), quote_plus(client.client_secret))
    return encode_client_secret_basic(encoded, *request)


class _Encoded(Struct, frozen=True):
    client_id: str
    client_secret: str
