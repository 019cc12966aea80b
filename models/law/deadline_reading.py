"""Reads one case: every deadline that follows from its facts, other readings and notes beside."""

from datetime import date

from models.law.deadline_case import Answer, Facts, check, period_start
from models.law.deadline_parts import (
    NOTHING,
    Part,
    confirmation_part,
    derived_due_part,
    eviction_part,
    forfeiture_part,
    given_due_part,
    recovery_part,
)
from models.phrase import Phrase, phrase


def read_case(facts: Facts) -> Answer:
    """Every date the facts give, in the recommended reading. CaseError if they cannot be true."""
    check(facts)
    due = _due_part(facts)
    forfeiture = NOTHING if due.day is None else forfeiture_part(due.day, due.others)
    recovery = recovery_part(
        facts.notice_served_on, facts.council_notified_on, facts.council_received_on
    )
    eviction = NOTHING if recovery.day is None else eviction_part(recovery.day, recovery.others)
    received = facts.eviction_notified_on
    confirmation = NOTHING if received is None else confirmation_part(received)
    said = [*due.notes, *forfeiture.notes, *recovery.notes, *eviction.notes, *confirmation.notes]
    said += _contradictions(facts, forfeiture.day, eviction.day)
    answer = Answer(
        due_on=due.day,
        forfeiture_from=forfeiture.day,
        recovery_last_day=recovery.day,
        assume_payment_last_day=recovery.day,
        earliest_eviction_decision=eviction.day,
        confirm_by=confirmation.day,
        other_readings=_other_readings(due, forfeiture, recovery, eviction, confirmation),
        notes=said,
    )
    if not said and {due.day, recovery.day, confirmation.day} == {None}:
        said.append(phrase("deadline.nothing_given"))
    return answer


def _due_part(facts: Facts) -> Part:
    start = period_start(facts)
    first_month = bool(facts.first_month)
    if facts.due_on is not None:
        return given_due_part(facts.due_on, start, first_month)
    if start is not None:
        return derived_due_part(start, facts.contract_due_date, first_month)
    if facts.contract_due_date is None:
        return NOTHING
    if first_month:
        return given_due_part(facts.contract_due_date, None, True)
    return Part(notes=(phrase("deadline.period_missing"),))


def _other_readings(
    due: Part, forfeiture: Part, recovery: Part, eviction: Part, confirmation: Part
) -> dict[str, list[date]]:
    fields = (
        ("due_on", due),
        ("forfeiture_from", forfeiture),
        ("recovery_last_day", recovery),
        ("assume_payment_last_day", recovery),
        ("earliest_eviction_decision", eviction),
        ("confirm_by", confirmation),
    )
    return {field: list(part.others) for field, part in fields if part.others}


def _contradictions(
    facts: Facts, forfeited: date | None, eviction_decision: date | None
) -> list[Phrase]:
    """Steps taken before the law allows them: defects to point out, or slips to mend."""
    said = []
    served, notified = facts.notice_served_on, facts.eviction_notified_on
    if served is not None and forfeited is not None and served < forfeited:
        said.append(phrase("deadline.notice_before_forfeiture", served=served, forfeited=forfeited))
    if notified is not None and eviction_decision is not None and notified < eviction_decision:
        said.append(
            phrase(
                "deadline.eviction_before_decision", notified=notified, earliest=eviction_decision
            )
        )
    return said
