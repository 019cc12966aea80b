"""Why bytes are no event that may be published, in words for whoever sends them."""

from alerts.fold.announce import key_of
from alerts.language.sentences import language
from models.contract import facts
from models.contract.events import Event
from models.contract.refusal import mend
from streams.kafka import decode
from streams.kafka.soundness import DEEPEST, Unsound, unsound

_BY_COMMAND: dict[type, str] = {
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


def fault(line: bytes) -> str | None:
    """Why a line is no event that may be published, in words that say how to mend it; or None."""
    badly_written = unsound(line)
    if badly_written is not None:
        return _UNSOUND[badly_written]
    record = decode.decode(0, key_of(line), line)
    if record.event is not None:
        return _by_command(record.event)
    assert record.refusal is not None
    return _ENGLISH.say(mend(record.refusal))


def _by_command(event: Event) -> str | None:
    """The command that this event comes by, if no file may bring it."""
    return _BY_COMMAND.get(type(event.data))
