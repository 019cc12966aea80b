"""When a note was taken back by whoever wrote it: its text is gone then, its row is not."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "r0016"
down_revision: str | Sequence[str] | None = "r0015"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("notes", sa.Column("taken_back", sa.String(40)))


def downgrade() -> None:
    op.drop_column("notes", "taken_back")
