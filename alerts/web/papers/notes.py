"""What is said of a paper before it is told: what to look at again, and what will happen."""

from datetime import date, timedelta

from alerts.web.papers import boards, service
from alerts.web.papers.boards import is_known
from alerts.web.papers.counted import Counted
from alerts.web.papers.fields import Fact
from models.contract import form3, giro
from models.contract.facts import CouncilNotified, EvictionScheduled, NoticeServed
from models.law.deadlines import recovery_last_day
from models.lease.handlers.papers import message_of
from models.lease.state import Lease
from models.phrase import Phrase, phrase

_LONG_BEFORE = timedelta(days=366)  # of a due day before the message: more is likely a slip
_NOBODY = Phrase("paper_note.reaches_nobody")


def lacking(fact: Fact) -> list[Phrase]:
    """What a message for arrears lacks; it is received all the same."""
    if not isinstance(fact, CouncilNotified) or fact.matter != "arrears":
        return []
    lacks = form3.to_mend(fact)
    said = [
        Phrase("paper_note.not_named" if name == "sealed_identity" else f"form3_lacks.{name}")
        for name in lacks
    ]
    return [*said, Phrase("paper_note.may_bar")] if form3.bars(lacks) else said


def to_look_at(fact: Fact, lease: Lease | None, is_landlord: bool, may_know: bool) -> list[Phrase]:
    """What may be a slip of the hand; and what has been told before, to those who `may_know`."""
    if isinstance(fact, NoticeServed):
        return [*_to_compare(fact, lease), *service.to_look_at(fact, lease if may_know else None)]
    if isinstance(fact, EvictionScheduled):
        return _to_compare(fact, lease)
    found = boards.to_look_at(fact, lease) if is_landlord else _to_compare(fact, lease)
    if fact.account and giro.account(fact.account) is None:
        found.append(Phrase("paper_note.account"))
    if fact.due_on is not None and fact.sent_on - fact.due_on > _LONG_BEFORE:
        found.append(phrase("paper_note.long_before", due=fact.due_on))
    told = lease.legal.council if lease is not None and may_know else []
    if any((one.sent_on, one.matter) == (fact.sent_on, fact.matter) for one in told):
        found.append(phrase("paper_note.told_before", sent=fact.sent_on))
    return found


def _to_compare(fact: Fact, lease: Lease | None) -> list[Phrase]:
    """What a municipality compares with its paper where no landlord has registered the lease."""
    if is_known(lease):
        return []
    landlord = fact.lease_id.partition(":")[0].replace("-", "")
    wrong = int(landlord[-1]) != giro.check_digit(landlord[:-1])
    slip = [Phrase("paper_note.check_digit")] if wrong else []
    return [*slip, phrase("paper_note.unregistered", lease=fact.lease_id)]


def follows(fact: Fact, lease: Lease | None, is_landlord: bool, counted: Counted) -> list[Phrase]:
    """What happens once it is told."""
    if isinstance(fact, EvictionScheduled):
        return [Phrase("paper_note.confirm_today")]
    if isinstance(fact, NoticeServed):
        return service.follows(fact, counted)
    first = boards.seen_by(fact, lease) if is_landlord else Phrase("paper_note.task_at_once")
    if first == _NOBODY:
        return [first]
    if fact.matter != "arrears":
        noted = Phrase("paper_note.disturbance")
        return [noted] if not is_landlord or is_known(lease) else [first, noted]
    given_on = given_on_of(fact)
    if given_on is None:
        return [first, Phrase("paper_note.not_given")]
    asked = Phrase("paper_note.tell_service" if is_landlord else "paper_note.ask_service")
    floor = counted.not_before(_floor(given_on))
    return [first, floor_said(given_on) if floor is not None else service.IN_CASE, asked]


def given_on_of(fact: Fact) -> date | None:
    """The day on which a message counts as given (JB 12:63), None while it is not known."""
    return message_of(fact).given_on if isinstance(fact, CouncilNotified) else None


def floor_said(given_on: date) -> Phrase:
    """The earliest that the last day to save the home can be (JB 12:44)."""
    return phrase("paper_note.floor", given=given_on, floor=_floor(given_on))


def _floor(given_on: date) -> date:
    return recovery_last_day(given_on, given_on)


def message_told(lease: Lease, act_id: str) -> list[Phrase]:
    """What a landlord is told of its own message, by the act's id; nothing if it is not there."""
    told = next((one for one in lease.legal.council if one.message_id == act_id), None)
    if told is None:
        return []
    said = [phrase("paper_note.told", lease=lease.lease_id)]
    if not lease.is_registered:
        said.append(boards.seen_since(lease))
    if lease.terms is None:
        return said
    if told.matter != "arrears":
        return said
    if told.given_on is None:
        return [*said, Phrase("paper_note.not_given")]
    return [*said, floor_said(told.given_on), Phrase("paper_note.tell_service")]
