"""Noting that it was asked whether the preliminary assessment about the children has been made."""

from alerts.commands.case_act import SECONDS, Cases, Deed, Refused, Told, tell
from alerts.commands.case_find import find_case
from alerts.commands.event_log import EventLog
from models.contract.facts import CaseQuestionAsked


def ask_child_question(
    log: EventLog, cases: Cases, deed: Deed, *, seconds: float = SECONDS
) -> Told | Refused:
    """The question was asked, also where no child is known of: a caseworker may know more."""
    found = find_case(cases, deed)
    if isinstance(found, Refused):
        return found
    fact = CaseQuestionAsked(lease_id=found.stand.lease.lease_id, on=found.on, by=deed.by)
    return tell(log, found, deed, fact, seconds)
