"""Where landlords have leases, which of them is to mend a dead record, and on what basis they pass
data on."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from alerts.store import landlord_rows

revision: str = "r0011"
down_revision: str | Sequence[str] | None = "r0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_YES_OR_NO = ("reminded", "contacted", "pointed", "offered", "unopposed")


def upgrade() -> None:
    op.create_table(
        "landlord_towns",
        sa.Column("municipality", sa.String(4), nullable=False),
        sa.Column("landlord", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("municipality", "landlord", name="pk_landlord_towns"),
    )
    op.add_column("dead_records", sa.Column("landlord", sa.String(40)))
    landlord_rows.fill_all(op.get_bind())
    where = sa.text("state = 'open'")
    op.create_index(
        "ix_dead_records_landlord",
        "dead_records",
        ["landlord", "partition", "offset"],
        sqlite_where=where,
        postgresql_where=where,
    )
    _create_bases()


def downgrade() -> None:
    op.drop_table("sharing_bases")
    op.drop_index("ix_dead_records_landlord", "dead_records")
    op.drop_column("dead_records", "landlord")
    op.drop_table("landlord_towns")


def _create_bases() -> None:
    op.create_table(
        "sharing_bases",
        sa.Column("basis_id", sa.String(36), nullable=False),
        sa.Column("municipality", sa.String(4), nullable=False),
        sa.Column("landlord", sa.String(40), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("since", sa.String(10), nullable=False),
        sa.Column("until", sa.String(10)),
        *(sa.Column(name, sa.Integer, nullable=False) for name in _YES_OR_NO),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("basis_id", name="pk_sharing_bases"),
    )
    op.create_index(
        "ix_sharing_bases_municipality_landlord_at",
        "sharing_bases",
        ["municipality", "landlord", "at"],
    )
