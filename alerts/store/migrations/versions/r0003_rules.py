"""Which rules there have been, and where in the log they begin."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "r0003"
down_revision: str | Sequence[str] | None = "r0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "rules",
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_rules"),
    )
    op.create_table(
        "rule_changes",
        sa.Column("sequence", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("partition", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("offset", sa.BigInteger),
        sa.Column("saved", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("sequence", "partition", name="pk_rule_changes"),
    )


def downgrade() -> None:
    op.drop_table("rule_changes")
    op.drop_table("rules")
