"""A note is its municipality's: it does not follow its lease to another one. And rows of tasks are
protected as their household is, also those that were closed before it was.

Of a note that is there already the audit has the municipality in which its writer was then, else
the list of people the one in which they were last. Of one that neither knows nobody knows whose it
is: it is kept, and shown to nobody.
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "r0014"
down_revision: str | Sequence[str] | None = "r0013"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

_notes = sa.table("notes", *map(sa.column, ("municipality", "lease_id", "by")))
_audit = sa.table(
    "audit", *map(sa.column, ("municipality", "lease_id", "subject", "action", "allowed", "seq"))
)
_people = sa.table("people", *map(sa.column, ("municipality", "subject")))


def upgrade() -> None:
    op.add_column("notes", sa.Column("municipality", sa.String(4)))
    noted = (_audit.c.subject == _notes.c.by) & (_audit.c.lease_id == _notes.c.lease_id)
    then = (
        sa.select(_audit.c.municipality)
        .where(noted, _audit.c.action == "note", _audit.c.allowed == 1)
        .order_by(_audit.c.seq)
        .limit(1)
    )
    last = sa.select(_people.c.municipality).where(_people.c.subject == _notes.c.by)
    whose = sa.func.coalesce(then.scalar_subquery(), last.scalar_subquery())
    op.execute(_notes.update().values(municipality=whose))


def downgrade() -> None:
    op.drop_column("notes", "municipality")
