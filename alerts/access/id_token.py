"""The provider's token of who somebody is: its signature, and that it was made for this login.

OpenID Connect Core 1.0, section 3.1.3.7.
"""

from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from msgspec import Struct

from alerts.access.login_fault import LoginFault

# Those with a private and a public half: with the others whoever checks could sign as well.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
              "Ed25519")  # fmt: skip
SKEW = 120.0  # seconds by which the provider's clock and ours may differ
_REGISTRY = JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)


class KeyUnknown(Exception):
    """Signed with no key that is known: a new one, perhaps."""


class Expected(Struct, frozen=True):
    """What the token of a login must say; `began` and `now` are epoch seconds."""

    issuer: str
    client_id: str
    nonce: str
    began: float
    now: float


def signed_claims(token: str, keys: KeySet) -> dict[str, Any] | None:
    """The claims, if one of `keys` signed them; None if they can never be believed. `KeyUnknown`
    if other keys might do."""
    try:
        return dict(jwt.decode(token, keys, list(ALGORITHMS), _REGISTRY).claims)
    except (InvalidKeyIdError, BadSignatureError) as error:
        raise KeyUnknown from error
    except (JoseError, ValueError, TypeError):
        return None


def fault_of(claims: Mapping[str, Any], expected: Expected) -> LoginFault | None:
    """The first thing that is wrong with claims whose signature is right."""
    if claims.get("iss") != expected.issuer:
        return LoginFault.FOREIGN_ISSUER
    if not _is_for(claims, expected.client_id):
        return LoginFault.OTHER_AUDIENCE
    if not _is_between(claims.get("exp"), expected.now - SKEW, float("inf")):
        return LoginFault.EXPIRED
    newest = expected.now + SKEW
    if not _is_between(claims.get("iat"), expected.began - SKEW, newest) or not _is_between(
        claims.get("nbf", 0), 0, newest
    ):
        return LoginFault.WRONG_TIME
    if claims.get("nonce") != expected.nonce:
        return LoginFault.WRONG_NONCE
    subject = claims.get("sub")
    return None if isinstance(subject, str) and subject else LoginFault.NO_SUBJECT


def _is_for(claims: Mapping[str, Any], client_id: str) -> bool:
    """Is it for us: alone, or among others by name of the one it was given to?"""
    audience, party = claims.get("aud"), claims.get("azp")
    named = audience if isinstance(audience, list) else [audience]
    if client_id not in named or party not in (None, client_id):
        return False
    return len(named) == 1 or party == client_id


def _is_between(told: Any, least: float, most: float) -> bool:
    """A number in that range; NaN is in none."""
    return isinstance(told, int | float) and not isinstance(told, bool) and least <= told <= most
