"""The audit's rows as people ask for them: of a lease, or of a person; newest first."""

import json
from collections.abc import Collection
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, select

from alerts.store import access_schema

_TABLE = access_schema.audit
Only = Literal["denied", "glass"]
_ONLY: dict[Only, ColumnElement[bool]] = {
    "denied": access_schema.DENIED,
    "glass": access_schema.GLASS_BROKEN,
}


def rows(
    connection: Connection,
    *,
    lease_id: str | None = None,
    by: str | Collection[str] | None = None,
    only: Only | None = None,
    municipality: str | None = None,
    before: int | None = None,
    limit: int = 100,
) -> list[dict[str, Any]]:
    """The newest rows, at most `limit`; `detail` as it was given. `by` is a person, or any of
    several; `only` what was denied, or where the glass was broken; `municipality` whose people did
    it; `before` leaves out the row of that number and all that are newer."""
    query = select(_TABLE).order_by(_TABLE.c.seq.desc()).limit(limit)
    if lease_id is not None:
        query = query.where(_TABLE.c.lease_id == lease_id)
    if by is not None:
        query = query.where(_TABLE.c.subject.in_([by] if isinstance(by, str) else by))
    if only is not None:
        query = query.where(_ONLY[only])
    if municipality is not None:
        query = query.where(_TABLE.c.municipality == municipality)
    if before is not None:
        query = query.where(_TABLE.c.seq < before)
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
