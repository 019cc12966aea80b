"""Which boards a landlord may name: those that somebody works for here, or with leases here."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from alerts.access import people
from alerts.access.person import Person, Role
from alerts.views.boards import boards
from tests.alerts.filling import migrated
from tests.builders import registered
from tests.web.folded_log import FoldedLog


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with migrated(database_url) as engine:
        yield engine


def found(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return boards(connection)


def came(engine: Engine, *here: Person) -> None:
    with engine.begin() as connection:
        for person in here:
            people.remember(connection, person, 0.0)


def test_there_is_none_before_anybody_is_here(engine: Engine) -> None:
    came(engine, Person("o", "O", Role.OPERATOR, None), Person("a", "A", Role.AUDITOR, "1480"))
    assert found(engine) == set()


def test_each_stands_there_once_by_its_people_or_its_leases(engine: Engine) -> None:
    came(
        engine,
        Person("c", "C", Role.CASEWORKER, "0181"),
        Person("l", "L", Role.TEAM_LEADER, "0380"),
    )
    log = FoldedLog(engine)
    log.take([registered(), registered("559990-0013:2", municipality="0180")])
    assert found(engine) == {"0180", "0181", "0380"}
