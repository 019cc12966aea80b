"""The audit's rows as people ask for them: of a lease, or of a person; newest first."""

import json
from typing import Any

from sqlalchemy import Connection, select

from alerts.store import schema

_TABLE = schema.audit


def rows(
    connection: Connection, *, lease_id: str | None = None, by: str | None = None, limit: int = 100
) -> list[dict[str, Any]]:
    """The newest rows, at most `limit`; `detail` as it was given."""
    query = select(_TABLE).order_by(_TABLE.c.seq.desc()).limit(limit)
    if lease_id is not None:
        query = query.where(_TABLE.c.lease_id == lease_id)
    if by is not None:
        query = query.where(_TABLE.c.subject == by)
    return [_told(dict(row)) for row in connection.execute(query).mappings()]


def _told(row: dict[str, Any]) -> dict[str, Any]:
    names = ("seq", "at", "subject", "role", "municipality", "action", "lease_id")
    told = {name: row[name] for name in names}
    return {**told, "allowed": bool(row["allowed"]), "detail": _detail(row["detail"])}


def _detail(text: str) -> Any:
    """The detail; a row that was edited is shown as it is."""
    try:
        return json.loads(text)
    except ValueError:
        return text
