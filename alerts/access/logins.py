"""Logins under way: what must be known again when the provider sends the browser back."""

import hashlib

from msgspec import Struct
from sqlalchemy import Connection, Engine, delete, insert

from alerts.store import access_schema

HOLDS = 600.0  # seconds in which a login must be done
_TABLE = access_schema.logins


class Login(Struct, frozen=True):
    """A login as it began (epoch seconds)."""

    nonce: str
    verifier: str
    next_path: str
    began: float


def digest(state: str) -> str:
    """What is kept of a state, in the table and at the browser."""
    return hashlib.sha256(state.encode("utf-8", "surrogatepass")).hexdigest()


def keep(engine: Engine, state: str, login: Login) -> None:
    """Keep a login under its state. Raises faults of the database."""
    row = {
        "state_sha256": digest(state),
        "nonce": login.nonce,
        "verifier": login.verifier,
        "next_path": login.next_path,
        "began": login.began,
    }
    with engine.begin() as connection:
        connection.execute(insert(_TABLE), row)


def take(engine: Engine, state: str) -> Login | None:
    """The login of a state, which is there no more: of two that ask at once one gets it. Raises
    faults of the database."""
    wanted = delete(_TABLE).where(_TABLE.c.state_sha256 == digest(state))
    columns = (_TABLE.c.nonce, _TABLE.c.verifier, _TABLE.c.next_path, _TABLE.c.began)
    with engine.begin() as connection:
        row = connection.execute(wanted.returning(*columns)).first()
    return None if row is None else Login(row.nonce, row.verifier, row.next_path, row.began)


def sweep(connection: Connection, now: float) -> None:
    """Delete those that were never done."""
    connection.execute(delete(_TABLE).where(_TABLE.c.began < now - HOLDS))
