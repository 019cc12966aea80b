"""A lease sleeps until something can change by time alone: looked at every day, it has the same
tasks and the same history."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from alerts.store.frames import Folded, Frame
from models.contract import facts
from models.contract.events import Event
from models.lease.state import encode
from tests.alerts.doings import DOINGS
from tests.alerts.timeline import steps
from tests.builders import ORGNR, RENT_ORE, day, days, invoiced, paid, registered, say
from tests.memory import MemoryStore
from tests.papers import eviction, message, notice
from tests.tried_on import examples

START, LENGTH = date(2026, 1, 10), 150
Plan = dict[int, list[str]]


class Sleepless(MemoryStore):
    """Looks at every registered lease at the end of every day."""

    def fold(self, frame: Frame) -> Folded:
        ended = [r.event.data for r in frame.records if r.event and hasattr(r.event.data, "day")]
        for lease_id in self.states() if ended else ():
            lease = self.lease(lease_id)
            if lease.terms is not None:
                lease.wake_on = ended[0].day
                self.waking.set(lease_id, lease.wake_on)
                self.packed.rows[lease_id] = encode(lease)
        return super().fold(frame)


def _rent(on: date) -> Event:
    return invoiced(f"{on + timedelta(days=20):%Y-%m}")


def _plan(on: date) -> Event:
    parts = [{"due_on": str(on + timedelta(days=n)), "amount_ore": RENT_ORE // 2} for n in (20, 50)]
    return say(facts.PlanAgreed, plan_id=str(on), instalments=parts)


def _told(matter: str, on: date) -> Event:
    return say(facts.CouncilNotified, matter=matter, sent_on=str(on), how="registered")


ACTS: dict[str, Callable[[date], Event]] = {
    "rent": _rent,
    "paid": lambda on: paid(str(on)),
    "paid ahead": lambda on: paid(str(on + timedelta(days=9)), payment_id=f"P{on}"),
    "part": lambda on: paid(str(on), ore=RENT_ORE // 2),
    "back": lambda on: say(
        facts.RentPaymentReversed,
        payment_id=f"P{on - timedelta(days=on.day % 9)}",
        booked_on=str(on),
    ),
    "refunded": lambda on: say(
        facts.RentRefunded,
        refund_id=str(on),
        amount_ore=RENT_ORE // 2,
        on=str(on + timedelta(days=on.day % 3)),
    ),
    "corrected": lambda on: say(
        facts.InvoiceCorrected,
        invoice_id=f"I{on:%Y-%m}",
        period=f"{on:%Y-%m}",
        due_on=str(on.replace(day=1) - timedelta(days=on.day % 9)),
        amount_ore=RENT_ORE // (1 + on.day % 2),
        corrected_on=str(on),
    ),
    "disputed": lambda on: say(
        facts.RentDisputed, invoice_id=f"I{on:%Y-%m}", on=str(on + timedelta(days=on.day % 5))
    ),
    "agreed": lambda on: say(
        facts.DisputeEnded, invoice_id=f"I{on:%Y-%m}", on=str(on + timedelta(days=on.day % 3))
    ),
    "failed": lambda on: say(facts.PaymentFailed, on=str(on), method="autogiro"),
    "plan": _plan,
    "notice": lambda on: notice(str(on), f"N{on}"),
    "withdrawn": lambda on: say(facts.NoticeWithdrawn, notice_id=f"N{on - timedelta(days=7)}"),
    "message": lambda on: message(str(on)),
    "disturbed": lambda on: say(facts.DisturbanceReported, reported_on=str(on), kind="x"),
    "told of it": lambda on: _told("disturbance", on),
    "noticed of it": lambda on: say(
        facts.NoticeServed, notice_id=f"D{on}", served_on=str(on), reason="disturbance"
    ),
    "taken on": lambda on: say(facts.CouncilRentAssumed, on=str(on)),
    "claim": lambda on: say(facts.ClaimFiled, on=str(on), reply_by=str(on + timedelta(days=14))),
    "no claim": lambda on: say(facts.ClaimWithdrawn, on=str(on)),
    "timed": lambda on: eviction("scheduled", str(on), str(on + timedelta(days=30))),
    "put off": lambda on: eviction("deferred", str(on)),
    "called off": lambda on: eviction("cancelled", str(on)),
    "changed": lambda on: say(
        facts.LeaseChanged, effective_on=str(on + timedelta(days=12)), rooms=on.day
    ),
    "fed": lambda on: say(
        facts.FeedCompleted, landlord_id=ORGNR, through_on=str(on - timedelta(days=on.day % 4))
    ),
    "ended": lambda on: say(
        facts.LeaseEnded, ended_on=str(on + timedelta(days=15)), reason="moved"
    ),
}
_OFTEN = ["rent", "rent", "paid", "part", "fed", "done", "not met", "notice", "message"] * 4
_ACT = st.sampled_from([*ACTS, *DOINGS, *_OFTEN])
PLANS = st.dictionaries(
    st.integers(0, LENGTH - 1), st.lists(_ACT, min_size=1, max_size=2), max_size=14
)


def lived(store: MemoryStore, plan: Plan) -> MemoryStore:
    """The store after all days, with what the plan has for each, and the rent of every month."""
    store.tell(registered())
    for n in range(LENGTH):
        on = START + timedelta(days=n)
        acts = plan.get(n, []) + (["rent"] if on.day == 15 else [])
        for event in [e for act in acts for e in events_of(ACTS, store, act, on)]:
            store.tell(event)
        store.tell(day(str(on)))
    return store


def events_of(
    acts: Mapping[str, Callable[[date], Event]], store: MemoryStore, act: str, on: date
) -> list[Event]:
    """What is told of an act, or of what somebody does with what is on the list."""
    return [acts[act](on)] if act in acts else DOINGS[act](store, on)


@settings(
    max_examples=examples(60),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(PLANS)
@example({2: ["moved to Karlstad"], 9: ["paid"], 12: ["guaranteed"], 30: ["claimed"]})
@example({2: ["moved to Karlstad"], 9: ["guaranteed for days"], 40: ["guaranteed"]})
@example({30: ["guaranteed"], 35: ["moved to Karlstad"], 60: ["moves home soon", "claimed"]})
def test_looked_at_every_day_it_has_the_same_tasks_and_the_same_history(plan: Plan) -> None:
    sleeping, sleepless = lived(MemoryStore(), plan), lived(Sleepless(), plan)
    assert [(row.day, row.said) for row in sleeping.history] == [
        (row.day, row.said) for row in sleepless.history
    ]
    assert sleeping.tasks == sleepless.tasks


class TestATaskWhoseClockHadRunOutBeforeItOpened:
    """August's rent of 2026 is due on Friday 31 July; it counts as late when 4 August has ended."""

    def august(self, through: str) -> MemoryStore:
        store = MemoryStore()
        store.tell(registered(), invoiced("2026-08"), *days("2026-07-20", through))
        return store

    def test_is_due_the_day_it_opens_and_gets_the_next_step_beside_it_the_day_after(self) -> None:
        assert steps(self.august("2026-08-04")) == {"letter": "2026-08-05"}
        assert steps(self.august("2026-08-05"))["visit"] == "2026-08-12"

    def test_because_a_payment_was_taken_back_long_after_is_due_that_day_too(self) -> None:
        store = MemoryStore()
        store.tell(registered(), invoiced("2026-02"), *days("2026-01-15", "2026-01-29"))
        store.tell(paid("2026-01-30"), *days("2026-01-30", "2026-03-30"))
        back = say(facts.RentPaymentReversed, payment_id="P2026-01-30", booked_on="2026-03-31")
        store.tell(back, *days("2026-03-31", "2026-03-31"))
        assert steps(store) == {"letter": "2026-04-01"}
        store.tell(*days("2026-04-01", "2026-04-01"))
        assert list(steps(store)) == ["letter", "visit"]

    def test_is_never_a_duty_whose_day_the_law_sets(self) -> None:
        store = MemoryStore()
        store.tell(registered(), *days("2026-05-01", "2026-05-10"))
        store.tell(eviction("scheduled", "2026-05-07", "2026-06-09"))
        assert steps(store)["confirm_eviction"] == "2026-05-07"
