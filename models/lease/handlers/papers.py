"""The law's papers: notices, messages to the board, claims and evictions."""

from datetime import date

import msgspec

from models.contract import facts, form3
from models.contract.refusal import Refusal
from models.law.deadlines import council_given_on
from models.lease.account import Outcome
from models.lease.handlers.kept import keep
from models.lease.handlers.paying import note_form_3
from models.lease.heard import count_heard
from models.lease.papers import CouncilMessage, LegalStep, Notice
from models.lease.state import Lease
from models.phrase import Phrase


def served(lease: Lease, fact: facts.NoticeServed, today: date) -> Outcome | Refusal:
    """Add a notice. Of its corrections the newest holds, and reports as new as each other fill each
    other in."""
    held = lease.legal.notices.get(fact.notice_id)
    notice = Notice(
        True, held is not None and held.withdrawn, fact.reason, fact.served_on,
        fact.recovery_notice_served_on, fact.tenant_ref, fact.amount_ore, fact.corrected_on,
        withdrawn_on=None if held is None else held.withdrawn_on,
    )  # fmt: skip
    if held is not None and held.served:
        if _told_on(notice) < _told_on(held):
            return Outcome.REPEAT
        if _told_on(notice) == _told_on(held):
            whole, other = _filled(held, notice), _filled(notice, held)
            if whole != other:
                return _contradiction(whole, other)
            if whole == held:
                return Outcome.REPEAT
            notice = whole
    lease.legal.notices[fact.notice_id] = notice
    count_heard(lease.legal, lease.signals.undone)
    return Outcome.APPLIED


def _told_on(told: Notice | CouncilMessage) -> date:
    """How new a report is; what is no correction is oldest."""
    return told.corrected_on or date.min


def _contradiction(held: Notice, other: Notice) -> Refusal:
    """Two reports as new as each other say different things."""
    names = ("served_on", "reason", "recovery_notice_served_on", "tenant_ref", "amount_ore")
    field = next(name for name in names if getattr(held, name) != getattr(other, name))
    expected = Phrase("expected.as_before_or_corrected")
    return Refusal(Outcome.OTHER_CONTENT.value, f"data.{field}", expected)


def _filled(notice: Notice, other: Notice) -> Notice:
    """A notice with what only another report of it says: a service of form 1, an amount."""
    form_1, ore = notice.recovery_notice_served_on, notice.amount_ore
    return msgspec.structs.replace(
        notice,
        recovery_notice_served_on=other.recovery_notice_served_on if form_1 is None else form_1,
        amount_ore=other.amount_ore if ore is None else ore,
    )


def notice_withdrawn(lease: Lease, fact: facts.NoticeWithdrawn, today: date) -> Outcome:
    """A withdrawal; it may come before its notice."""
    notice = lease.legal.notices.setdefault(fact.notice_id, Notice())
    if notice.withdrawn:
        return Outcome.REPEAT
    notice.withdrawn, notice.withdrawn_on = True, fact.on or today
    count_heard(lease.legal, lease.signals.undone)
    return Outcome.APPLIED


def message_of(fact: facts.CouncilNotified) -> CouncilMessage:
    """A message to the social welfare board as a lease keeps it."""
    registered = fact.how == "registered"
    return CouncilMessage(
        fact.sent_on,
        fact.matter,
        council_given_on(fact.sent_on if registered else None, fact.received_on),
        form3.lacks(fact) if fact.matter == "arrears" else (),
        registered,
        fact.amount_ore,
        fact.due_on,
        fact.message_id,
        fact.corrected_on,
    )


def council(lease: Lease, fact: facts.CouncilNotified, today: date) -> Outcome:
    """Add a message to the social welfare board."""
    message = message_of(fact)
    note_form_3(lease, fact)
    told = lease.legal.council
    held = next((m for m in told if m.message_id and m.message_id == fact.message_id), None)
    if held is None or held == message:
        return keep(told, message)
    if _told_on(message) == _told_on(held):
        return Outcome.OTHER_CONTENT
    if _told_on(message) < _told_on(held):
        return Outcome.REPEAT
    told.remove(held)
    return keep(told, message)


def assumed(lease: Lease, fact: facts.CouncilRentAssumed, today: date) -> Outcome:
    """The board has taken the rent on."""
    return keep(lease.legal.assumed, fact.on)


def claim(lease: Lease, fact: facts.ClaimStep, today: date) -> Outcome:
    """Add a step of a claim."""
    step = "claim." + type(fact).__name__[5:].lower()
    return keep(lease.legal.steps, LegalStep(fact.on, step, fact.reply_by))


def eviction(lease: Lease, fact: facts.EvictionStep, today: date) -> Outcome:
    """Add a step of an eviction."""
    step = "eviction." + type(fact).__name__[8:].lower()
    corrects = getattr(fact, "corrects", None)
    return keep(lease.legal.steps, LegalStep(fact.on, step, fact.to or fact.scheduled_on, corrects))
