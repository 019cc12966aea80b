"""When a report is followed up, so that a case stands on a list until then.

The tasks' columns of earlier revisions (`closed_as`, `protected`) are filled in here too: rows are
placed once, when all columns are there.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from alerts.store import task_rows

revision: str = "r0015"
down_revision: str | Sequence[str] | None = "r0014"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_COLUMNS = ["municipality", "back_on", "lease_id", "task_id", "district", "protected"]


def upgrade() -> None:
    op.add_column("tasks", sa.Column("back_on", sa.String(10)))
    task_rows.place_all(op.get_bind())
    rows = sa.text("back_on IS NOT NULL")
    op.create_index(
        "ix_tasks_followed", "tasks", _COLUMNS, sqlite_where=rows, postgresql_where=rows
    )


def downgrade() -> None:
    op.drop_index("ix_tasks_followed", "tasks")
    op.drop_column("tasks", "back_on")
