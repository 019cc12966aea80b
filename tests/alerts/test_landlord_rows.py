"""In which towns a landlord has leases, and whose a dead record is, are found by columns."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, delete, select, update

from alerts.fold.record import DeadRecord
from alerts.fold.senders import to_mend
from alerts.store import landlord_rows, schema
from models.contract import facts
from tests.alerts.filling import migrated
from tests.builders import MUNICIPAL, ORGNR, day, days, invoiced, lease_id, paid, registered, say
from tests.web.folded_log import FoldedLog

OTHER = "559990-0098"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    with migrated(database_url) as engine:
        yield engine


def towns(engine: Engine) -> list[tuple[str, str]]:
    with engine.connect() as connection:
        rows = connection.execute(select(schema.landlord_towns))
        return sorted((row.municipality, row.landlord) for row in rows)


def menders(engine: Engine) -> list[tuple[str, str | None]]:
    table = schema.dead_records
    with engine.connect() as connection:
        rows = connection.execute(select(table).order_by(table.c.offset))
        return [(row.error, row.landlord) for row in rows]


def test_a_landlord_is_in_every_town_where_it_has_or_has_had_leases(engine: Engine) -> None:
    moved = say(facts.LeaseChanged, effective_on="2026-02-01", municipality="0180")
    log = FoldedLog(engine)
    log.take([registered(), day("2026-02-01")])
    log.take([moved])
    assert towns(engine) == [("0180", ORGNR), ("0181", ORGNR)]


def test_a_lease_that_only_a_town_knows_counts_for_that_town(engine: Engine) -> None:
    paper = say(facts.EvictionScheduled, MUNICIPAL, on="2026-02-01", scheduled_on="2026-02-24")
    FoldedLog(engine).take([*days("2026-01-31", "2026-02-01"), paper])
    assert towns(engine) == [("0181", ORGNR)]


def test_a_dead_record_is_its_senders_to_mend(engine: Engine) -> None:
    ahead = say(facts.RentPaid, payment_id="P", amount_ore=100, booked_on="2027-02-01")
    FoldedLog(engine).take([registered(), *days("2026-01-31", "2026-02-01"), ahead])
    assert menders(engine) == [("dated_ahead", ORGNR)]


def test_what_only_a_municipality_said_of_an_unknown_lease_is_shown_to_no_landlord(
    engine: Engine,
) -> None:
    told = say(facts.HouseholdUpdated, MUNICIPAL, known="yes", children=[{"birth_year": 2020}])
    FoldedLog(engine).take(
        [*days("2026-02-01", "2026-02-02"), told, *days("2026-02-03", "2026-02-12")]
    )
    assert menders(engine) == [("lease_unknown", None)]


def test_what_a_landlord_said_of_an_unknown_lease_is_its_to_mend(engine: Engine) -> None:
    told = paid("2026-02-01", lease_id(9))
    FoldedLog(engine).take(
        [*days("2026-02-01", "2026-02-02"), told, *days("2026-02-03", "2026-02-12")]
    )
    assert menders(engine) == [("lease_unknown", ORGNR)]


def test_a_municipalitys_record_is_no_landlords_to_mend() -> None:
    record = DeadRecord(1, "invalid_field", None, b"", [lease_id(1)], day("2026-02-01").data.day)
    record.source = MUNICIPAL
    assert to_mend(record) is None


def test_what_an_older_program_stored_is_found_too(engine: Engine) -> None:
    ahead = say(facts.RentPaid, payment_id="P", amount_ore=100, booked_on="2027-02-01")
    FoldedLog(engine).take(
        [registered(), invoiced("2026-02"), *days("2026-01-31", "2026-02-01"), ahead]
    )
    before = towns(engine), menders(engine)
    with engine.begin() as connection:
        connection.execute(delete(schema.landlord_towns))
        connection.execute(update(schema.dead_records).values(landlord=None))
        landlord_rows.fill_all(connection)
    assert (towns(engine), menders(engine)) == before
