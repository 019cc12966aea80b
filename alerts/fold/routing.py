"""Where a record goes: to its lease, on to its lease's home, to the whole partition, or aside."""

from collections.abc import Callable
from typing import Any

from alerts.contract.topics import EVENTS
from alerts.fold.announce import encode
from alerts.fold.answers import answer_counted, answer_sent_home
from alerts.fold.applying import applied, before
from alerts.fold.days import calendar_day
from alerts.fold.deciding import after_event
from alerts.fold.feeds import fed
from alerts.fold.held import hold_back, is_believed, register_by_papers
from alerts.fold.mending import discard, release, resolve
from alerts.fold.named_board import take_board
from alerts.fold.newest_day import dated_ahead
from alerts.fold.record import Record
from alerts.fold.scoring import rescore
from alerts.fold.set_aside import set_aside, set_event_aside
from alerts.fold.speaking import send
from alerts.fold.told_again import keep_what_both_said
from alerts.fold.workspace import Workspace
from models.contract import facts
from models.contract.event_kinds import MARKS
from models.contract.events import Event, read_event
from models.contract.refusal import Refusal
from models.contract.source import municipality_of
from models.lease.account import Outcome
from models.lease.fold import fold


def fold_record(work: Workspace, record: Record) -> None:
    """Fold one record into what is at hand."""
    event = record.event
    if event is None or record.refusal is not None:
        set_aside(work, record, record.refusal or Refusal("unreadable_json"))
        return
    kind = type(event.data)
    work.folded[kind] = work.folded.get(kind, 0) + 1
    to_partition = _TO_PARTITION.get(kind)
    if to_partition is None:
        _fold_into_lease(work, record, event, kind)
    else:
        to_partition(work, record, event.data)


def _fold_into_lease(work: Workspace, record: Record, event: Event, kind: type) -> None:
    lease_id = event.data.lease_id
    lease = work.lease(lease_id, record.spelled)
    if lease is None:
        work.count("sent_home")
        _send_home(work, record, event)
        answer_sent_home(work, record, event)
        return
    if lease.lease_id == record.spelled:  # what is remembered of it is in that spelling too
        event = read_event(record.value)
    ahead = dated_ahead(work, record, event.data)
    is_new = not lease.is_registered
    if is_new and (municipality := municipality_of(event.source)) is not None:
        believed = is_believed(lease, kind, municipality) and ahead is None
        if believed and lease.terms is None:
            register_by_papers(work, lease, municipality)
        if not hold_back(work, lease, record, event, ahead) or not believed:
            return
    was = before(lease, kind) if is_new or kind is facts.NoticeServed else None
    outcome = fold(lease, event, work.today, ahead)
    if outcome is Outcome.REPEAT or outcome is Outcome.COUNTED:
        work.count("repeats")
        work.changes.leases[lease.lease_id] = lease
        if outcome is Outcome.COUNTED:
            answer_counted(work, record.offset, event)
        if is_new:
            keep_what_both_said(lease, event)
            if take_board(work, lease, event, outcome):
                after_event(work, lease, kind, record.appended_ms)
    elif outcome is not Outcome.APPLIED:
        if kind not in MARKS:  # one of its own is for nobody to mend
            set_event_aside(work, record, event, outcome)
    else:
        applied(work, lease, record, event, was)


def _send_home(work: Workspace, record: Record, event: Event) -> None:
    """Send a record that is astray on. One whose key is spelled otherwise goes first to where a
    lease of that name would be, and from there in the one spelling."""
    spelled, lease_id = record.spelled, event.data.lease_id
    if not spelled:
        send(work, EVENTS, lease_id.encode(), record.value)
    elif work.home(spelled) != work.partition.number:
        send(work, EVENTS, spelled.encode(), record.value)
    else:
        send(work, EVENTS, lease_id.encode(), encode(event))


def _rules(work: Workspace, record: Record, fact: facts.RulesChanged) -> None:
    work.partition.rules = fact.digest
    if work.score_by(fact.digest):
        rescore(work, record)


_TO_PARTITION: dict[type, Callable[[Workspace, Record, Any], None]] = {
    facts.CalendarDay: calendar_day,
    facts.FeedCompleted: fed,
    facts.RulesChanged: _rules,
    facts.RecordReleased: release,
    facts.RecordDiscarded: discard,
    facts.RecordResolved: resolve,
}
