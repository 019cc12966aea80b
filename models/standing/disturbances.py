"""Reported disturbances, and what a notice for them lacks."""

from datetime import date, timedelta

from models.law.booking_lag import known_from, known_through
from models.law.disturbance import Disturbance, Lack, lacks
from models.lease.papers import CouncilMessage
from models.lease.state import Lease
from models.standing.position import Position
from models.standing.who_left import all_but_left

DISTURBANCE_FRESH = timedelta(days=60)  # ours: how long a message without a notice counts


def disturbances(lease: Lease, today: date) -> list[date]:
    """The days of reported disturbances that are still fresh, in order."""
    return [d for d in lease.signals.disturbances if d <= today < d + DISTURBANCE_FRESH]


def quiet_from(lease: Lease, today: date) -> date | None:
    """The day from which no disturbance, reported or told to the board, is fresh any more."""
    told = [m.sent_on for m in lease.legal.council if m.matter != "arrears"]
    ends = [d + DISTURBANCE_FRESH for d in lease.signals.disturbances if d <= today]
    ends += [d + DISTURBANCE_FRESH + timedelta(days=1) for d in told if d <= today]
    return max(ends, default=None)


def read_disturbance(lease: Lease, today: date, position: Position) -> None:
    """A notice for disturbances, and the message that comes before one: no notice, and told for as
    long as it is fresh (JB 12:25 a)."""
    notices = [n for n in all_but_left(lease, "disturbance") if not n.withdrawn]
    served = [n.served_on for n in notices if n.served_on is not None]
    messages = [m for m in lease.legal.council if m.matter != "arrears"]
    told = [m.sent_on for m in messages if m.sent_on <= today <= m.sent_on + DISTURBANCE_FRESH]
    position.board_told_on = max(told, default=None)
    if served:
        position.running = position.disturbance = True
        position.heard = position.heard or any(notice.heard for notice in notices)
        position.disturbance_notice_on = max(served)
        position.lacks = _untold(messages, max(served))
        if not messages and today <= known_through(max(served)):
            # A copy of the notice, which is enough for what is especially serious, may be coming.
            position.lacks = ()
            position.changes_on = (*position.changes_on, known_from(max(served)))


def _untold(messages: list[CouncilMessage], served_on: date) -> tuple[Lack, ...]:
    """What lacks of the message to the board before a notice for disturbances. The request to the
    tenant and the copy of the notice are taken as done: no event tells of them."""
    return lacks(
        Disturbance(
            asked_to_stop_on=served_on,
            council_told_on=min((m.given_on or m.sent_on for m in messages), default=None),
            notice_served_on=served_on,
            notice_copy_sent_on=served_on,
            serious=any(m.matter == "serious_disturbance" for m in messages),
        )
    )
