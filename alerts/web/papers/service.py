"""The day of service that a landlord has told the municipality: for whom, and what comes of it."""

from alerts.cases.situation import Situation
from alerts.web.papers.checks import Faults
from alerts.web.papers.counted import Counted
from alerts.web.papers.fields import Fact
from models.contract.facts import NoticeServed, Tenant
from models.law.deadlines import recovery_last_day
from models.lease.heard import told_by_landlord
from models.lease.papers import HeardNotice
from models.lease.state import Lease
from models.phrase import Phrase, phrase
from models.standing.defects import NO_FORM_1, NOT_ALL_SERVED

IN_CASE = Phrase("paper_note.days_in_case")


def tenants_of(lease: Lease | None, may_know: bool) -> list[Tenant]:
    """The tenants among whom somebody chooses who was served; none where there is no choice, or
    where who lives there is not for them to know. Written freely, a name would stay in the log."""
    tenants = lease.household.tenants if lease is not None and may_know else []
    return tenants if len(tenants) > 1 else []


def checked(fact: Fact | Faults, chosen: str, tenants: list[Tenant]) -> Fact | Faults:
    """The paper, or beside all other faults that it names none of the tenants."""
    if not chosen or chosen in {one.tenant_ref for one in tenants}:
        return fact
    others = fact.by_field if isinstance(fact, Faults) else {}
    return Faults({**others, "tenant_ref": Phrase("paper_fault.tenant_ref")})


def to_look_at(fact: NoticeServed, lease: Lease | None) -> list[Phrase]:
    """What may be a slip, or is known better; of a lease that may be known."""
    found = []
    if fact.reason == "arrears" and fact.recovery_notice_served_on is None:
        found.append(Phrase("paper_note.no_form_1"))
    if lease is None:
        return found
    if fact.tenant_ref is None and len(lease.household.tenants) > 1:
        found.append(Phrase("paper_note.several_tenants"))
    own = told_by_landlord(lease.legal, _as_heard(fact))
    if own is not None:
        found.append(phrase("paper_note.landlord_told", served=own.served_on))
    return found


def follows(fact: NoticeServed, counted: Counted) -> list[Phrase]:
    """What happens once it is told."""
    holds = Phrase("paper_note.landlord_holds")
    if fact.reason == "disturbance":
        return [Phrase("paper_note.notice_for_disturbance"), holds]
    served_on = fact.recovery_notice_served_on
    if served_on is None:
        begun = not counted.may_say or counted.day is not None
        return [IN_CASE if begun else Phrase("paper_note.not_begun"), holds]
    last = counted.not_before(recovery_last_day(served_on, served_on))
    if last is None:
        return [IN_CASE, holds]
    return [phrase("paper_note.clock", served=served_on, last=last), holds]


def asks_service(situation: Situation) -> bool:
    """Is the day of service to be asked for, or what the landlord said of it still all there is?"""
    legal = situation.legal
    lacks = {defect.code for defect in legal.defects} & {NO_FORM_1, NOT_ALL_SERVED}
    return not situation.is_over and bool(legal.message_given_on or legal.heard or lacks)


def _as_heard(fact: NoticeServed) -> HeardNotice:
    """As a lease would keep it; without a moment, for it is not told yet."""
    return HeardNotice(
        "", fact.served_on, "", fact.notice_id, fact.reason, fact.served_on,
        fact.recovery_notice_served_on, fact.tenant_ref,
    )  # fmt: skip
