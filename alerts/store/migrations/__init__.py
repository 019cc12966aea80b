"""The schema's history, for Alembic; `alerts.store.setup.migrate` brings a database up to date."""
