"""Telling a paper of the law about a lease, also of one that nobody has registered.

The municipality's own papers need no landlord: a lease that it alone knows is its own until the
landlord's word comes. A landlord tells of its own leases; of one that it has not registered its
message reaches the board that it names, and waits where it names none.
"""

import hashlib
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

import msgspec
from msgspec import Struct, structs

from alerts.commands.case_act import SECONDS, Cases
from alerts.commands.dead_record import DeadRecords
from alerts.commands.event_log import EventLog
from alerts.fold.named_board import may_name
from models.contract.events import Event, make_event
from models.contract.facts import CouncilNotified, EvictionScheduled, Fact, NoticeServed
from models.contract.refusal import mend
from models.contract.source import landlord_of, municipality_of
from models.lease.handlers.papers import message_of
from models.lease.state import Lease
from models.phrase import Phrase


class Refusal(Enum):
    """Why a paper is not told, or was not counted. The value names its sentence."""

    ELSEWHERE = "paper_refusal.elsewhere"
    NOT_ITS_LEASE = "paper_refusal.not_its_lease"
    CORRECTED_TODAY = "paper_refusal.corrected_today"
    SET_ASIDE = "paper_refusal.set_aside"


class Refused(Struct, frozen=True):
    """A paper that is not told. One that was `SET_ASIDE` is in the log and changed nothing; `mend`
    says why."""

    refusal: Refusal
    mend: Phrase | None = None


class Told(Struct, frozen=True):
    """The paper is in the log, under `event_id`; until it is `folded`, all stands as before."""

    event_id: str
    lease_id: str
    folded: bool


class Paper(NamedTuple):
    """A paper and who tells it (an event's source), at the moment `now`, by the id of an act: the
    same paper told twice by it is one, and another one corrects the first on the day `today`."""

    fact: CouncilNotified | EvictionScheduled | NoticeServed
    source: str
    act_id: str
    now: datetime
    today: date


def tell_paper(
    log: EventLog, cases: Cases, records: DeadRecords, paper: Paper, *, seconds: float = SECONDS
) -> Told | Refused:
    """Tell the paper, and wait up to `seconds` until it is folded.

    Raises what `EventLog` raises; then the paper may be in the log, and can be told again.
    """
    stand = cases(paper.fact.lease_id)
    lease = None if stand is None else stand.lease
    event = hindered(lease, paper.source, paper.fact.lease_id) or as_told(lease, paper)
    if isinstance(event, Refused):
        return event
    position = log.tell(event)
    folded = log.wait(position, seconds)
    dead = records(*position) if folded else None
    if dead is not None:
        return Refused(Refusal.SET_ASIDE, mend(dead.refusal))
    return Told(event.id, paper.fact.lease_id, folded)


def as_told(lease: Lease | None, paper: Paper) -> Event | Refused:
    """The event that tells the paper."""
    fact = _by_its_act(lease, paper)
    if isinstance(fact, Refused):
        return fact
    content = hashlib.sha256(msgspec.json.encode(fact)).hexdigest()[:16]
    event_id = f"{paper.act_id}-{content}{_anew(lease, paper.act_id, content)}"
    return make_event(fact, source=paper.source, event_id=event_id, time=paper.now.isoformat())


def hindered(lease: Lease | None, source: str, lease_id: str) -> Refused | None:
    """Why the source may not tell of the lease, as far as it is known; None if it may."""
    terms = None if lease is None else lease.terms
    landlord, town = landlord_of(source), municipality_of(source)
    if landlord is not None:
        own = lease_id.startswith(f"{landlord}:") or (terms and terms.landlord_id == landlord)
        return None if own else Refused(Refusal.NOT_ITS_LEASE)
    if terms is not None and terms.municipality != town:
        return Refused(Refusal.ELSEWHERE)
    return None


def _by_its_act(lease: Lease | None, paper: Paper) -> Fact | Refused:
    """A message goes by the act's id, and as a correction where the act has told another before. So
    does what was heard of a notice, of which the newest word holds by itself."""
    if isinstance(paper.fact, NoticeServed):
        return structs.replace(paper.fact, notice_id=paper.act_id)
    if not isinstance(paper.fact, CouncilNotified):
        return paper.fact
    fact = structs.replace(paper.fact, message_id=paper.act_id)
    told = lease.legal.council if lease is not None else []
    held = next((one for one in told if one.message_id == paper.act_id), None)
    is_same = held is not None and structs.replace(held, corrected_on=None) == message_of(fact)
    if held is None or (is_same and not _renames(lease, fact)):
        return fact
    if held.corrected_on == paper.today:
        return Refused(Refusal.CORRECTED_TODAY)
    return structs.replace(fact, corrected_on=paper.today)


def _anew(lease: Lease | None, act_id: str, content: str) -> str:
    """What tells apart the same words on a notice, said once more after others or after they were
    taken back: of those the newest counts. Said last, they are the same event."""
    heard, undone = ([], []) if lease is None else (lease.legal.heard, lease.signals.undone)
    told = [one.act_id for one in heard if one.notice_id == act_id]
    is_last = bool(told) and told[-1].startswith(f"{act_id}-{content}") and told[-1] not in undone
    if is_last:
        return told[-1].removeprefix(f"{act_id}-{content}")
    return f"-{len(told)}" if any(content in one for one in told) else ""


def _renames(lease: Lease | None, fact: CouncilNotified) -> bool:
    """Is the board another than before, of a lease whose board the landlord's word decides?"""
    board, terms = fact.municipality, None if lease is None else lease.terms
    if lease is None or terms is None or board in (None, terms.municipality):
        return False
    return may_name(lease)
