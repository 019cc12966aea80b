"""What releasing and discarding a dead record have in common.

The decision is told to the partition where the record lies; the fold carries it out, and the log
keeps who decided and why.
"""

from enum import Enum
from typing import Any, NamedTuple, Protocol

from msgspec import Struct

from alerts.commands.event_log import EventLog, Position
from alerts.fold.record import DeadRecord
from models.contract.events import BOKVAR, make_event
from models.contract.facts import RecordDiscarded, RecordReleased

LONGEST = 200  # characters of who and why, as the contract has it
SECONDS = 30.0  # to wait until a decision has taken effect, unless the caller says otherwise


class DeadRecords(Protocol):
    """Reads what was set aside."""

    def __call__(self, partition: int, offset: int) -> DeadRecord | None:
        """The record set aside at that place; None if there is none."""
        ...


class Decision(NamedTuple):
    """On which record is decided, by whom and why."""

    place: Position
    by: str
    reason: str


class Refusal(Enum):
    """Why a decision is not carried out; nothing has changed then. The value is the sentence."""

    NOT_SET_ASIDE = (
        "nothing was set aside at partition {partition}, offset {offset}: see "
        "`bokvar deadletters list`"
    )
    DECIDED_ALREADY = "it is {state} already, by {by}: {reason}; nothing was changed"
    UNSIGNED = "say who decides and why, in at most {longest} characters each"
    LEASE_UNKNOWN = (
        "nothing is to be mended: the lease is not registered, and its events are held for it; "
        "publish its registration, or discard"
    )
    ANOTHER_SOURCE = (
        "its source must stay {source}: an event of another sender is published by "
        "`bokvar publish`, and this one discarded"
    )
    NO_SENDER = (
        "nobody can read who sent it, and nothing in it names one landlord: whoever knows it sends "
        "it again, and this one is discarded"
    )
    ANOTHER_TYPE = (
        "it must stay the kind of event that it was, and what cannot be read becomes neither a "
        "municipality's act nor a word on who may see a lease: have it sent again, and discard "
        "this one"
    )
    ANOTHER_LEASE = (
        "it must stay about a lease that the record names: have an event about another sent by "
        "whose it is, and discard this one"
    )
    ANOTHER_PROTECTION = (
        "whether somebody has a protected identity must stay as the record says it: ask its "
        "sender, and discard this one"
    )
    GIVEN_NO_OBJECT = "the file does not hold one JSON object: write the whole mended event"
    RECORD_NO_JSON = "the record is not JSON: give the whole mended event with --file"
    NO_FIELD = "--set {field}: {part} is not an object; give the event with --file"
    NOT_IN_CONTRACT = "the mended event is not one of the contract: {fault}"
    FOR_ALL_PARTITIONS = (
        "an event about no lease goes to every partition: publish it with `bokvar publish`, "
        "and discard this one"
    )
    TOO_LONG = (
        "the mended event has {length} characters, at most {longest} fit: publish it with "
        "`bokvar publish`, and discard this one"
    )


class Refused(Struct, frozen=True):
    """A decision that is not carried out: why, by name and in a sentence; `words` are what the
    sentence names, for who says it otherwise."""

    refusal: Refusal
    sentence: str
    words: dict[str, Any] = {}


def refused(refusal: Refusal, **words: object) -> Refused:
    """The refusal with its `words` filled in."""
    return Refused(refusal, refusal.value.format(**words), words)


def find_open(records: DeadRecords, decision: Decision) -> DeadRecord | Refused:
    """The record, if it can still be decided on and someone says why."""
    place = decision.place
    record = records(*place)
    if record is None:
        return refused(Refusal.NOT_SET_ASIDE, **place._asdict())
    if record.state != "open":
        return _decided(record)
    if not all(text.strip() and len(text) <= LONGEST for text in (decision.by, decision.reason)):
        return refused(Refusal.UNSIGNED, longest=LONGEST)
    return record


def carry_out(
    log: EventLog,
    records: DeadRecords,
    decision: Decision,
    fact: RecordReleased | RecordDiscarded,
    seconds: float,
) -> bool | Refused:
    """Tell the decision; has it taken effect within `seconds`, or had another come before it?"""
    state = "released" if isinstance(fact, RecordReleased) else "discarded"
    name = f"{state}:{decision.place.partition}:{decision.place.offset}"
    event = make_event(fact, source=BOKVAR, event_id=name)
    if not log.wait(log.tell(event, decision.place.partition), seconds):
        return False
    record = records(*decision.place)
    if record is None or record.state == "open":
        return False
    stands = (record.state, record.by, record.reason)
    return stands == (state, decision.by, decision.reason) or _decided(record)


def _decided(record: DeadRecord) -> Refused:
    return refused(Refusal.DECIDED_ALREADY, state=record.state, by=record.by, reason=record.reason)
