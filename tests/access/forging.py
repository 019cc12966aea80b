"""What somebody who can write the database does to the audit: the triggers are taken away first."""

from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, text, update

from alerts.access import chain
from alerts.store import access_schema

AUDIT, HEAD = access_schema.audit, access_schema.audit_head
TRIGGERS = {
    "sqlite": ("audit_no_update", "audit_no_delete", "audit_no_replace"),
    "postgresql": ("audit_no_change", "audit_no_truncate"),
}


def unlock(engine: Engine) -> None:
    """Take the triggers away."""
    on = "" if engine.dialect.name == "sqlite" else " ON audit"
    with engine.begin() as connection:
        for name in TRIGGERS[engine.dialect.name]:
            connection.execute(text(f"DROP TRIGGER {name}{on}"))


def edit(connection: Connection, row: int, /, **news: Any) -> None:
    """Change a row."""
    connection.execute(update(AUDIT).where(AUDIT.c.seq == row).values(**news))


def remove(connection: Connection, seq: int) -> None:
    """Delete a row."""
    connection.execute(delete(AUDIT).where(AUDIT.c.seq == seq))


def renumber(connection: Connection, seq: int, to: int) -> None:
    """Give a row another number."""
    edit(connection, seq, seq=to)


def put_in(connection: Connection, seq: int, like: int) -> None:
    """Add a row with a hash that is right for itself."""
    row = dict(connection.execute(select(AUDIT).where(AUDIT.c.seq == like)).mappings().one())
    row |= {"seq": seq, "subject": "nobody", "previous_hash": row["hash"]}
    row["hash"] = chain.digest(seq, row, row["previous_hash"])
    connection.execute(insert(AUDIT), row)


def write_anew(connection: Connection, **news: Any) -> None:
    """Change every row and give all of them hashes that fit, and the head too."""
    rows = [dict(row) for row in connection.execute(select(AUDIT).order_by(AUDIT.c.seq)).mappings()]
    last = chain.NOTHING
    for row in rows:
        row |= {**news, "previous_hash": last}
        last = chain.digest(row["seq"], row, last)
        edit(
            connection, row["seq"], **{**news, "previous_hash": row["previous_hash"], "hash": last}
        )
    connection.execute(update(HEAD).values(hash=last))
