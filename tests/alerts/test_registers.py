"""The leases of the registers are found by an index, and are whose they are."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, select, text

from alerts.store import registers, schema
from alerts.views.team.guarantee_register import register
from models.contract import facts
from models.contract.events import MUNICIPALITY, Event
from tests.alerts.filling import migrated
from tests.builders import days, lease_id, registered, say
from tests.web.folded_log import FoldedLog

REVIEW, TODAY = date(2026, 6, 1), date(2026, 1, 23)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with migrated(database_url) as engine:
        yield engine


def given(number: int, town: str = "0181") -> Event:
    return say(facts.GuaranteeGiven, source=MUNICIPALITY + town, lease_id=lease_id(number),
               guarantee_id="B1", on="2026-01-20", starts_on="2026-02-01", ends_on="2027-01-31",
               months=3, by="Vera")  # fmt: skip


def whose(engine: Engine) -> dict[str, str | None]:
    table = schema.leases.c
    with engine.connect() as connection:
        rows = connection.execute(select(table.lease_id, table.register_of))
        return {row.lease_id: row.register_of for row in rows}


def test_an_ordinary_lease_stands_in_no_register(engine: Engine) -> None:
    FoldedLog(engine).take([registered(lease_id(1)), *days("2026-01-15", "2026-01-20")])
    assert whose(engine) == {lease_id(1): None}


def test_a_guarantee_and_a_day_of_review_are_found_and_no_other_towns(engine: Engine) -> None:
    homes = [registered(lease_id(1)), registered(lease_id(2), review_on=REVIEW),
             registered(lease_id(3), municipality="0180", review_on=REVIEW)]  # fmt: skip
    FoldedLog(engine).take([*homes, *days("2026-01-15", "2026-01-20"), given(1)])
    assert whose(engine) == {lease_id(1): "0181", lease_id(2): "0181", lease_id(3): "0180"}
    with engine.connect() as connection:
        mine = registers.in_registers(connection, "0181")
        assert {lease.lease_id for lease in mine} == {lease_id(1), lease_id(2)}


def test_a_lease_that_moves_takes_its_review_to_the_other_towns_register(engine: Engine) -> None:
    log = FoldedLog(engine)
    log.take([registered(lease_id(1), review_on=REVIEW), *days("2026-01-15", "2026-01-20")])
    moved = say(facts.LeaseChanged, lease_id=lease_id(1), effective_on="2026-01-21",
                municipality="0180")  # fmt: skip
    log.take([moved, *days("2026-01-21", "2026-01-22")])
    assert whose(engine) == {lease_id(1): "0180"}


def test_a_guarantee_stays_in_its_givers_register_when_the_lease_moves(engine: Engine) -> None:
    log = FoldedLog(engine)
    log.take([registered(lease_id(1)), *days("2026-01-15", "2026-01-20"), given(1)])
    moved = say(facts.LeaseChanged, lease_id=lease_id(1), effective_on="2026-01-21",
                municipality="0180", review_on="2026-06-01")  # fmt: skip
    log.take([moved, *days("2026-01-21", "2026-01-22")])
    assert whose(engine) == {lease_id(1): registers.SEVERAL}
    with engine.connect() as connection:
        assert [line.guarantee_id for line in register(connection, TODAY, "0181")] == ["B1"]
        assert register(connection, TODAY, "0180") == []


def test_a_column_that_an_older_program_left_empty_is_filled(engine: Engine) -> None:
    FoldedLog(engine).take([registered(lease_id(1)), *days("2026-01-15", "2026-01-20"), given(1)])
    with engine.begin() as connection:
        connection.execute(text("UPDATE leases SET register_of = NULL"))
        registers.place_all(connection)
    assert whose(engine) == {lease_id(1): "0181"}
