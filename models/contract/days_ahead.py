"""How far ahead the days of a fact may lie: what has happened not at all, what is to come so far.

Every day that a fact can name is in `DAYS` or `NOT_REFUSED`, by its type; a test holds them to the
contract. The bounds are ours: wide enough for what landlords, courts and towns do, and no more than
a year where a slip in the year would hide a household.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from msgspec import Struct

from models.contract import facts
from models.contract.refusal import Refusal
from models.phrase import phrase

DATED_AHEAD = "dated_ahead"
TOO_FAR_AHEAD = "too_far_ahead"
HAPPENED = timedelta(days=2)  # senders' clocks and zones, and a scheduler that is a day behind
COURT_DAY = timedelta(days=366)  # a day to reply or of an eviction is weeks ahead, seldom months
TERMS_FROM = timedelta(days=3 * 366)  # a home is let, changed or left: years before it is built
CASE_DAY = timedelta(days=366)  # nothing of a case is put off for longer than a year
REVIEW_DAY = timedelta(days=10 * 366)  # the contract ladder is reviewed after a year or two
INSTALMENT_DAY = timedelta(days=10 * 366)  # 120 of them, one a month
RENT_MONTH = timedelta(days=2 * 366)  # a year's rents, asked for at the beginning of the year
DUE_AFTER = timedelta(days=200)  # half a year's rent at its end; counted from its month or today
DUE_BEFORE = timedelta(days=340)  # a year's rent in advance, named by its last month

_COURT = {"on": HAPPENED, "reply_by": COURT_DAY}
_EVICTION = {"on": HAPPENED, "scheduled_on": COURT_DAY, "to": COURT_DAY}
_ON = {"on": HAPPENED}
_RENT = {"due_on": DUE_AFTER, "period": RENT_MONTH}
DAYS: dict[type[Struct], dict[str, timedelta]] = {
    facts.LeaseRegistered: {"started_on": TERMS_FROM, "review_on": REVIEW_DAY},
    facts.LeaseChanged: {"effective_on": TERMS_FROM, "review_on": REVIEW_DAY},
    facts.LeaseEnded: {"ended_on": TERMS_FROM, "as_of": HAPPENED},  # told when notice is given
    facts.LeaseEndingWithdrawn: _ON,
    facts.HouseholdUpdated: {"as_of": HAPPENED},
    facts.RentInvoiced: _RENT,
    facts.InvoiceCorrected: {**_RENT, "corrected_on": HAPPENED},
    facts.RentCredited: _ON,
    facts.RentPaid: {"booked_on": HAPPENED, "ordered_on": HAPPENED},
    facts.RentPaymentReversed: {"booked_on": HAPPENED},
    facts.RentRefunded: _ON,
    facts.RentDeposited: _ON,
    facts.RentDisputed: _ON,
    facts.DisputeEnded: _ON,
    facts.PaymentFailed: _ON,
    facts.RentReminded: {"sent_on": HAPPENED},
    facts.TenantContacted: _ON,
    facts.PlanAgreed: {"instalments[].due_on": INSTALMENT_DAY},
    facts.PlanEnded: _ON,
    facts.NoticeServed: {
        **{"served_on": HAPPENED, "recovery_notice_served_on": HAPPENED},
        **{"corrected_on": HAPPENED},
    },
    facts.NoticeWithdrawn: _ON,
    facts.CouncilNotified: {
        **{"sent_on": HAPPENED, "received_on": HAPPENED, "corrected_on": HAPPENED}
    },
    facts.CouncilRentAssumed: _ON,
    facts.DisturbanceReported: {"reported_on": HAPPENED},
    facts.ClaimFiled: _COURT,
    facts.ClaimServed: _COURT,
    facts.ClaimDisputed: _COURT,
    facts.ClaimDecided: _COURT,
    facts.ClaimWithdrawn: _COURT,
    facts.EvictionApplied: _EVICTION,
    facts.EvictionScheduled: _EVICTION,
    facts.EvictionDeferred: _EVICTION,
    facts.EvictionCancelled: _EVICTION,
    facts.EvictionExecuted: _EVICTION,
    facts.ConsentGiven: _ON,
    facts.ConsentWithdrawn: _ON,
    facts.ObjectionMade: _ON,
    facts.VisitReported: {"on": HAPPENED, "follow_up_on": CASE_DAY},
    facts.TaskPlanned: {"on": HAPPENED, "planned_on": CASE_DAY},
    facts.TaskAssigned: _ON,
    facts.TaskWaits: {"on": HAPPENED, "until": CASE_DAY},
    facts.CaseRaised: _ON,
    facts.CaseLowered: _ON,
    facts.CaseQuestionAsked: _ON,
    facts.CaseMapped: _ON,
    facts.GuaranteeGiven: {"on": HAPPENED, "starts_on": TERMS_FROM, "ends_on": REVIEW_DAY},
    facts.GuaranteeDrawn: _ON,
    facts.GuaranteeEnded: _ON,
    facts.ActWithdrawn: _ON,
}
# No fact is refused for these: a feed counts up to the newest day, a day's end is Bokvar's own, a
# rent is of twelve months at most, and a correction names the day that was wrong. Nothing is
# counted from the due day that form 3 names, and what form 3 lacks never hides it.
NOT_REFUSED: dict[type[Struct], frozenset[str]] = {
    facts.FeedCompleted: frozenset({"through_on"}),
    facts.CalendarDay: frozenset({"day"}),
    facts.CouncilNotified: frozenset({"due_on"}),
    facts.RentInvoiced: frozenset({"period_to"}),
    facts.InvoiceCorrected: frozenset({"period_to"}),
    facts.EvictionScheduled: frozenset({"corrects"}),
}


def ahead(fact: Struct, newest: date) -> Refusal | None:
    """Why `fact` is dated too far ahead of `newest`, the newest day known when it came; None if it
    is not. `newest` is the later of the day its record was taken and the last day that has ended.
    """
    kind = type(fact)
    for name, last in _last_days(newest).get(kind, ()):
        day = getattr(fact, name)
        if day is not None and day > last:
            return _refusal(name, newest, DAYS[kind][name])
    parts = _PARTS.get(kind)
    return None if parts is None else parts(fact, newest)


@lru_cache(maxsize=4096)  # a history is loaded lease by lease, day after day
def _last_days(newest: date) -> dict[type[Struct], tuple[tuple[str, date], ...]]:
    """The fields that stand by themselves, each with the last day that it may name."""
    return {
        kind: tuple((name, newest + most) for name, most in days.items() if name not in _TOGETHER)
        for kind, days in DAYS.items()
    }


def _refusal(name: str, newest: date, most: timedelta) -> Refusal:
    code = DATED_AHEAD if most == HAPPENED else TOO_FAR_AHEAD
    return Refusal(code, f"data.{name}", phrase("expected.day_until", last=newest + most))


def _invoice(fact: facts.RentInvoiced, newest: date) -> Refusal | None:
    """The month and the due day of one rent belong together: a slip in the year of either would put
    the rent off by a year."""
    month, due_on = _first_of(fact.period), fact.due_on
    last = month if fact.period_to is None else _first_of(fact.period_to)
    if due_on > last and due_on - max(last, newest) > DUE_AFTER:
        return _refusal("due_on", max(last, newest), DUE_AFTER)
    if month - newest <= RENT_MONTH and month - due_on <= DUE_BEFORE:
        return None
    last = min(newest + RENT_MONTH, due_on + DUE_BEFORE)
    until = phrase("expected.month_until", last=f"{last:%Y-%m}")
    return Refusal(TOO_FAR_AHEAD, "data.period", until)


@lru_cache(maxsize=1024)
def _first_of(period: str) -> date:
    return date.fromisoformat(f"{period}-01")


def _plan(fact: facts.PlanAgreed, newest: date) -> Refusal | None:
    for place, part in enumerate(fact.instalments):
        if part.due_on - newest > INSTALMENT_DAY:
            return _refusal(f"instalments[{place}].due_on", newest, INSTALMENT_DAY)
    return None


_PARTS: dict[type[Struct], Callable[[Any, date], Refusal | None]] = {
    facts.RentInvoiced: _invoice,
    facts.InvoiceCorrected: _invoice,
    facts.PlanAgreed: _plan,
}
_TOGETHER = frozenset({"due_on", "period", "instalments[].due_on"})  # read by `_PARTS`
