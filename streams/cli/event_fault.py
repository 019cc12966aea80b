"""Why bytes are no event that may be published, in words for whoever sends them."""

from alerts.fold.announce import key_of
from alerts.language.sentences import language
from models.contract import facts
from models.contract.events import Event
from models.contract.refusal import mend
from streams.kafka import decode, decode_errors
from streams.kafka.soundness import DEEPEST, Unsound, unsound

_OWN = "Bokvar itself says this, where it has the record; no file may"
_BY_COMMAND: dict[type, str] = {
    facts.RecordSetAside: _OWN,
    facts.RecordCleared: _OWN,
    facts.RecordReleased: "it belongs to one partition: use `bokvar deadletters`",
    facts.RecordDiscarded: "it belongs to one partition: use `bokvar deadletters`",
    facts.RulesChanged: "rules begin by `bokvar init` and `bokvar upgrade` alone, which also take "
    "the checkpoint there",
}
_ENGLISH = language("en")  # as all that commands say of themselves
_UNSOUND = {
    Unsound.NOT_UTF8: "it is not UTF-8 throughout: write the file as UTF-8",
    Unsound.TOO_DEEP: f"it is nested deeper than {DEEPEST} levels: leave out what no field needs",
}


def fault(line: bytes, *, replay: bool = False) -> str | None:
    """Why a line is no event that may be published, in words that say how to mend it; or None.
    In a `replay` the ends of days come from the file."""
    badly_written = unsound(line)
    if badly_written is not None:
        return _UNSOUND[badly_written]
    record = decode.decode(0, key_of(line), line)
    if record.event is not None:
        return _by_command(record.event, replay)
    assert record.refusal is not None
    if record.refusal.code == decode_errors.KEY_MISSING:
        return "it has no subject: give it the lease's id"  # which becomes the key
    return _ENGLISH.say(mend(record.refusal))


def _by_command(event: Event, replay: bool) -> str | None:
    """The command that this event comes by, if no file may bring it."""
    if type(event.data) is facts.CalendarDay:
        return _day(event.data, replay)
    return _BY_COMMAND.get(type(event.data))


def _day(fact: facts.CalendarDay, replay: bool) -> str | None:
    if not replay:
        return (
            "the scheduler tells the days: leave this line out, or publish a replay or a "
            "simulation, which has days of its own, with --replay"
        )
    if fact.told_by is not None:
        return "a day of a replay is not told by a scheduler: leave data.told_by out"
    return None
