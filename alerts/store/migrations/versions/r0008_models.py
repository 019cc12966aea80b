"""The models that ever ranked the list are kept beside what they ranked."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "r0008"
down_revision: str | Sequence[str] | None = "r0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "models",
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("manifest", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("drift", sa.LargeBinary),
        sa.PrimaryKeyConstraint("version", name="pk_models"),
    )


def downgrade() -> None:
    op.drop_table("models")
