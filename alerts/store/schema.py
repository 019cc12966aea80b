"""The tables. Alembic's migrations make them; a test holds the two together.

Hot columns are text, integers and bytes, so that bulk statements need no conversion; days are ISO
text. `leases.state` is the encoded lease; `key_id` names the key that will seal its personal
fields, so that erasing the key erases them.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
)

topic = Table(
    "topic",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("topic_id", String(64), nullable=False),
    Column("partitions", Integer, nullable=False),
)

partitions = Table(
    "partitions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("next_offset", BigInteger, nullable=False),
    Column("state", LargeBinary, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("lease_id", String(100), primary_key=True),
    Column("partition", Integer, nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("state_version", Integer, nullable=False),
    Column("wake_on", String(10)),
    Column("registered", Integer, nullable=False),
    Column("incomplete", Integer, nullable=False),
    Column("key_id", String(64)),
)
Index(None, leases.c.partition, leases.c.wake_on)

tasks = Table(
    "tasks",
    metadata,
    Column("task_id", String(36), primary_key=True),
    Column("partition", Integer, nullable=False),
    Column("lease_id", String(100), nullable=False),
    Column("municipality", String(4), nullable=False),
    Column("state", String(10), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("band", String(1), nullable=False),
    Column("body", LargeBinary, nullable=False),
)
Index(None, tasks.c.state, tasks.c.municipality, tasks.c.band)
Index(None, tasks.c.lease_id)

history = Table(
    "history",
    metadata,
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("lease_id", String(100), nullable=False),
    Column("day", String(10), nullable=False),
    Column("task_id", String(36)),
    Column("said", Text, nullable=False),
)
Index(None, history.c.lease_id)

outbox = Table(
    "outbox",
    metadata,
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("topic", String(200), nullable=False),
    Column("key", LargeBinary),
    Column("value", LargeBinary, nullable=False),
    Column("headers", Text, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("to_partition", Integer),
)

refused = Table(
    "refused",
    metadata,
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("topic", String(200), nullable=False),
    Column("key", LargeBinary),
    Column("value", LargeBinary, nullable=False),
    Column("headers", Text, nullable=False),
    Column("to_partition", Integer),
    Column("since", Float, nullable=False),
    Column("tried", Float, nullable=False),
    Column("why", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("by", String(200)),
    Column("reason", String(200)),
)
Index(None, refused.c.state, refused.c.tried)

relayed = Table(
    "relayed",
    metadata,
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
)

dead_records = Table(
    "dead_records",
    metadata,
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("offset", BigInteger, primary_key=True, autoincrement=False),
    Column("error", String(64), nullable=False),
    Column("state", String(10), nullable=False),
    Column("body", LargeBinary, nullable=False),
)

rules = Table(
    "rules",
    metadata,
    Column("digest", String(32), primary_key=True),
    Column("body", Text, nullable=False),
)

rule_changes = Table(
    "rule_changes",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("digest", String(32), nullable=False),
    Column("offset", BigInteger),
    Column("saved", Integer, nullable=False),
)

holders = Table(
    "holders",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("owner", String(200), nullable=False),
    Column("until", Float, nullable=False),
)
