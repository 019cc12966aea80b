"""Tasks are sorted by one number of risk, whichever scorer ranks them."""

from collections.abc import Sequence

from alembic import op

from alerts.store import task_rows

revision: str = "r0008"
down_revision: str | Sequence[str] | None = "r0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.execute("ALTER TABLE tasks RENAME COLUMN risk_points TO risk_order")
    task_rows.place_all(op.get_bind())


def downgrade() -> None:
    op.execute("ALTER TABLE tasks RENAME COLUMN risk_order TO risk_points")
