"""Names and arguments instead of sentences; dead records are no letters.

What was written before keeps its words (`alerts.store.upcast`).
"""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

from alerts.store import upcast

revision: str = "r0002"
down_revision: str | Sequence[str] | None = "r0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ROWS_AT_ONCE = 1_000
_TASKS = sa.table("tasks", sa.column("task_id"), sa.column("body", sa.LargeBinary))
_HISTORY = sa.table("history", sa.column("partition"), sa.column("seq"), sa.column("said", sa.Text))
_OUTBOX = sa.table(
    "outbox",
    sa.column("partition"),
    sa.column("seq"),
    sa.column("topic"),
    sa.column("value", sa.LargeBinary),
)
_RELAYED = sa.table("relayed", sa.column("partition"), sa.column("seq"))


def upgrade() -> None:
    op.rename_table("dead_letters", "dead_records")
    op.execute("ALTER TABLE history RENAME COLUMN text TO said")
    _convert(_TASKS, ("task_id",), "body", lambda row: upcast.visit_task(row.body))
    _convert(_HISTORY, ("partition", "seq"), "said", lambda row: _said(row.said))
    _convert(
        _OUTBOX,
        ("partition", "seq"),
        "value",
        lambda row: upcast.outgoing(row.topic, row.value),
        where=_OUTBOX.c.topic.in_(list(upcast.MESSAGES)),
    )


def downgrade() -> None:
    raise NotImplementedError("the words are gone from what is stored: restore a backup instead")


def _said(text: str) -> str:
    return msgspec.json.encode([upcast.as_written(text)]).decode()


def _convert(
    table: sa.TableClause,
    keys: tuple[str, ...],
    column: str,
    change: Callable[[Any], object],
    where: sa.ColumnElement[bool] | None = None,
) -> None:
    """Rewrite `column` of every row, some at a time."""
    connection = op.get_bind()
    wanted = sa.select(table) if where is None else sa.select(table).where(where)
    rows = connection.execute(wanted).all()
    match = sa.and_(*(table.c[key] == sa.bindparam(f"key_{key}") for key in keys))
    statement = sa.update(table).where(match).values({column: sa.bindparam("new")})
    for at in range(0, len(rows), _ROWS_AT_ONCE):
        changed = [
            {**{f"key_{key}": getattr(row, key) for key in keys}, "new": change(row)}
            for row in rows[at : at + _ROWS_AT_ONCE]
        ]
        connection.execute(statement, changed)
