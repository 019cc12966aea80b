"""The columns by which a caseworker's list is filtered. The newest revision that gave tasks columns
fills them."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision: str = "r0010"
down_revision: str | Sequence[str] | None = "r0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_NEW = (
    sa.Column("protected", sa.Integer),
    sa.Column("playbook", sa.String(100)),
    sa.Column("step", sa.String(100)),
    sa.Column("legal_deadline", sa.String(10)),
    sa.Column("assigned_to", sa.String(200)),
    sa.Column("planned_on", sa.String(10)),
    sa.Column("opened_on", sa.String(10)),
)
_ORDER: tuple[Any, ...] = (
    *("municipality", "band", "household_group", "nearest_on", sa.text("risk_points DESC")),
    *("last_contact_on", "lease_id", "task_id", "district"),
)
_FILTERED = (
    *("protected", "assigned_to", "playbook", "step"),
    *("legal_deadline", "planned_on", "opened_on"),
)
_WHERE = sa.text("state <> 'closed' AND waits_until IS NULL")


def upgrade() -> None:
    for column in _NEW:
        op.add_column("tasks", sa.Column(column.name, column.type))
    _index((*_ORDER, *_FILTERED))


def downgrade() -> None:
    _index(_ORDER)
    for column in reversed(_NEW):
        op.drop_column("tasks", column.name)


def _index(columns: tuple[Any, ...]) -> None:
    op.drop_index("ix_tasks_municipality", "tasks")
    op.create_index(
        "ix_tasks_municipality",
        "tasks",
        list(columns),
        sqlite_where=_WHERE,
        postgresql_where=_WHERE,
    )
