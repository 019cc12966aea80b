"""What the last verification found; the audit's few rows that were refused or broke a glass."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "r0013"
down_revision: str | Sequence[str] | None = "r0012"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_FEW = {"ix_audit_denied": "allowed = 0", "ix_audit_glass": "action = 'glass_broken'"}


def upgrade() -> None:
    op.create_table(
        "verified",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("differences", sa.Integer, nullable=False),
        sa.Column("partitions", sa.Integer, nullable=False),
        sa.Column("release", sa.String(100), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_verified"),
    )
    for name, rows in _FEW.items():
        where = sa.text(rows)
        op.create_index(name, "audit", ["seq"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    for name in _FEW:
        op.drop_index(name, "audit")
    op.drop_table("verified")
