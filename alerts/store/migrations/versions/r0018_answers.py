"""What a landlord was answered of a lease stays in its history, and is found by the landlord."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "r0018"
down_revision: str | Sequence[str] | None = "r0017"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_ROWS = sa.text("landlord IS NOT NULL")


def upgrade() -> None:
    op.add_column("history", sa.Column("landlord", sa.String(40)))
    op.create_index(
        "ix_history_landlord",
        "history",
        ["landlord", "day", "partition", "seq"],
        sqlite_where=_ROWS,
        postgresql_where=_ROWS,
    )


def downgrade() -> None:
    op.drop_index("ix_history_landlord", "history")
    op.drop_column("history", "landlord")
