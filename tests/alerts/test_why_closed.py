"""A task that nobody is asked for any more says truly why: the rent is said to be paid only if it
is, and a matter that was never about rent does not end with its payment."""

from models.contract import facts
from models.contract.events import Event
from tests.alerts.timeline import closed, next_days, steps, town
from tests.builders import days, invoiced, paid, registered, say
from tests.memory import MemoryStore
from tests.papers import message, notice

GONE = "Hyresvärden har återkallat uppsägningen som delgavs 5 februari 2026"
PAID = "Hyran för februari 2026 betalades {on}, efter den sista dagen 2 februari 2026"
SAME_DAY = (
    "Hyran för februari 2026 betalades 5 februari 2026, samma dag som uppsägningen delgavs: kom "
    "betalningen först gäller inte uppsägningen (12 kap. 43 §), annars är hyresrätten tillbaka "
    "(12 kap. 44 §)"
)
DISPUTED = say(facts.RentDisputed, invoice_id="I2026-02", on="2026-02-05")
DISTURBING = say(facts.NoticeServed, notice_id="D", served_on="2026-02-05", reason="disturbance")


def calm(*events: Event) -> MemoryStore:
    """A lease whose rent is paid, after 4 February."""
    store = MemoryStore()
    store.tell(registered(), invoiced("2026-02"), paid("2026-01-30"))
    store.tell(*days("2026-01-30", "2026-02-04"), *events)
    return store


def test_rent_that_is_disputed_is_not_said_to_be_paid() -> None:
    store = town(DISPUTED)
    next_days(store, "2026-02-05")
    assert closed(store, "letter") == ["Hyran för februari 2026 är bestridd"]


def test_late_rent_that_is_paid_while_the_next_is_awaited_is_not_said_to_be_all_paid() -> None:
    store = town(through="2026-03-02")
    store.tell(invoiced("2026-03"), *days("2026-03-03", "2026-03-03"), paid("2026-03-04"))
    assert closed(store, "visit") == [PAID.format(on="4 mars 2026")]


def test_a_claim_without_rent_that_is_withdrawn_is_not_said_to_be_paid() -> None:
    store = calm(say(facts.ClaimFiled, on="2026-02-05"))
    assert list(steps(store)) == ["secure_tenancy"]
    store.tell(say(facts.ClaimWithdrawn, on="2026-02-05"))
    assert closed(store, "secure_tenancy") == [
        "Ansökan om betalningsföreläggande eller avhysning återkallades 5 februari 2026"
    ]


def test_a_notice_for_disturbances_that_is_withdrawn_is_not_said_to_be_paid() -> None:
    store = calm(DISTURBING, say(facts.NoticeWithdrawn, notice_id="D"))
    assert closed(store, "secure_home") == [GONE]


def test_a_notice_for_arrears_that_is_withdrawn_is_not_said_to_be_paid() -> None:
    store = MemoryStore()
    store.tell(registered(), *days("2026-02-03", "2026-02-04"))
    store.tell(notice("2026-02-05"), message("2026-02-05"))
    assert list(steps(store)) == ["secure_tenancy"]
    store.tell(say(facts.NoticeWithdrawn, notice_id="N1"))
    assert closed(store, "secure_tenancy") == [GONE]


def test_a_notice_for_disturbances_after_one_for_arrears_that_was_cured_ends_by_itself() -> None:
    store = town(notice("2026-02-05"), message("2026-02-05"), paid("2026-02-05"))
    assert closed(store, "secure_tenancy") == [SAME_DAY]
    store.tell(DISTURBING, say(facts.NoticeWithdrawn, notice_id="D"))
    assert closed(store, "secure_tenancy") == [SAME_DAY]
    assert closed(store, "secure_home") == [GONE]
