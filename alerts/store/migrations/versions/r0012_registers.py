"""The registers' leases by an index of their own, and why tasks were closed as a column."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from alerts.store import registers

revision: str = "r0012"
down_revision: str | Sequence[str] | None = "r0011"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_CLOSED = ["closed_on", "municipality", "district", "protected", "closed_as", "lease_id"]


def upgrade() -> None:
    op.add_column("leases", sa.Column("register_of", sa.String(4)))
    op.add_column("tasks", sa.Column("closed_as", sa.String(100)))
    registers.place_all(op.get_bind())
    _index("ix_leases_register", "leases", ["register_of", "lease_id"], "register_of IS NOT NULL")
    op.drop_index("ix_tasks_closed", "tasks")
    _index("ix_tasks_closed", "tasks", _CLOSED, "closed_on IS NOT NULL")


def downgrade() -> None:
    op.drop_index("ix_tasks_closed", "tasks")
    _index("ix_tasks_closed", "tasks", ["closed_on"], "closed_on IS NOT NULL")
    op.drop_index("ix_leases_register", "leases")
    op.drop_column("tasks", "closed_as")
    op.drop_column("leases", "register_of")


def _index(name: str, table: str, columns: list[str], rows: str) -> None:
    where = sa.text(rows)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
