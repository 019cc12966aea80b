"""What a lease's history says of a task: all of it when it opens, and then only what changed.

A task keeps beside the digest of what was last said its days and a mark of each sentence, so that
the next revision can tell what is new without asking the database.
"""

from datetime import date

import msgspec
import xxhash

from alerts.contract.messages import VisitTask
from models.phrase import Phrase, phrase
from models.standing.defects import NOT_BEGUN

_encode = msgspec.json.Encoder().encode
_DAY, _MARK = 3, 4  # bytes
_CLOSED = b"\1"  # beside the marks, for a task that was closed
# What the lines of the legal dates tell by themselves, and what is no news.
_TOLD = frozenset(
    {
        *NOT_BEGUN,
        *("reason.last_day", "reason.last_day_municipal", "reason.may_be_paid"),
        *("reason.recovery_lost", "reason.message_alone", "reason.paid_after"),
        *("reason.served_for_rent", "reason.served_with_claim"),
        *("happened.eviction_scheduled", "happened.eviction_deferred"),
    }
)


def packed(message: VisitTask) -> bytes:
    """What the next revision is held against; after one that closed, only that it did."""
    if message.state == "closed":
        return _packed_day(message.due_by) + _CLOSED
    marks = [_mark(message.priority.rule), *map(_mark, message.reasons)]
    return b"".join([_packed_day(message.due_by), *marks])


def history(message: VisitTask, before: bytes) -> list[Phrase]:
    """The line of a revision; `before` is what the last one packed, and nothing is said of one in
    which only a score or a contact is another."""
    step = message.does
    if message.state == "closed":
        return [phrase("history.closed", step=step, reason=message.reason)]
    if message.state == "open" or not before:
        return [_whole(message)]
    if (len(before) - _DAY) % _MARK:  # it was closed, and what closed it was taken back
        return [phrase("history.reopened", step=step, due_by=message.due_by)]
    what = _changed(message, before)
    return [phrase("history.changed", step=step, what=what)] if what else []


def _whole(message: VisitTask) -> Phrase:
    why, due_by = message.priority.rule, message.due_by
    said = {"step": message.does, "due_by": due_by, "why": why}
    if message.legal_deadline in (None, due_by):
        return phrase("history.task", **said)
    return phrase("history.task_with_law", law=message.legal_deadline, **said)


def _changed(message: VisitTask, before: bytes) -> list[Phrase]:
    due, rest = _unpacked_day(before[:_DAY]), before[_DAY:]
    marks = {rest[at : at + _MARK] for at in range(_MARK, len(rest), _MARK)}
    rule, what = message.priority.rule, list[Phrase]()
    if due != message.due_by:
        what.append(phrase("history.due", due_by=(message.due_by, due)))
    if rest[:_MARK] != _mark(rule) and not _is_told(rule, message, marks):
        what.append(rule)
    new = [one for one in message.reasons if _mark(one) not in marks and _is_news(one, rule)]
    return [*what, phrase("history.new", reasons=new)] if new else what


def _is_told(rule: Phrase, message: VisitTask, marks: set[bytes]) -> bool:
    """Does the rank fall back on a step that the reasons told before?"""
    step = rule.args.get("step")
    if not isinstance(step, dict):
        return False
    if _mark(Phrase(step["code"], step["args"])) in marks:
        return True
    notices = ("reason.served_for_rent", "reason.served_with_claim")
    known = any(one.code in notices and _mark(one) in marks for one in message.reasons)
    return step["code"] == "happened.notice" and known


def _is_news(reason: Phrase, rule: Phrase) -> bool:
    if reason.code in _TOLD or reason.code.startswith("risk."):
        return False
    told = rule.args.get("step")
    return told is None or bool(phrase("_", step=reason).args["step"] != told)


def _mark(said: Phrase) -> bytes:
    return xxhash.xxh32_digest(_encode(said))


def _packed_day(day: date) -> bytes:
    return day.toordinal().to_bytes(_DAY, "big")


def _unpacked_day(packed: bytes) -> date:
    return date.fromordinal(int.from_bytes(packed, "big"))
