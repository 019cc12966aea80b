"""What a meeting is told: households since the last one, and whose tenants have consented."""

from datetime import date

import pytest
from sqlalchemy import Engine

from alerts.access.scope import Scope
from alerts.store.database import open_database, reading
from alerts.views.team import meeting_numbers
from models.contract import facts
from models.contract.events import Event
from tests.builders import days, invoiced, lease_id, paid, registered, say
from tests.streams.test_letter_command import fold

ONE, TWO, THREE = map(lease_id, (1, 2, 3))
TODAY = date(2026, 3, 31)


def consent(lease: str, scope: str = "meeting", **data: str) -> Event:
    return say(facts.ConsentGiven, lease_id=lease, on="2026-03-10", scope=scope, **data)


def town(url: str, *events: Event) -> Engine:
    """Three late rents of March, of which the first is paid on the twentieth."""
    fold(
        url,
        *(registered(lease) for lease in (ONE, TWO, THREE)),
        *(invoiced("2026-03", lease) for lease in (ONE, TWO, THREE)),
        *days("2026-02-20", "2026-03-19"),
        paid("2026-03-20", ONE),
        *events,
        *days("2026-03-20", "2026-03-30"),
    )
    return open_database(url)


@pytest.mark.parametrize(
    ("since", "new", "home"), [(date(2026, 3, 1), 3, 1), (date(2026, 3, 22), 0, 0)]
)
def test_households_are_counted_since_a_day(
    database_url: str, since: date, new: int, home: int
) -> None:
    engine = town(database_url)
    with reading(engine) as connection:
        found = meeting_numbers.since(connection, "sodertalje", since)
        elsewhere = meeting_numbers.since(connection, "karlstad", since)
        of_another = meeting_numbers.since(connection, "sodertalje", since, Scope("1780"))
        there = Scope("0181", ("Hovsjö",))
        of_district = meeting_numbers.since(connection, "sodertalje", since, there)
    engine.dispose()
    assert [number for _, number in found] == [new, home, 0]
    assert {number for _, number in (*elsewhere, *of_another, *of_district)} == {0}


def test_only_who_consented_to_meetings_may_be_named(sqlite_url: str) -> None:
    engine = town(
        sqlite_url, consent(ONE), consent(TWO, "landlord_feedback"), consent(THREE, "all")
    )
    with reading(engine) as connection:
        found = meeting_numbers.may_be_named(connection, [ONE, TWO, THREE, ONE], TODAY)
        nobody = meeting_numbers.may_be_named(connection, [], TODAY)
    engine.dispose()
    assert (found, nobody) == ({ONE, THREE}, set())


def test_a_consent_that_was_taken_back_or_is_of_one_of_two_tenants_names_nobody(
    sqlite_url: str,
) -> None:
    gone = say(facts.ConsentWithdrawn, lease_id=ONE, on="2026-03-12", scope="meeting")
    tenants = [facts.Tenant("A", 1980), facts.Tenant("B", 1981)]
    both = say(facts.LeaseChanged, lease_id=TWO, effective_on="2026-03-01", tenants=tenants)
    protected = say(
        facts.LeaseChanged, lease_id=THREE, effective_on="2026-03-01", protected_identity=True
    )
    told = consent(ONE), gone, both, consent(TWO, tenant_ref="A"), protected, consent(THREE)
    engine = town(sqlite_url, *told)
    with reading(engine) as connection:
        assert meeting_numbers.may_be_named(connection, [ONE, TWO, THREE], TODAY) == set()
    engine.dispose()
