"""The tables. Alembic's migrations make them; a test holds the two together.

Hot columns are text, integers and bytes, so that bulk statements need no conversion; days are ISO
text. `partitions.counted` is what `alerts.store.counted` says; `leases.state` is the encoded lease,
`leases.landlord` the one whose reports it waits for, `dead_records.landlord` the one to mend it;
`key_id` names the key that will seal a lease's personal fields, so that erasing the key erases
them.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    and_,
    literal_column,
)

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
)

# Texts by which people see things sorted: alike in every database, whatever its language.
_BY_BYTES = String(100).with_variant(String(100, collation="C"), "postgresql")


def of_rows(rows: ColumnElement[bool]) -> dict[str, Any]:
    """What makes an index one of these rows alone."""
    return {"sqlite_where": rows, "postgresql_where": rows}


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
    Column("counted", LargeBinary),
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
    Column("landlord", String(40)),
    Column("register_of", String(4)),
)
Index(None, leases.c.partition, leases.c.wake_on)
# Which landlords have leases where, found without looking at all of them.
Index("ix_leases_landlord", leases.c.landlord, leases.c.partition)
# The few leases that wait for somebody. An index of some rows is used only where its condition
# stands in the query as it stands here.
HELD = leases.c.registered == literal_column("0")
INCOMPLETE = leases.c.incomplete == literal_column("1")
Index("ix_leases_held", leases.c.lease_id, **of_rows(HELD))
Index("ix_leases_incomplete", leases.c.lease_id, **of_rows(INCOMPLETE))
# Those with a guarantee or a contract to be reviewed, by whose they are (`alerts.store.registers`).
IN_REGISTERS = leases.c.register_of.is_not(None)
Index("ix_leases_register", leases.c.register_of, leases.c.lease_id, **of_rows(IN_REGISTERS))

# In which municipalities each landlord has, or has had, leases.
landlord_towns = Table(
    "landlord_towns",
    metadata,
    Column("municipality", String(4), primary_key=True),
    Column("landlord", String(40), primary_key=True),
)

tasks = Table(
    "tasks",
    metadata,
    Column("task_id", String(36), primary_key=True),
    Column("partition", Integer, nullable=False),
    Column("lease_id", _BY_BYTES, nullable=False),
    Column("municipality", String(4), nullable=False),
    Column("state", String(10), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("band", String(1), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("district", String(200)),
    Column("household_group", Integer),
    Column("nearest_on", String(10)),
    Column("risk_points", Integer),
    Column("last_contact_on", String(10)),
    Column("waits_until", String(10)),
    Column("closed_on", String(10)),
    Column("protected", Integer),
    Column("playbook", String(100)),
    Column("step", String(100)),
    Column("legal_deadline", String(10)),
    Column("assigned_to", String(200)),
    Column("planned_on", String(10)),
    Column("opened_on", String(10)),
    Column("closed_as", String(100)),
    Column("back_on", String(10)),
)
# `risk_points` are sorted by: the points, or the chance and then they (`priority.risk_order`).
# The worklist: the tasks to be done in the order of alerts.cases.priority, all or one
# municipality's. Those that wait for a day have a list of their own, by their days.
_NOT_CLOSED = tasks.c.state != literal_column("'closed'")
OPEN_TASKS = and_(_NOT_CLOSED, tasks.c.waits_until.is_(None))
WAITING_TASKS = and_(_NOT_CLOSED, tasks.c.waits_until.is_not(None))
PLANNED_TASKS = and_(OPEN_TASKS, tasks.c.planned_on.is_not(None))
CLOSED_TASKS = tasks.c.closed_on.is_not(None)
WORKLIST = (
    *(tasks.c.band, tasks.c.household_group, tasks.c.nearest_on, tasks.c.risk_points.desc()),
    *(tasks.c.last_contact_on, tasks.c.lease_id, tasks.c.task_id),
)
# What a list is filtered by stands last in its index, so that no row is read in vain.
FILTERED = (
    *(tasks.c.district, tasks.c.protected, tasks.c.assigned_to, tasks.c.playbook, tasks.c.step),
    *(tasks.c.legal_deadline, tasks.c.planned_on, tasks.c.opened_on),
)
Index("ix_tasks_worklist", *WORKLIST, tasks.c.district, **of_rows(OPEN_TASKS))
Index(
    "ix_tasks_municipality",
    *(tasks.c.municipality, *WORKLIST, *FILTERED),
    **of_rows(OPEN_TASKS),
)
Index("ix_tasks_planned", tasks.c.municipality, tasks.c.planned_on, **of_rows(PLANNED_TASKS))
Index("ix_tasks_opened", tasks.c.municipality, tasks.c.opened_on, **of_rows(OPEN_TASKS))
# A leader's page looks for clocks at risk and for protected cases without a caseworker: few of all.
DATED_TASKS = and_(OPEN_TASKS, tasks.c.legal_deadline.is_not(None))
DATED = (
    *(tasks.c.legal_deadline, tasks.c.lease_id, tasks.c.task_id),
    *(tasks.c.planned_on, tasks.c.assigned_to, tasks.c.district, tasks.c.protected),
)
Index("ix_tasks_dated", tasks.c.municipality, *DATED, **of_rows(DATED_TASKS))
PROTECTED_TASKS = and_(OPEN_TASKS, tasks.c.protected == literal_column("1"))
HIDDEN = (
    *(tasks.c.lease_id, tasks.c.band, tasks.c.legal_deadline, tasks.c.opened_on),
    *(tasks.c.assigned_to, tasks.c.district, tasks.c.protected),
)
Index("ix_tasks_protected", tasks.c.municipality, *HIDDEN, **of_rows(PROTECTED_TASKS))
WAITING = (tasks.c.waits_until, tasks.c.lease_id, tasks.c.task_id)
Index("ix_tasks_waiting", *WAITING, **of_rows(WAITING_TASKS))
# Outcomes are counted by this index alone.
CLOSED = (
    *(tasks.c.closed_on, tasks.c.municipality, tasks.c.district, tasks.c.protected),
    *(tasks.c.closed_as, tasks.c.lease_id),
)
Index("ix_tasks_closed", *CLOSED, **of_rows(CLOSED_TASKS))
Index(None, tasks.c.lease_id)
# What was reported and is to be followed up: the cases that are on no other list.
FOLLOWED_TASKS = tasks.c.back_on.is_not(None)
FOLLOWED = (tasks.c.back_on, tasks.c.lease_id, tasks.c.task_id)
Index(
    "ix_tasks_followed",
    *(tasks.c.municipality, *FOLLOWED, tasks.c.district, tasks.c.protected),
    **of_rows(FOLLOWED_TASKS),
)

history = Table(
    "history",
    metadata,
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("lease_id", String(100), nullable=False),
    Column("day", String(10), nullable=False),
    Column("task_id", String(36)),
    Column("said", Text, nullable=False),
    Column("landlord", String(40)),
)
Index(None, history.c.lease_id)
# What each landlord was answered: few lines of all.
ANSWERS = history.c.landlord.is_not(None)
NEWEST_ANSWERS = (history.c.day, history.c.partition, history.c.seq)
Index("ix_history_landlord", history.c.landlord, *NEWEST_ANSWERS, **of_rows(ANSWERS))


def _message() -> list[Column[Any]]:
    """The columns of a message of a partition, whether it waits to be sent or was refused."""
    return [
        Column("partition", Integer, primary_key=True, autoincrement=False),
        Column("seq", BigInteger, primary_key=True, autoincrement=False),
        Column("topic", String(200), nullable=False),
        Column("key", LargeBinary),
        Column("value", LargeBinary, nullable=False),
        Column("headers", Text, nullable=False),
    ]


outbox = Table(
    "outbox",
    metadata,
    *_message(),
    Column("created_at", Float, nullable=False),
    Column("to_partition", Integer),
)

refused = Table(
    "refused",
    metadata,
    *_message(),
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
    Column("landlord", String(40)),
)

OPEN_RECORDS = dead_records.c.state == literal_column("'open'")
Index(
    "ix_dead_records_open",
    *(dead_records.c.partition, dead_records.c.offset),
    **of_rows(OPEN_RECORDS),
)
Index(
    "ix_dead_records_landlord",
    *(dead_records.c.landlord, dead_records.c.partition, dead_records.c.offset),
    **of_rows(OPEN_RECORDS),
)

rules = Table(
    "rules",
    metadata,
    Column("digest", String(32), primary_key=True),
    Column("body", Text, nullable=False),
)

models = Table(
    "models",
    metadata,
    Column("version", String(64), primary_key=True),
    Column("manifest", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("drift", LargeBinary),
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

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("part", String(64), primary_key=True),
    Column("process", String(200), primary_key=True),
    Column("began", Float, nullable=False),
    Column("beat", Float, nullable=False),
    Column("page", String(200), nullable=False),
    Column("trouble", Text, nullable=False),
)

holders = Table(
    "holders",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("owner", String(200), nullable=False),
    Column("until", Float, nullable=False),
)

verified = Table(
    "verified",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Float, nullable=False),
    Column("differences", Integer, nullable=False),
    Column("partitions", Integer, nullable=False),
    Column("release", String(100), nullable=False),
)
