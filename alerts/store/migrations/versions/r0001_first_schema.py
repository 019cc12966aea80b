"""The first schema."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "r0001"
down_revision: str | Sequence[str] | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_TABLES = (
    *("topic", "partitions", "leases", "tasks", "history"),
    *("outbox", "relayed", "dead_letters", "holders"),
)
# A lease is rewritten with nearly every event it gets: with room left in its page, and as long as
# its waking day stands, the new row needs no new index entry (a heap-only update). Vacuuming after
# a fiftieth of the table, not a fifth, keeps that room free under a steady stream.
_REWRITTEN = {
    "fillfactor": 80,
    "autovacuum_vacuum_scale_factor": 0.02,
    "autovacuum_vacuum_cost_delay": 0,
    "autovacuum_analyze_scale_factor": 0.05,
}
# Rows go in and, once sent, out again: dead ones must not wait for a fifth of the table.
_PASSING = {"autovacuum_vacuum_scale_factor": 0.05}


def upgrade() -> None:
    _log()
    _leases()
    _tasks()
    _outgoing()


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)


def _log() -> None:
    op.create_table(
        "topic",
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("topic_id", sa.String(64), nullable=False),
        sa.Column("partitions", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_topic"),
    )
    op.create_table(
        "partitions",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("next_offset", sa.BigInteger, nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_partitions"),
    )
    op.create_table(
        "dead_letters",
        sa.Column("partition", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("offset", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("error", sa.String(64), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("partition", "offset", name="pk_dead_letters"),
    )


def _leases() -> None:
    op.create_table(
        "leases",
        sa.Column("lease_id", sa.String(100), nullable=False),
        sa.Column("partition", sa.Integer, nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.Column("state_version", sa.Integer, nullable=False),
        sa.Column("wake_on", sa.String(10)),
        sa.Column("registered", sa.Integer, nullable=False),
        sa.Column("incomplete", sa.Integer, nullable=False),
        sa.Column("key_id", sa.String(64)),
        sa.PrimaryKeyConstraint("lease_id", name="pk_leases"),
        postgresql_with=_REWRITTEN,
    )
    op.create_index("ix_leases_partition_wake_on", "leases", ["partition", "wake_on"])


def _tasks() -> None:
    op.create_table(
        "tasks",
        sa.Column("task_id", sa.String(36), nullable=False),
        sa.Column("partition", sa.Integer, nullable=False),
        sa.Column("lease_id", sa.String(100), nullable=False),
        sa.Column("municipality", sa.String(4), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("band", sa.String(1), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("task_id", name="pk_tasks"),
    )
    op.create_index("ix_tasks_state_municipality_band", "tasks", ["state", "municipality", "band"])
    op.create_index("ix_tasks_lease_id", "tasks", ["lease_id"])
    op.create_table(
        "history",
        sa.Column("partition", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("lease_id", sa.String(100), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("task_id", sa.String(36)),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("partition", "seq", name="pk_history"),
    )
    op.create_index("ix_history_lease_id", "history", ["lease_id"])


def _outgoing() -> None:
    op.create_table(
        "outbox",
        sa.Column("partition", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("topic", sa.String(200), nullable=False),
        sa.Column("key", sa.LargeBinary),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.Column("headers", sa.Text, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("partition", "seq", name="pk_outbox"),
        postgresql_with=_PASSING,
    )
    op.create_table(
        "relayed",
        sa.Column("partition", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("partition", name="pk_relayed"),
    )
    op.create_table(
        "holders",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("until", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_holders"),
    )
