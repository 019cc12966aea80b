"""Whatever rent is late at the end of a day has an open task, or a reason that is stated.

What is late is worked out here from the facts alone, so that a mistake in how money, plans, waking
or quietness is read cannot hide a household from its own test.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from alerts.cases.situation import Situation, read_situation
from alerts.playbooks.towns import shipped
from alerts.views.lease import why_task
from models.contract import facts
from models.contract.events import Event
from models.law.booking_lag import GRACE
from models.law.weekdays import add_working_days
from models.lease.lines import due_day, last_day_in_time
from models.standing.arrears import PLAN_PAUSE
from tests.alerts.doings import DOINGS, REPORTS, WAITS
from tests.alerts.test_waking import ACTS, events_of
from tests.alerts.timeline import next_days, reported, town
from tests.builders import LEASE, RENT_ORE, day, paid, registered, say
from tests.memory import MemoryStore
from tests.spoken import SV
from tests.tried_on import examples

START, LENGTH = date(2026, 1, 10), 160
STATED = {
    "why.executed_on",
    "why.lease_ended",
    "why.disputed",
    "why.unreported",  # its landlord may know of a payment
    "why.trifle",
}
MONEY: dict[str, Callable[[date], Event]] = {
    "paid tomorrow": lambda on: paid(str(on + timedelta(days=1)), payment_id=f"T{on}"),
    "paid in two days": lambda on: paid(str(on + timedelta(days=2)), payment_id=f"U{on}"),
    "paid next quarter": lambda on: paid(str(on + timedelta(days=91)), payment_id=f"Q{on}"),
    "deposit": lambda on: say(facts.RentDeposited, amount_ore=RENT_ORE, on=str(on)),
    "deposit ahead": lambda on: say(
        facts.RentDeposited, amount_ore=RENT_ORE, on=str(on + timedelta(days=40))
    ),
    "credit": lambda on: say(
        facts.RentCredited, invoice_id=f"I{on:%Y-%m}", amount_ore=RENT_ORE, on=str(on)
    ),
    "credit ahead": lambda on: say(
        facts.RentCredited,
        invoice_id=f"I{on:%Y-%m}",
        amount_ore=RENT_ORE,
        on=str(on + timedelta(days=2)),
    ),
    "back tomorrow": lambda on: say(
        facts.RentPaymentReversed, payment_id=f"P{on}", booked_on=str(on + timedelta(days=1))
    ),
    "plan in a year": lambda on: say(
        facts.PlanAgreed,
        plan_id=f"far {on}",
        instalments=[{"due_on": str(on + timedelta(days=365)), "amount_ore": RENT_ORE}],
    ),
}
ALL = {**ACTS, **MONEY}
_OFTEN = [*["paid", "paid", "part", *MONEY] * 2, *[*REPORTS, *WAITS] * 2]
_ACT = st.sampled_from([*ALL, *DOINGS, *_OFTEN])
PLANS = st.dictionaries(st.integers(0, LENGTH - 30), st.lists(_ACT, max_size=2), max_size=14)


@settings(
    max_examples=examples(80),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(PLANS, st.sampled_from([0, 0, 1, 4, 40]))
@example({20: ["paid next quarter"]}, 0)
@example({20: ["paid tomorrow"], 21: ["back tomorrow"]}, 0)
@example({40: ["paid"]}, 20)  # late days: as of the day that ends it is not paid yet
@example({34: ["paid"]}, 40)  # and packed away with its rent before its day has ended
@example({30: ["plan in a year"]}, 0)
def test_rent_that_is_late_when_a_day_ends_has_a_task_or_a_stated_reason(
    plan: dict[int, list[str]], behind: int
) -> None:
    store, told = MemoryStore(), list[Event]()
    store.tell(registered(), taken=str(START))
    for n in range(LENGTH):
        on = START + timedelta(days=n)
        acts = plan.get(n, []) + (["rent"] if on.day == 15 else [])
        for event in [e for act in acts for e in events_of(ALL, store, act, on)]:
            refused = len(store.dead)
            store.tell(event, taken=str(on))
            told += [event] if len(store.dead) == refused else []
        if n >= behind:
            ended = on - timedelta(days=behind)
            store.tell(day(str(ended)), taken=str(on))
            assert not unpaid(told, ended) or spoken_for(store, told, ended), (plan, ended)


def unpaid(told: Sequence[Event], ended: date) -> bool:
    """Is more rent late than money has moved, by the end of a day?"""
    said = list({e.id: e.data for e in told}.values())
    back = {
        f.payment_id
        for f in said
        if isinstance(f, facts.RentPaymentReversed) and f.booked_on <= ended
    }
    owed = 0
    for fact in [f for f in said if not isinstance(f, facts.RentInvoiced)] + _invoices(said):
        match fact:
            case facts.RentInvoiced():
                last = last_day_in_time(due_day(fact.period, fact.due_on, None))
                owed += fact.rent_ore if add_working_days(last, GRACE) <= ended else 0
            case facts.RentPaid(booked_on=on) if on <= ended and fact.payment_id not in back:
                owed -= fact.amount_ore
            case facts.RentDeposited(on=on) if on <= ended:
                owed -= fact.amount_ore
            case facts.RentCredited(on=on) if on <= ended:
                owed -= fact.amount_ore
    return owed > 0


def _invoices(said: Sequence[Any]) -> list[facts.RentInvoiced]:
    """The invoices as they are known to be: corrected, where they were."""
    told: dict[str, facts.RentInvoiced] = {}
    for fact in said:
        if isinstance(fact, facts.RentInvoiced):
            held = told.get(fact.invoice_id)
            if held is None or _told_on(fact) > _told_on(held):
                told[fact.invoice_id] = fact
    return list(told.values())


def _told_on(fact: facts.RentInvoiced) -> date:
    return fact.corrected_on if isinstance(fact, facts.InvoiceCorrected) else date.min


def spoken_for(store: MemoryStore, told: Sequence[Event], ended: date) -> bool:
    """Is there a task, one that waits until a day or is back on one, or does the lease's page state
    why there is none?"""
    today, tasks = ended + timedelta(days=1), store.open_tasks.values()
    if any(task.waits_until is None or task.waits_until > today for task in tasks):
        return True
    why = why_task.why(situation_of(store, ended), list(store.tasks.values()))
    if why.code == "why.followed_up":
        return str(why.args["back"]) > str(today)
    if why.code == "why.case_waits":
        return str(why.args["until"]) > str(today)
    if why.code in ("why.planned", "why.planned_on"):
        return asks_soon(told, today)
    return why.code in STATED


def situation_of(store: MemoryStore, ended: date) -> Situation:
    way, lease = shipped().default, store.lease(LEASE)
    fed_through = store.partition.fed_through
    return read_situation(lease, ended + timedelta(days=1), ended, fed_through, way)


def asks_soon(told: Sequence[Event], today: date) -> bool:
    """Does a plan ask for an instalment within a quarter?"""
    days = [
        p.due_on for e in told if isinstance(e.data, facts.PlanAgreed) for p in e.data.instalments
    ]
    return any(today - timedelta(days=14) < on <= today + PLAN_PAUSE for on in days)


class TestThePageOfACaseWithoutATaskToDo:
    def said(self, store: MemoryStore, on: str) -> str:
        ended = date.fromisoformat(on)
        return SV.say(why_task.why(situation_of(store, ended), list(store.tasks.values())))

    def test_says_when_a_case_that_was_reported_on_is_back(self) -> None:
        store = town(through="2026-02-09")
        store.tell(reported(store, "visit", "2026-02-10", "declined"))
        next_days(store, "2026-02-12")
        assert "tillbaka 24 februari 2026" in self.said(store, "2026-02-12")

    def test_says_until_when_and_for_what_its_tasks_wait(self) -> None:
        store = town()
        store.tell(*DOINGS["waits for payment_promised"](store, date(2026, 2, 5)))
        next_days(store, "2026-02-09")
        for said in ("väntar till 5 juni 2026", "hyresgästen har lovat att betala"):
            assert said in self.said(store, "2026-02-09")

    def test_says_so_too_where_what_was_done_is_followed_up_after_the_wait(self) -> None:
        store = town(through="2026-02-09")
        store.tell(reported(store, "visit", "2026-02-10", "paid"))
        store.tell(*DOINGS["waits for decision_pending"](store, date(2026, 2, 10)))
        next_days(store, "2026-03-09")
        assert "ärendet väntar till 10 juni 2026" in self.said(store, "2026-03-09")
