"""Who may open a case: the districts of a lease that only the municipality's own papers know."""

from alerts.access.person import Person, Role
from alerts.access.scope import Opening, Scope, opening, scope_of
from alerts.views.lists import worklist
from alerts.views.lists.filters import Filter
from models.contract import facts
from models.lease.state import Lease
from tests.alerts.filling import migrated
from tests.builders import LEASE, MUNICIPAL, days, registered, say
from tests.memory import MemoryStore
from tests.web.folded_log import FoldedLog

RONNA = Person("ronna", "Rune", Role.CASEWORKER, "0181", ("Ronna",))
STOCKHOLM = Person("stock", "Stina", Role.CASEWORKER, "0180")
FEBRUARY = days("2026-02-01", "2026-02-02")
FORM3 = say(
    facts.CouncilNotified, MUNICIPAL, matter="arrears", sent_on="2026-02-02", how="registered"
)


def lease_after(*events: object) -> Lease:
    store = MemoryStore()
    store.tell(*FEBRUARY, *events)  # type: ignore[arg-type]
    return store.lease(LEASE)


def test_a_lease_whose_municipality_nobody_has_told_is_open_to_nobody() -> None:
    assert opening(RONNA, Lease(LEASE), (), broken=True) is Opening.ELSEWHERE


def test_the_municipality_whose_own_paper_it_was_opens_an_unregistered_lease() -> None:
    lease = lease_after(FORM3)
    assert not lease.is_registered
    assert opening(RONNA, lease, (), broken=False) is Opening.OPEN
    assert opening(STOCKHOLM, lease, (), broken=True) is Opening.ELSEWHERE


def test_its_district_holds_again_once_a_landlord_has_registered_it() -> None:
    lease = lease_after(FORM3, registered(district="Hovsjö"))
    assert opening(RONNA, lease, (), broken=False) is Opening.OTHER_DISTRICT


def test_the_task_of_an_unregistered_lease_stands_on_the_lists_of_every_district(
    sqlite_url: str,
) -> None:
    with migrated(sqlite_url) as engine:
        FoldedLog(engine).take([*FEBRUARY, FORM3])
        with engine.connect() as connection:
            for scope, filtered, found in (
                (scope_of(RONNA), Filter(), 1),
                (Scope("0181"), Filter(district="Hovsjö"), 1),
                (scope_of(STOCKHOLM), Filter(), 0),
            ):
                shown = worklist.worklist(connection, scope, filtered, limit=5)
                assert len(shown.tasks) == found
