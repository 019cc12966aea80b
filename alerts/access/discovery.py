"""What the login provider says of itself: its pages and the keys it signs with."""

from typing import Any

import requests
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key, KeySet
from msgspec import Struct

from alerts import site_settings

TIMEOUT = 10  # seconds without a word from the provider
_WELL_KNOWN = "/.well-known/openid-configuration"


class ProviderAway(Exception):
    """The provider does not answer, or not as one; the text says which."""


class Known(Struct, frozen=True):
    """The provider as it described itself."""

    authorization: str
    token: str
    logout: str | None
    asks_secret_in_form: bool
    tells_issuer: bool
    keys: KeySet


def discover(issuer: str) -> Known:
    """Ask the provider. `ProviderAway` if it is away, speaks for another issuer, or names a page to
    which no secret may be sent."""
    told = get_json(issuer.rstrip("/") + _WELL_KNOWN)
    if told.get("issuer") != issuer:
        raise ProviderAway("the login provider calls itself by another address than the issuer's")
    methods = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Known(
        authorization=_page(told, "authorization_endpoint"),
        token=_page(told, "token_endpoint"),
        logout=_page(told, "end_session_endpoint") if told.get("end_session_endpoint") else None,
        asks_secret_in_form="client_secret_basic" not in methods
        and "client_secret_post" in methods,
        tells_issuer=told.get("authorization_response_iss_parameter_supported") is True,
        keys=_keys(get_json(_page(told, "jwks_uri"))),
    )


def get_json(address: str) -> dict[str, Any]:
    """The object at an address; no other address is followed. `ProviderAway`."""
    try:
        answer = requests.get(address, timeout=TIMEOUT, allow_redirects=False)
        told = answer.json() if answer.status_code == 200 else None
    except (requests.RequestException, ValueError) as error:
        raise ProviderAway(
            f"the login provider does not answer ({type(error).__name__})"
        ) from error
    if not isinstance(told, dict):
        raise ProviderAway(f"the login provider answers with status {answer.status_code}")
    return told


def _page(told: dict[str, Any], name: str) -> str:
    address = told.get(name)
    if not isinstance(address, str) or not site_settings.is_safe(address):
        raise ProviderAway(f"the login provider names no {name} that is https")
    return address


def _keys(told: dict[str, Any]) -> KeySet:
    """The keys that can be read, and that are no shared secret."""
    listed = told.get("keys")
    found = [_key(one) for one in listed] if isinstance(listed, list) else []
    return KeySet([key for key in found if key is not None])


def _key(told: Any) -> Key | None:
    if not isinstance(told, dict) or told.get("kty") == "oct":
        return None
    try:
        return JWKRegistry.import_key(told)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
