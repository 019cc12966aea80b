"""A message on a notice for arrears (form 3) when no notice is known: it says that there is one.

The board is to begin its inquiry at once. The three weeks are counted from the later of the service
and the message (JB 12:44), so they cannot end before three weeks from the message.
"""

from datetime import date, timedelta

from models.law.deadlines import recovery_last_day
from models.lease.lines import Settlement
from models.lease.papers import CouncilMessage
from models.lease.state import Lease
from models.lease.trifles import is_trifle
from models.standing.board_message import BEFORE
from models.standing.position import Position
from models.standing.who_left import all_but_left

MESSAGE_ALONE = timedelta(days=60)  # ours: how long after that day a message asks for something


def read_message_alone(
    lease: Lease, settlement: Settlement, today: date, position: Position
) -> None:
    """The newest message that no known notice explains, while its rent is unpaid. It asks for
    something for a while; that there is a notice it says for as long."""
    told = [m for m in lease.legal.council if m.matter == "arrears" and _day(m) <= today]
    if not told:
        return
    message = max(told, key=_day)
    given_on = _day(message)
    floor = recovery_last_day(given_on, given_on)
    if _is_explained(lease, message) or _is_over(lease, given_on):
        return
    due = [line for line in settlement.lines if line.due_on < given_on]
    if due and is_trifle(sum(line.rent_left for line in due)):
        return
    if today > floor + MESSAGE_ALONE:
        position.noticed = bool(due)
        return
    position.running = True
    position.message_given_on, position.recovery_floor = given_on, floor
    position.changes_on = (*position.changes_on, floor + MESSAGE_ALONE + timedelta(days=1))


def _day(message: CouncilMessage) -> date:
    """The day from which it counts: not before it was sent, where the arrival is not known."""
    return message.given_on or message.sent_on


def _is_explained(lease: Lease, message: CouncilMessage) -> bool:
    """Is there a notice for arrears that the message can be about, though it runs no more: served
    after the rent that it names fell due? One that counts no more only because its tenant has left
    does not say that nobody else was given one."""
    told, due = _day(message), message.due_on or date.min
    since = max(told - BEFORE, due if due < told else date.min)  # a coming day is a slip
    days = [notice.served_on for notice in all_but_left(lease, "arrears")]
    return any(day is not None and day >= since for day in days)


def _is_over(lease: Lease, given_on: date) -> bool:
    """Has the board taken on the rent that the message is about?"""
    return any(on >= given_on for on in lease.legal.assumed)
