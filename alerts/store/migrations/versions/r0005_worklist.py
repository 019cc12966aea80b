"""The worklist's order in columns, and counts beside the watermark.

What is there is filled in by the program's own functions (`alerts.store`), as it writes rows: the
tasks by the newest revision that gave them columns.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from alerts.store import counted

revision: str = "r0005"
down_revision: str | Sequence[str] | None = "r0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_OPEN = "state <> 'closed'"
_ORDER = (
    *("band", "household_group", "nearest_on", sa.text("risk_points DESC"), "last_contact_on"),
    *("lease_id", "task_id"),
)


def upgrade() -> None:
    op.add_column("partitions", sa.Column("counted", sa.LargeBinary))
    op.add_column("tasks", sa.Column("district", sa.String(200)))
    op.add_column("tasks", sa.Column("household_group", sa.Integer))
    op.add_column("tasks", sa.Column("nearest_on", sa.String(10)))
    op.add_column("tasks", sa.Column("risk_points", sa.Integer))
    op.add_column("tasks", sa.Column("last_contact_on", sa.String(10)))
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":  # ids are in the order of their bytes everywhere
        op.execute('ALTER TABLE tasks ALTER COLUMN lease_id TYPE varchar(100) COLLATE "C"')
    counted.recount(connection)
    op.drop_index("ix_tasks_state_municipality_band", "tasks")
    _index("ix_tasks_worklist", "tasks", [*_ORDER, "district"], _OPEN)
    _index("ix_tasks_municipality", "tasks", ["municipality", *_ORDER, "district"], _OPEN)
    _index("ix_dead_records_open", "dead_records", ["partition", "offset"], "state = 'open'")
    _index("ix_leases_held", "leases", ["lease_id"], "registered = 0")
    _index("ix_leases_incomplete", "leases", ["lease_id"], "incomplete = 1")


def downgrade() -> None:
    for name, table in (
        ("ix_leases_incomplete", "leases"),
        ("ix_leases_held", "leases"),
        ("ix_dead_records_open", "dead_records"),
        ("ix_tasks_municipality", "tasks"),
        ("ix_tasks_worklist", "tasks"),
    ):
        op.drop_index(name, table)
    op.create_index("ix_tasks_state_municipality_band", "tasks", ["state", "municipality", "band"])
    for name in ("last_contact_on", "risk_points", "nearest_on", "household_group", "district"):
        op.drop_column("tasks", name)
    op.drop_column("partitions", "counted")


def _index(name: str, table: str, columns: list[Any], rows: str) -> None:
    where = sa.text(rows)
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
