"""The schema's history, for Alembic; `alerts.setup.migrate` brings a database up to date."""
