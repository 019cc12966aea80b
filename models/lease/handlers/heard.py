"""What a municipality has heard from the landlord of a notice is kept, and can be undone."""

from bisect import insort
from datetime import date

from msgspec.structs import replace

from models.contract.events import Event
from models.contract.source import municipality_of
from models.lease.account import Outcome
from models.lease.handlers.kept import KEPT_SIGNALS
from models.lease.heard import count_heard
from models.lease.newest import stamp_of
from models.lease.papers import HeardNotice
from models.lease.state import Lease


def heard(lease: Lease, event: Event, today: date) -> Outcome:
    """Keep what was heard of a notice. As of acts, what says the same of the same moment is a
    repeat, whatever its id, and the word sent last holds; of one moment, the last to come."""
    legal, undone, said = lease.legal, lease.signals.undone, _read(event, today)
    standing = [one for one in legal.heard if one.act_id not in undone]
    if any(replace(one, act_id=said.act_id, on=said.on) == said for one in standing):
        return Outcome.REPEAT
    insort(legal.heard, said, key=lambda one: (one.on, one.sent))
    if len(legal.heard) > KEPT_SIGNALS:
        legal.heard.remove(min(legal.heard, key=lambda one: one.act_id not in undone))
    count_heard(legal, undone)
    return Outcome.APPLIED


def _read(event: Event, today: date) -> HeardNotice:
    fact, (on, sent) = event.data, stamp_of(event, today)
    return HeardNotice(
        event.id, on, sent, fact.notice_id, fact.reason, fact.served_on,
        fact.recovery_notice_served_on, fact.tenant_ref, fact.amount_ore,
        municipality_of(event.source) or "",
    )  # fmt: skip
