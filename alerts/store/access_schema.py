"""The tables of who may see and do what, beside those of `schema`: `alerts.access` alone writes
them."""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    literal_column,
)

from alerts.store.schema import metadata as metadata
from alerts.store.schema import of_rows

people = Table(
    "people",
    metadata,
    Column("subject", String(200), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("municipality", String(4)),
    Column("seen_at", Float, nullable=False),
)

logins = Table(
    "logins",
    metadata,
    Column("state_sha256", String(64), primary_key=True),
    Column("nonce", String(100), nullable=False),
    Column("verifier", String(128), nullable=False),
    Column("next_path", Text, nullable=False),
    Column("began", Float, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_sha256", String(64), primary_key=True),
    Column("subject", String(200), nullable=False),
    Column("person", Text, nullable=False),
    Column("id_token", Text),
    Column("began", Float, nullable=False),
    Column("seen", Float, nullable=False),
)

# Triggers of the migration let nobody change or delete a row.
audit = Table(
    "audit",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("municipality", String(20)),
    Column("action", String(100), nullable=False),
    Column("lease_id", String(200)),
    Column("detail", Text, nullable=False),
    Column("allowed", Integer, nullable=False),
    Column("previous_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
Index(None, audit.c.lease_id, audit.c.seq)
Index(None, audit.c.subject, audit.c.seq)
# The few rows that an auditor looks for first.
DENIED = audit.c.allowed == literal_column("0")
GLASS_BROKEN = audit.c.action == literal_column("'glass_broken'")
Index("ix_audit_denied", audit.c.seq, **of_rows(DENIED))
Index("ix_audit_glass", audit.c.seq, **of_rows(GLASS_BROKEN))

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
)

glass = Table(
    "glass",
    metadata,
    Column("subject", String(200), primary_key=True),
    Column("lease_id", String(100), primary_key=True),
    Column("began", Float, primary_key=True),
    Column("reason", String(500), nullable=False),
    Column("until", Float, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("note_id", String(36), primary_key=True),
    Column("lease_id", String(100), nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", String(40), nullable=False),
    Column("text", Text, nullable=False),
    Column("municipality", String(4)),
    Column("taken_back", String(40)),
)
Index(None, notes.c.lease_id)

# What a landlord and a municipality have agreed on passing data on; the newest row holds.
sharing_bases = Table(
    "sharing_bases",
    metadata,
    Column("basis_id", String(36), primary_key=True),
    Column("municipality", String(4), nullable=False),
    Column("landlord", String(40), nullable=False),
    Column("name", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("since", String(10), nullable=False),
    Column("until", String(10)),
    Column("reminded", Integer, nullable=False),
    Column("contacted", Integer, nullable=False),
    Column("pointed", Integer, nullable=False),
    Column("offered", Integer, nullable=False),
    Column("unopposed", Integer, nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", String(40), nullable=False),
)
Index(None, sharing_bases.c.municipality, sharing_bases.c.landlord, sharing_bases.c.at)
