"""What sets a step off: since when a trigger holds, and the day of its newest news."""

from collections.abc import Iterable
from datetime import date, timedelta

from alerts.cases.follow_up import days_of
from alerts.cases.moving import came_on
from alerts.cases.outreach import asks_of_late_rent
from alerts.cases.situation import Situation
from alerts.cases.waking import NEW_FOR, REVIEW_BEFORE
from alerts.playbooks.guarantee_triggers import guarantee_drawn, guarantee_ends
from alerts.playbooks.since import Since, Trigger
from models.calendar_ends import earlier, later
from models.law.weekdays import add_working_days
from models.standing.disturbances import disturbances
from models.standing.guarantees import changes_on
from models.standing.legal_steps import steps_until

_DAY = timedelta(days=1)
PHONED_BEFORE = timedelta(days=14)  # who phones about a rent may do so before it is late


def rent_late(situation: Situation) -> Since | None:
    """Late rent that nothing else speaks for; `first` is the first late day of the oldest."""
    arrears = situation.arrears
    if arrears.since is None or situation.legal.others or not asks_of_late_rent(situation):
        return None
    return Since(arrears.since, arrears.late[-1].last_day + _DAY)


def phoned_on(situation: Situation) -> date | None:
    """When the tenant last got in touch about the newest late rent; None if not at all."""
    late, today = situation.arrears.late, situation.today
    if not late:
        return None
    first = earlier(late[-1].last_day + _DAY, PHONED_BEFORE)
    contacts = situation.lease.signals.contacts
    days = [c.on for c in contacts if c.direction == "inbound" and first <= c.on <= today]
    return max(days, default=None)


def phoned_until(situation: Situation) -> date | None:
    """Until when one waits for the rent of a tenant who got in touch."""
    phoned = phoned_on(situation)
    return None if phoned is None else add_working_days(phoned, days_of(situation, "phoned"))


def phoned(situation: Situation) -> Since | None:
    """The tenant got in touch, and when the follow-up day came the rent was still unpaid."""
    until = phoned_until(situation)
    if until is None or situation.today < until or held("rent_late", situation) is None:
        return None
    return Since(until, until)


def _reminded(kind: str) -> Trigger:
    """A reminder or demand for late rent has been sent."""

    def holds(situation: Situation) -> Since | None:
        if held("rent_late", situation) is None:
            return None
        late = {line.invoice_id for line in situation.arrears.late}
        sent = [
            r.sent_on
            for r in situation.lease.signals.reminders
            if r.kind == kind and r.invoice_id in late and r.sent_on <= situation.today
        ]
        return Since(min(sent), max(sent)) if sent else None

    return holds


def complaint(situation: Situation) -> Since | None:
    """A disturbance reported, or told to the board (JB 12:25 a); a notice takes its place."""
    if situation.legal.running:
        return None
    told = situation.legal.board_told_on
    days = disturbances(situation.lease, situation.today) + ([told] if told else [])
    return Since(max(days), max(days)) if days else None


def landlord_signal(situation: Situation) -> Since | None:
    """The landlord has told of late rent or a disturbance, or silent arrears have opened a case."""
    signals, today = situation.lease.signals, situation.today
    both = held("rent_late", situation), held("complaint", situation)
    found = [since for since in both if since is not None]
    if not found:
        return None
    days = [since.newest for since in found]
    if situation.arrears.since is not None:
        told = [r.sent_on for r in signals.reminders] + [
            c.on for c in signals.contacts if c.by == "landlord"
        ]
        days += [on for on in told if situation.arrears.since <= on <= today]
    return Since(min(since.first for since in found), max(days))


def notice(situation: Situation) -> Since | None:
    """A notice to quit runs."""
    days = [
        n.served_on
        for n in situation.lease.legal.notices.values()
        if n.served and not n.withdrawn and n.served_on is not None
    ]
    days = [day for day in days if day <= situation.today]
    return Since(max(days), max(days)) if days and situation.legal.running else None


def form_3(situation: Situation) -> Since | None:
    """The landlord's message of arrears to the board has come, and its rent is a matter still."""
    if not situation.legal.others:
        return None
    days = [m.given_on or m.sent_on for m in situation.lease.legal.council if m.matter == "arrears"]
    days = [day for day in days if day <= situation.today]
    return Since(max(days), max(days)) if days else None


