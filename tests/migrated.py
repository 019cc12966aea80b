"""The newest schema in an empty database: what Alembic says the first time is said again, for it is
slow to find its words."""

from typing import Any

from sqlalchemy import Engine, event, inspect

from alerts.store import setup

_SAID: dict[str, list[tuple[str, Any]]] = {}  # by dialect: statements that write
_READS = ("SELECT", "PRAGMA", "BEGIN")


def migrate(engine: Engine) -> None:
    """What `setup.migrate` does; tests of migrations themselves use that."""
    if inspect(engine).get_table_names():
        setup.migrate(engine)
        return
    said = _SAID.get(engine.dialect.name)
    if said is None:
        _SAID[engine.dialect.name] = _first(engine)
        return
    with engine.begin() as connection:
        for statement, values in said:
            connection.exec_driver_sql(statement, values)


def _first(engine: Engine) -> list[tuple[str, Any]]:
    said = list[tuple[str, Any]]()

    def note(_c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(_READS):
            said.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    setup.migrate(engine)
    event.remove(engine, "before_cursor_execute", note)
    return said
