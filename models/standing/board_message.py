"""The message to the social welfare board that a round of notices counts from."""

from datetime import date, timedelta

from models.contract import form3
from models.lease.papers import CouncilMessage
from models.lease.state import Lease
from models.phrase import Phrase, phrase
from models.standing.defects import (
    ARRIVAL_UNKNOWN,
    FORM_3_LACKS,
    FORM_3_LACKS_ROOMS,
    FORM_3_MENDED,
    MESSAGE_BEFORE_NOTICE,
    NO_MESSAGE,
)
from models.standing.rounds import Round

BEFORE = timedelta(days=60)  # a message may come this long before the service it is about


def counted_messages(
    lease: Lease, found: Round, served: list[date], spent: list[CouncilMessage]
) -> list[CouncilMessage]:
    """The message that counts, and beside it the first whole one if it lacks what may bar. Not one
    of those `spent` on an earlier notice that is cured."""
    told = [
        m
        for m in lease.legal.council
        if m.matter == "arrears" and not (m in spent and _given(m) < found.served_on)
    ]
    given = sorted((m for m in told if m.given_on is not None), key=_by_given)
    own = [m for m in given if _is_about(m, found.served_on, served)]
    if not own:
        before = [m for m in given if _given(m) < found.served_on]
        own = before[-1:]
        found.defects.append(Phrase(MESSAGE_BEFORE_NOTICE if own else _why_not_given(told, found)))
    if not own:
        found.defects += [_lacking(m, None) for m in told if form3.bars(m.lacks)][-1:]
        return []
    first, whole = own[0], [m for m in own if not form3.bars(m.lacks)]
    if form3.bars(first.lacks):
        found.defects.append(_lacking(first, whole[0] if whole else None))
        counted = [first, *whole[:1]]
    else:
        counted = [first]
        found.defects += [Phrase(FORM_3_LACKS_ROOMS)] if first.lacks else []
    found.message = counted[-1]
    return counted


def _lacking(message: CouncilMessage, whole: CouncilMessage | None) -> Phrase:
    """What a message lacks that may bar eviction; and when a whole one came, if it did."""
    lacks = [f"form3_name.{name}" for name in message.lacks]
    if whole is None:
        return phrase(FORM_3_LACKS, lacks=lacks)
    return phrase(FORM_3_MENDED, lacks=lacks, given=whole.given_on)


def _why_not_given(told: list[CouncilMessage], found: Round) -> str:
    on_its_way = any(m.given_on is None and m.sent_on >= found.served_on - BEFORE for m in told)
    return ARRIVAL_UNKNOWN if on_its_way else NO_MESSAGE


def _is_about(message: CouncilMessage, served_on: date, served: list[date]) -> bool:
    """Is the message about the notice served on `served_on`: not long before it, and the newest
    served by then or the nearest? It may be about two; then each reading is kept."""
    given = _given(message)
    if given < served_on - BEFORE:
        return False
    newest = max((day for day in served if day <= given), default=None)
    nearest = min(abs(given - day) for day in served)
    return served_on == newest or abs(given - served_on) == nearest


def _given(message: CouncilMessage) -> date:
    return message.given_on or date.max


def _by_given(message: CouncilMessage) -> tuple[date, date]:
    return _given(message), message.sent_on