def _at(kind: str, *steps: str) -> Trigger:
    """A claim or an eviction has come to one of these steps and still runs."""

    def holds(situation: Situation) -> Since | None:
        if not situation.legal.others or situation.is_over:
            return None
        known = steps_until(situation.lease.legal.steps, kind, situation.today)
        days = [step.on for step in known if step.step in steps]
        return Since(max(days), max(days)) if days else None

    return holds


def review_due(situation: Situation) -> Since | None:
    """The contract's review is at most thirty days away, or has been left undone."""
    terms = situation.lease.terms
    if terms is None or terms.review_on is None or terms.review_on < terms.started_on:
        return None
    first = earlier(terms.review_on, REVIEW_BEFORE)
    return Since(first, first) if first <= situation.today else None


def new_lease(situation: Situation) -> Since | None:
    """The lease is new."""
    started = situation.lease.started_on
    if started is None or not started <= situation.today <= started + NEW_FOR:
        return None
    return Since(started, started)


def handed_over(situation: Situation) -> Since | None:
    """The case came from another town, in the last thirty days."""
    on = came_on(situation.lease)
    return Since(on, on) if on is not None and situation.today <= on + NEW_FOR else None


TRIGGERS: dict[str, Trigger] = {
    "rent_late": rent_late,
    "phoned": phoned,
    "reminder": _reminded("reminder"),
    "debt_collection": _reminded("debt_collection"),
    "landlord_signal": landlord_signal,
    "complaint": complaint,
    "notice": notice,
    "form_3": form_3,
    "claim_filed": _at("claim.", "claim.filed"),
    "claim_served": _at("claim.", "claim.served"),
    "eviction_applied": _at("eviction.", "eviction.applied"),
    "eviction_scheduled": _at("eviction.", "eviction.scheduled", "eviction.deferred"),
    "review_due": review_due,
    "new_lease": new_lease,
    "guarantee_ends": guarantee_ends,
    "guarantee_drawn": guarantee_drawn,
    "handed_over": handed_over,
}


_OF_LATE_RENT = frozenset({"rent_late", "phoned", "reminder", "debt_collection"})
_OF_THE_LAW = frozenset(
    {"notice", "form_3", "claim_filed", "claim_served", "eviction_applied", "eviction_scheduled"}
)


def holding(names: Iterable[str], situation: Situation) -> set[str]:
    """Those of the triggers that hold."""
    is_late = situation.arrears.since is not None
    is_running = situation.legal.running
    return {
        name
        for name in names
        if (is_late or name not in _OF_LATE_RENT)
        and (is_running or name not in _OF_THE_LAW)
        and held(name, situation) is not None
    }


def held(name: str, situation: Situation) -> Since | None:
    """Since when a trigger holds, worked out once for a situation."""
    return situation.once(TRIGGERS.get(name, _never))


def _never(situation: Situation) -> Since | None:
    """What the steps themselves tell, and no trigger."""
    return None


# What a step is about, by its trigger: which words it is told in.
MATTERS = {
    "rent_late": "rent", "phoned": "rent", "reminder": "rent", "debt_collection": "rent",
    "nobody_home": "rent",
    "landlord_signal": "signal", "complaint": "disturbance", "notice": "law", "form_3": "law",
    "claim_filed": "law", "claim_served": "law", "eviction_applied": "law",
    "eviction_scheduled": "law", "review_due": "review", "new_lease": "new_lease",
    "guarantee_ends": "guarantee", "guarantee_drawn": "guarantee", "handed_over": "handover",
}  # fmt: skip


def wakes(situation: Situation) -> list[date]:
    """The coming days on which a trigger holds or ends by time alone."""
    until, terms = phoned_until(situation), situation.lease.terms
    days = [] if until is None else [until]
    if terms is not None and terms.review_on is not None:
        days.append(earlier(terms.review_on, REVIEW_BEFORE))
    if situation.lease.started_on is not None:
        started_on = situation.lease.started_on
        days += [started_on, later(started_on, NEW_FOR + _DAY)]
    if situation.lease.guarantees:
        days += changes_on(situation.lease)
    if (came := came_on(situation.lease)) is not None:
        days.append(later(came, NEW_FOR + _DAY))
    return days
