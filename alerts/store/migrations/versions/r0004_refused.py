"""Messages that Kafka refuses stand aside; a message may be meant for one partition."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "r0004"
down_revision: str | Sequence[str] | None = "r0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("to_partition", sa.Integer))
    op.create_table(
        "refused",
        sa.Column("partition", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("topic", sa.String(200), nullable=False),
        sa.Column("key", sa.LargeBinary),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.Column("headers", sa.Text, nullable=False),
        sa.Column("to_partition", sa.Integer),
        sa.Column("since", sa.Float, nullable=False),
        sa.Column("tried", sa.Float, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("by", sa.String(200)),
        sa.Column("reason", sa.String(200)),
        sa.PrimaryKeyConstraint("partition", "seq", name="pk_refused"),
    )
    op.create_index("ix_refused_state_tried", "refused", ["state", "tried"])


def downgrade() -> None:
    op.drop_table("refused")
    op.drop_column("outbox", "to_partition")
