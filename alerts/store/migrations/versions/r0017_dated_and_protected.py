"""The leader's page finds clocks at risk and protected cases by indexes of those tasks alone."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "r0017"
down_revision: str | Sequence[str] | None = "r0016"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_OPEN = "state != 'closed' AND waits_until IS NULL"
_DATED = ["municipality", "legal_deadline", "lease_id", "task_id", "planned_on"]
_HIDDEN = ["municipality", "lease_id", "band", "legal_deadline", "opened_on"]
_FILTERED = ["assigned_to", "district", "protected"]


def upgrade() -> None:
    _index("ix_tasks_dated", [*_DATED, *_FILTERED], "legal_deadline IS NOT NULL")
    _index("ix_tasks_protected", [*_HIDDEN, *_FILTERED], "protected = 1")


def downgrade() -> None:
    op.drop_index("ix_tasks_protected", "tasks")
    op.drop_index("ix_tasks_dated", "tasks")


def _index(name: str, columns: list[str], which: str) -> None:
    rows = sa.text(f"{_OPEN} AND {which}")
    op.create_index(name, "tasks", columns, sqlite_where=rows, postgresql_where=rows)
