"""Sessions: an opaque token at the browser, its SHA-256 here, so a stolen table opens none."""

import hashlib
import hmac
import secrets

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Engine, and_, delete, insert, select, update

from alerts.access import logins, people
from alerts.access.person import Person
from alerts.store import access_schema
from alerts.store.database import reading

IDLE = 30 * 60.0  # seconds without a request after which a session is over
LIFE = 10 * 3_600.0  # seconds after which it is over in any case
_SELDOM = 60.0  # seconds between two notes that it is in use
_TABLE = access_schema.sessions


class Session(Struct, frozen=True):
    """A session in use; `id_token` is what the provider wants back at logout, `rests` whether it is
    so long ago that it was noted as used that it is to be noted again."""

    person: Person
    id_token: str | None
    began: float
    rests: bool = False


def open_session(engine: Engine, person: Person, id_token: str | None, now: float) -> str:
    """Begin a session, and remember the person: its token, which is told to the browser alone.
    Raises faults of the database."""
    token = secrets.token_urlsafe(32)
    row = {
        "token_sha256": _digest(token),
        "subject": person.subject,
        "person": msgspec.json.encode(person).decode(),
        "id_token": id_token,
        "began": now,
        "seen": now,
    }
    with engine.begin() as connection:
        people.remember(connection, person, now)
        connection.execute(insert(_TABLE), row)
    return token


def load(connection: Connection, token: str, now: float) -> Session | None:
    """The session of a token that a browser sent; None if there is none, or it is over."""
    row = connection.execute(select(_TABLE).where(_is(token), _lives(now))).first()
    if row is None:
        return None
    try:
        person = msgspec.json.decode(row.person, type=Person)
    except msgspec.DecodeError:  # of another release: to log in again mends it
        return None
    return Session(person, row.id_token, row.began, row.seen <= now - _SELDOM)


def touch(engine: Engine, token: str, now: float) -> None:
    """Note that a session is in use, at most once a minute; one that is over stays so. Raises
    faults of the database."""
    due = and_(_is(token), _lives(now), _TABLE.c.seen <= now - _SELDOM)
    with reading(engine) as connection:
        if connection.scalar(select(_TABLE.c.token_sha256).where(due)) is None:
            return
    with engine.begin() as connection:
        connection.execute(update(_TABLE).where(due).values(seen=now))


def close(engine: Engine, token: str) -> None:
    """End a session, if there is one. Raises faults of the database."""
    with engine.begin() as connection:
        connection.execute(delete(_TABLE).where(_is(token)))


def form_token(token: str) -> str:
    """What each form of a session carries. Keyed by the session's own token, which no other site
    can know: so there is no further secret to keep."""
    return hmac.new(_bytes(token), b"bokvar form", hashlib.sha256).hexdigest()


def matches(token: str, given: str) -> bool:
    """Does a form that came carry this session's form token? As slow for any wrong one."""
    return hmac.compare_digest(form_token(token).encode(), _bytes(given))


def sweep(engine: Engine, now: float) -> None:
    """Delete sessions and logins that are over. Raises faults of the database."""
    with engine.begin() as connection:
        connection.execute(delete(_TABLE).where(~_lives(now)))
        logins.sweep(connection, now)


def _lives(now: float) -> ColumnElement[bool]:
    return and_(_TABLE.c.seen >= now - IDLE, _TABLE.c.began >= now - LIFE)


def _is(token: str) -> ColumnElement[bool]:
    return _TABLE.c.token_sha256 == _digest(token)


def _digest(token: str) -> str:
    return hashlib.sha256(_bytes(token)).hexdigest()


def _bytes(text: str) -> bytes:
    """Any string's bytes: a browser's may hold what is no text."""
    return text.encode("utf-8", "surrogatepass")
