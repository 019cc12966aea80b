"""Why a login was refused, by name; the page says it in words."""

from enum import StrEnum

from msgspec import Struct


class LoginFault(StrEnum):
    """Every reason there is."""

    UNKNOWN_LOGIN = "unknown_login"  # never begun here, or used already
    TOO_LATE = "too_late"
    OTHER_BROWSER = "other_browser"
    REFUSED_THERE = "refused_there"  # by the provider, or the person gave up
    FOREIGN_ISSUER = "foreign_issuer"
    NO_CODE = "no_code"
    CODE_NOT_TAKEN = "code_not_taken"
    CLIENT_REFUSED = "client_refused"  # the provider does not know this site, or its secret
    NO_ID_TOKEN = "no_id_token"
    BAD_SIGNATURE = "bad_signature"  # also an algorithm that anybody could use
    OTHER_AUDIENCE = "other_audience"
    EXPIRED = "expired"
    WRONG_TIME = "wrong_time"
    WRONG_NONCE = "wrong_nonce"
    NO_SUBJECT = "no_subject"


class LoginRefused(Struct, frozen=True):
    """A login that is no login."""

    fault: LoginFault
