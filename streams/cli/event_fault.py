"""Why bytes are no event that may be published, in words for whoever sends them."""

from alerts.language.sentences import language
from streams.kafka.unfit_event import unfit

_ENGLISH = language("en")  # as all that commands say of themselves


def fault(line: bytes, *, replay: bool = False) -> str | None:
    """Why a line is no event that may be published, in words that say how to mend it; or None.
    In a `replay` the ends of days come from the file."""
    why = unfit(line, replay=replay)
    return None if why is None else _ENGLISH.say(why)
