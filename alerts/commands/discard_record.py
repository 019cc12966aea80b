"""Discarding a dead record: it is not needed, and its lease is complete again."""

from msgspec import Struct

from alerts.commands.dead_record import (
    SECONDS,
    DeadRecords,
    Decision,
    Refused,
    carry_out,
    find_open,
)
from alerts.commands.event_log import EventLog
from models.contract.facts import RecordDiscarded


class Discarded(Struct, frozen=True):
    """The decision is in the log. `event_id` is the record's own, empty if it could not be read;
    until it is `folded`, the record still stands open."""

    event_id: str
    folded: bool


def discard_record(
    log: EventLog, records: DeadRecords, decision: Decision, *, seconds: float = SECONDS
) -> Discarded | Refused:
    """Discard the record, and wait up to `seconds` until that is folded.

    Raises what `EventLog` raises; then the decision may be in the log, and can be made again.
    """
    record = find_open(records, decision)
    if isinstance(record, Refused):
        return record
    fact = RecordDiscarded(offset=decision.place.offset, by=decision.by, reason=decision.reason)
    folded = carry_out(log, records, decision, fact, seconds)
    return folded if isinstance(folded, Refused) else Discarded(record.event_id, folded)
