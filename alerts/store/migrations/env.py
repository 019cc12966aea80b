"""How Alembic reaches the database: the engine it is given, else the one of BOKVAR_DATABASE.

After a change of alerts/store/schema.py, with BOKVAR_DATABASE at a database of the newest revision:
`alembic revision --autogenerate -m "what changed" --rev-id r0002`. Nothing here touches logging.
"""

import os

from alembic import context
from sqlalchemy import Engine, text

from alerts import settings
from alerts.store.access_schema import metadata
from alerts.store.database import open_database

_LOCK = 0x626F6B766172  # any number of our own


def run(engine: Engine) -> None:
    """Bring the schema where the command asks, in one transaction: all of it or nothing."""
    with engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_as_batch=is_sqlite,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            if not is_sqlite:  # SQLite's transaction is a lock already
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            context.run_migrations()


given = context.config.attributes.get("engine")
run(given or open_database(settings.read(os.environ).database))
