"""Why bytes are no event that may be published, in words for whoever sends them."""

import msgspec

from alerts.fold.announce import key_of
from models.contract import facts
from models.contract.events import AnyEvent, Event
from streams.cli.jsonl import explain
from streams.kafka import decode, decode_errors
from streams.kafka.soundness import DEEPEST, Unsound, unsound

_BY_COMMAND: dict[type, str] = {
    facts.RecordReleased: "it belongs to one partition: use `bokvar deadletters`",
    facts.RecordDiscarded: "it belongs to one partition: use `bokvar deadletters`",
    facts.RulesChanged: "rules begin by `bokvar init` and `bokvar upgrade` alone, which also take "
    "the checkpoint there",
}
_HOW_TO_MEND = {
    decode_errors.UNKNOWN_TYPE: "its type is not one of the contract's: see docs/contract",
    decode_errors.BATCH: "it is a list: give each event a line and a message of its own",
    decode_errors.SUBJECT_MISMATCH: "subject and data.lease_id differ: give both the lease's id",
    decode_errors.LEASE_ID: "the lease id is not <organisation number>:<the landlord's own number>",
    decode_errors.DATE_OUT_OF_RANGE: "a date lies outside the calendar: check the year",
    decode_errors.KEY_MISSING: "it has no subject: give it the lease's id",
    "source_unknown": "its source is not urn:landlord:..., urn:municipality:..., urn:kronofogden "
    "or urn:bokvar",
    "type_not_allowed_for_source": "its source may not report this type: see docs/contract",
    "lease_of_another_landlord": "its source is another landlord than the lease id's",
}
_UNSOUND = {
    Unsound.NOT_UTF8: "it is not UTF-8 throughout: write the file as UTF-8",
    Unsound.TOO_DEEP: f"it is nested deeper than {DEEPEST} levels: leave out what no field needs",
}


def fault(line: bytes) -> str | None:
    """Why a line is no event that may be published, in words that say how to mend it; or None."""
    badly_written = unsound(line)
    if badly_written is not None:
        return _UNSOUND[badly_written]
    record = decode.decode(0, key_of(line), line)
    if record.event is not None:
        return _by_command(record.event)
    error = record.error or decode_errors.UNREADABLE
    if error in _HOW_TO_MEND:
        return _HOW_TO_MEND[error]
    try:
        msgspec.json.decode(line, type=AnyEvent)
    except (msgspec.DecodeError, UnicodeDecodeError) as reason:
        return explain(reason).replace("see --help for the fields", "see docs/contract")
    return error


def _by_command(event: Event) -> str | None:
    """The command that this event comes by, if no file may bring it."""
    return _BY_COMMAND.get(type(event.data))
