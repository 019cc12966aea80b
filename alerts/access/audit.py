"""The audit: who saw and did what, each row chained to the one before (`alerts.access.chain`)."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct, field
from sqlalchemy import Connection, Engine, String, insert, select, update

from alerts.access import chain
from alerts.access.group_commit import Closed, GroupCommit
from alerts.store import access_schema

_MOST = 500  # entries of a transaction
_SIZES = {
    column.name: column.type.length
    for column in access_schema.audit.c
    if isinstance(column.type, String) and column.type.length
}


class NotNoted(Exception):
    """An act could not be noted, and so must not be done or shown."""


class Entry(Struct, frozen=True):
    """What is noted of one act: who (as they were then), what, of which lease, and whether it was
    allowed. Characters that a database cannot keep are written out, and what is longer than its
    column is cut: no act goes unnoted for what somebody typed."""

    subject: str
    role: str
    municipality: str | None
    action: str
    lease_id: str | None = None
    detail: dict[str, str] = field(default_factory=dict)
    allowed: bool = True


class AuditLog:
    """Notes acts, of any number of threads and processes, in one chain. `clock` gives epoch
    seconds. It has a thread of its own, which commits all that waits at once."""

    def __init__(self, engine: Engine, clock: Callable[[], float]) -> None:
        self._engine = engine
        self._clock = clock
        self._commits = GroupCommit[Sequence[Entry], int](self._write, _MOST, "audit")

    def note(self, entry: Entry) -> int:
        """Note an act: its number, once it is committed. Blocks until then; for any thread."""
        return self.note_all([entry])

    def note_all(self, entries: Sequence[Entry]) -> int:
        """Note what belongs together in one transaction, one at least: the number of the last.

        `NotNoted` if it could not be, or the log is closed; the next one is tried anew. Where the
        database went away in the midst of a commit the entry may be there all the same.
        """
        try:
            return self._commits.do(entries)
        except Closed as error:
            raise NotNoted("the audit is closed") from error
        except Exception as error:
            raise NotNoted(f"the audit cannot be written ({type(error).__name__})") from error

    def close(self) -> None:
        """Note what waits, and then no more."""
        self._commits.close()

    def _write(self, groups: list[Sequence[Entry]]) -> list[int]:
        at = datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="milliseconds")
        with self._engine.begin() as connection:
            rows, numbers, last = list[dict[str, Any]](), list[int](), _head(connection)
            for group in groups:
                for entry in group:
                    rows.append(_chained(_row(entry, at), last))
                    last = (rows[-1]["seq"], rows[-1]["hash"])
                numbers.append(last[0])
            connection.execute(insert(access_schema.audit), rows)
            head = update(access_schema.audit_head).where(access_schema.audit_head.c.id == 1)
            connection.execute(head.values(seq=last[0], hash=last[1]))
        return numbers


def _head(connection: Connection) -> chain.Anchor:
    """The last row there is; nobody else adds one before this transaction ends."""
    head = access_schema.audit_head
    query = select(head.c.seq, head.c.hash).where(head.c.id == 1).with_for_update()
    row = connection.execute(query).one()
    return row.seq, row.hash


def _chained(row: dict[str, Any], last: chain.Anchor) -> dict[str, Any]:
    """The row with its number and its hashes, behind the last."""
    row = {"seq": last[0] + 1, **row, "previous_hash": last[1]}
    return {**row, "hash": chain.digest(row["seq"], row, last[1])}


def _row(entry: Entry, at: str) -> dict[str, Any]:
    told = {key: _kept(value) for key, value in entry.detail.items()}
    return {
        "at": at,
        "subject": _fit("subject", entry.subject),
        "role": _fit("role", entry.role),
        "municipality": _fit("municipality", entry.municipality),
        "action": _fit("action", entry.action),
        "lease_id": _fit("lease_id", entry.lease_id),
        "detail": json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        "allowed": int(entry.allowed),
    }


def _fit(name: str, text: str | None) -> str | None:
    return None if text is None else _kept(text)[: _SIZES[name]]


def _kept(text: str) -> str:
    """A text as either database keeps it: PostgreSQL has no NUL, neither has half a character."""
    text = str(text).replace("\0", "\\x00")
    return text.encode("utf-8", "backslashreplace").decode()
