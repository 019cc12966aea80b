"""Tasks that wait stand on a list of their own, and those closed lately are found by their day.

A later revision fills the columns."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "r0007"
down_revision: str | Sequence[str] | None = "r0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_OPEN = "state <> 'closed'"
_ORDER = (
    *("band", "household_group", "nearest_on", sa.text("risk_points DESC"), "last_contact_on"),
    *("lease_id", "task_id"),
)


def upgrade() -> None:
    op.add_column("tasks", sa.Column("waits_until", sa.String(10)))
    op.add_column("tasks", sa.Column("closed_on", sa.String(10)))
    _lists(f"{_OPEN} AND waits_until IS NULL")
    waiting = ["waits_until", "lease_id", "task_id"]
    _index("ix_tasks_waiting", waiting, f"{_OPEN} AND waits_until IS NOT NULL")
    _index("ix_tasks_closed", ["closed_on"], "closed_on IS NOT NULL")


def downgrade() -> None:
    op.drop_index("ix_tasks_closed", "tasks")
    op.drop_index("ix_tasks_waiting", "tasks")
    _lists(_OPEN)
    op.drop_column("tasks", "closed_on")
    op.drop_column("tasks", "waits_until")


def _lists(rows: str) -> None:
    """Make the worklist's indexes anew, of these rows."""
    for name, first in (("ix_tasks_worklist", []), ("ix_tasks_municipality", ["municipality"])):
        op.drop_index(name, "tasks")
        _index(name, [*first, *_ORDER, "district"], rows)


def _index(name: str, columns: list[Any], rows: str) -> None:
    where = sa.text(rows)
    op.create_index(name, "tasks", columns, sqlite_where=where, postgresql_where=where)
