"""Which workers, relays and schedulers live, and whose leases there are."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "r0006"
down_revision: str | Sequence[str] | None = "r0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "heartbeats",
        sa.Column("part", sa.String(64), nullable=False),
        sa.Column("process", sa.String(200), nullable=False),
        sa.Column("began", sa.Float, nullable=False),
        sa.Column("beat", sa.Float, nullable=False),
        sa.Column("page", sa.String(200), nullable=False),
        sa.Column("trouble", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("part", "process", name="pk_heartbeats"),
    )
    op.add_column("leases", sa.Column("landlord", sa.String(40)))
    sqlite = op.get_bind().dialect.name == "sqlite"
    # A lease's id begins with its landlord's number; one that was sold is noted when it is next
    # written.
    prefix = "substr(lease_id, 1, instr(lease_id, ':') - 1)"
    op.execute(
        "UPDATE leases SET landlord = "
        + (prefix if sqlite else "split_part(lease_id, ':', 1)")
        + " WHERE registered = 1"
    )
    op.create_index("ix_leases_landlord", "leases", ["landlord", "partition"])


def downgrade() -> None:
    op.drop_index("ix_leases_landlord", "leases")
    op.drop_column("leases", "landlord")
    op.drop_table("heartbeats")
