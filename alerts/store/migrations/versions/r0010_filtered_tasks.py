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

_NEW: dict[str, Any] = {
    "protected": sa.Integer,
    "playbook": sa.String(100),
    "step": sa.String(100),
    "legal_deadline": sa.String(10),
    "assigned_to": sa.String(200),
    "planned_on": sa.String(10),
    "opened_on": sa.String(10),
}
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
    for name, kind in _NEW.items():
        op.add_column("tasks", sa.Column(name, kind))
    _index((*_ORDER, *_FILTERED))
    planned = sa.text(f"{_WHERE.text} AND planned_on IS NOT NULL")
    for day, rows in (("planned", planned), ("opened", _WHERE)):
        op.create_index(
            f"ix_tasks_{day}",
            "tasks",
            ["municipality", f"{day}_on"],
            sqlite_where=rows,
            postgresql_where=rows,
        )


def downgrade() -> None:
    op.drop_index("ix_tasks_opened", "tasks")
    op.drop_index("ix_tasks_planned", "tasks")
    _index(_ORDER)
    for name in reversed(_NEW):
        op.drop_column("tasks", name)


def _index(columns: tuple[Any, ...]) -> None:
    op.drop_index("ix_tasks_municipality", "tasks")
    op.create_index(
        "ix_tasks_municipality",
        "tasks",
        list(columns),
        sqlite_where=_WHERE,
        postgresql_where=_WHERE,
    )
