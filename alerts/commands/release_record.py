"""Releasing a dead record: mended, it goes on as a new event of its own sender."""

import msgspec
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
from alerts.commands.mend_record import Mending, mend
from models.contract.facts import RecordReleased


class Released(Struct, frozen=True):
    """The decision is in the log. `event_id` is the mended event's; until it is `folded`, the
    record still stands open."""

    event_id: str
    folded: bool


def release_record(
    log: EventLog,
    records: DeadRecords,
    decision: Decision,
    mending: Mending,
    *,
    seconds: float = SECONDS,
) -> Released | Refused:
    """Release the record with its mended content, and wait up to `seconds` until that is folded.

    Raises what `EventLog` raises; then the decision may be in the log, and can be made again.
    """
    record = find_open(records, decision)
    if isinstance(record, Refused):
        return record
    event = mend(record, decision.place.partition, mending)
    if isinstance(event, Refused):
        return event
    fact = RecordReleased(
        offset=decision.place.offset, event=event, by=decision.by, reason=decision.reason
    )
    folded = carry_out(log, records, decision, fact, seconds)
    if isinstance(folded, Refused):
        return folded
    return Released(msgspec.json.decode(event)["id"], folded)
