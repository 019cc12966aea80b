"""Colleagues and names."""

from sqlalchemy import Engine

from alerts.access.people import AWAY, Colleague, colleagues, here, names, remember
from alerts.access.person import Person, Role
from alerts.store.database import reading
from tests.access.persons import ANNA, LENA, NOW


def fill(engine: Engine, *people: Person) -> None:
    with engine.begin() as connection:
        for person in people:
            remember(connection, person, NOW)


def test_only_those_who_work_in_the_municipality_are_colleagues(engine: Engine) -> None:
    fill(
        engine,
        LENA,
        ANNA,
        Person("x1", "Olle", Role.CASEWORKER, "0180"),
        Person("x2", "Rut", Role.AUDITOR, "0181"),
        Person("x3", "Bo", Role.OPERATOR, None),
        Person("x4", "Hyr AB", Role.LANDLORD, None, (), "559990-0013"),
    )
    with reading(engine) as connection:
        assert colleagues(connection, "0181") == [
            Colleague("anna-1", "Anna Andersson", Role.CASEWORKER, NOW),
            Colleague("lena-2", "Lena Larsson", Role.TEAM_LEADER, NOW),
        ]
        assert colleagues(connection, "1480") == []


def test_who_has_not_logged_in_for_fourteen_days_is_not_here() -> None:
    just, gone = NOW - AWAY * 86_400 + 1, NOW - AWAY * 86_400
    known = [Colleague("anna-1", "Anna", ANNA.role, just), Colleague("b", "Bo", ANNA.role, gone)]
    assert here(known, NOW) == ("anna-1",)


def test_colleagues_come_in_the_order_of_the_swedish_alphabet(engine: Engine) -> None:
    told = ["Östen", "Ärla", "åke", "Zara", "anna", "Bo"]
    fill(engine, *(Person(f"s{n}", name, ANNA.role, "0181") for n, name in enumerate(told)))
    with reading(engine) as connection:
        found = [one.name for one in colleagues(connection, "0181")]
    assert found == ["anna", "Bo", "Zara", "åke", "Ärla", "Östen"]


def test_names_are_of_those_who_were_here_however_many_are_asked_for(engine: Engine) -> None:
    fill(engine, ANNA, LENA)
    with reading(engine) as connection:
        assert names(connection, []) == {}
        asked = ["lena-2", *(f"nobody-{n}" for n in range(1_200)), "anna-1", "anna-1"]
        assert names(connection, asked) == {"anna-1": "Anna Andersson", "lena-2": "Lena Larsson"}
