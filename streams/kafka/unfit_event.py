"""Why bytes are no event that a person may publish, as a phrase that says how to mend it."""

from alerts.fold.announce import key_of
from models.contract import facts
from models.contract.events import Event
from models.contract.refusal import mend
from models.phrase import Phrase, phrase
from streams.kafka import decode, decode_errors
from streams.kafka.soundness import DEEPEST, Unsound, unsound

_OWN = Phrase("unfit_event.own")
_BY_COMMAND: dict[type, Phrase] = {
    facts.RecordSetAside: _OWN,
    facts.RecordCleared: _OWN,
    facts.RecordReleased: Phrase("unfit_event.decision"),
    facts.RecordDiscarded: Phrase("unfit_event.decision"),
    facts.RulesChanged: Phrase("unfit_event.rules"),
}
_UNSOUND = {
    Unsound.NOT_UTF8: phrase("unfit_event.not_utf8"),
    Unsound.TOO_DEEP: phrase("unfit_event.too_deep", deepest=DEEPEST),
}


def unfit(line: bytes, *, replay: bool = False) -> Phrase | None:
    """Why a line is no event that may be published; None if it is one. In a `replay` the ends of
    days come from the file."""
    badly_written = unsound(line)
    if badly_written is not None:
        return _UNSOUND[badly_written]
    record = decode.decode(0, key_of(line), line)
    if record.event is not None:
        return _by_command(record.event, replay)
    assert record.refusal is not None
    if record.refusal.code == decode_errors.KEY_MISSING:
        return Phrase("unfit_event.no_subject")  # which becomes the key
    return mend(record.refusal)


def _by_command(event: Event, replay: bool) -> Phrase | None:
    """The command that this event comes by, if no file may bring it."""
    if type(event.data) is not facts.CalendarDay:
        return _BY_COMMAND.get(type(event.data))
    if not replay:
        return Phrase("unfit_event.day")
    return None if event.data.told_by is None else Phrase("unfit_event.day_told")
