"""The time to win a tenancy back after notice for arrears (JB 12:44), read from a lease's facts.

It begins when the tenant is served form 1 and the message is given to the social welfare board.
With several tenants the last service counts. With several notices, or a defective message mended
later, the earliest day that is still ahead is shown, for help must land before it; the right is
called lost only when the last has passed.
"""

from datetime import date

from models.law import deadlines
from models.lease.ledger import HOLD_DAYS
from models.lease.lines import Settlement
from models.lease.papers import CouncilMessage
from models.lease.state import Lease
from models.lease.trifles import is_trifle
from models.phrase import Phrase
from models.standing.board_message import counted_messages
from models.standing.claims import ServedClaim, served_claim
from models.standing.defects import NO_FORM_1, NOT_ALL_SERVED, too_early, wrong_amount
from models.standing.rounds import Reading, Round, grouped, rent_behind


def running_rounds(lease: Lease, settlement: Settlement, today: date) -> list[Round]:
    """The notices for arrears that still threaten the home, in the order they were served.

    Not those withdrawn, cured by payment or by the board in time, paid later and with the eviction
    called off, or overtaken by a new notice before their time began.
    """
    live, _ = _rounds(lease, settlement, today)
    for found in live:
        found.defects += too_early(settlement, found)
        found.defects += wrong_amount(lease, found.message)
    return [r for r in live if r.readings or r is live[-1]]


def cured_round(lease: Lease, settlement: Settlement, today: date) -> Round | None:
    """The newest notices for arrears that threaten the home no more, for the rent was paid, or
    taken on by the board."""
    _, cured = _rounds(lease, settlement, today)
    return next((found for found in reversed(cured) if found.paid_on or found.assumed_on), None)


def _rounds(lease: Lease, settlement: Settlement, today: date) -> tuple[list[Round], list[Round]]:
    """The notices that still threaten the home, and those that are cured."""
    claim = served_claim(lease, today)
    rounds = grouped(lease, settlement, claim)
    served = [r.served_on for r in rounds]
    live, cured = list[Round](), list[Round]()
    spent: list[CouncilMessage] = []  # of notices that are cured: they date no other
    for found in rounds:
        found.notices = [n for n in found.notices if not n.withdrawn]
        if not found.notices:
            continue
        told = _read(lease, found, served, spent, claim)
        if _cured(lease, settlement, found, today):
            spent += told
            cured.append(found)
        else:
            live.append(found)
    return live, cured


def _read(
    lease: Lease,
    found: Round,
    served: list[date],
    spent: list[CouncilMessage],
    claim: ServedClaim | None,
) -> list[CouncilMessage]:
    """Fill in the readings of a round, whether they are final, and why not; the messages that are
    about it."""
    formal = [n for n in found.notices if n.recovery_notice_served_on is not None]
    days = [n.recovery_notice_served_on for n in formal if n.recovery_notice_served_on]
    if not days and claim is not None and found.served_on <= claim.served_on:
        days, found.by_claim = [claim.served_on], True
    refs = {n.tenant_ref for n in formal}
    tenants = {tenant.tenant_ref for tenant in lease.household.tenants}
    if not days:
        found.defects.append(Phrase(NO_FORM_1))
    elif formal and len(tenants) > 1 and None not in refs and not tenants <= refs:
        found.final = False
        found.defects.append(Phrase(NOT_ALL_SERVED))
    messages = counted_messages(lease, found, served, spent)
    if not days:
        return messages
    for message in messages:
        assert message.given_on is not None
        day = deadlines.recovery_last_day(max(days), message.given_on)
        reading = Reading(day, max(days), message.given_on, message.registered)
        if reading not in found.readings:
            found.readings.append(reading)
    return messages


def _cured(lease: Lease, settlement: Settlement, found: Round, today: date) -> bool:
    """Was the rent behind the notice paid, or taken on by the board, in time (JB 12:44)?

    A notice whose rent is not in the books counts on, until what it rested on has been dropped.
    """
    last = found.last_day
    begins = min([found.served_on, *(reading.given_on for reading in found.readings)])
    in_time = [on for on in lease.legal.assumed if begins <= on <= (last or date.max)]
    if in_time:
        found.assumed_on = min(in_time)
        return True
    behind = rent_behind(lease, settlement, found)
    if not behind:
        return (today - found.served_on).days > HOLD_DAYS
    if not is_trifle(sum(line.rent_left for line in behind)):
        return False
    paid = [line.paid_on for line in behind if line.paid_on is not None]
    found.paid_on = max(paid, default=None)
    if last is None or found.paid_on is None or found.paid_on <= last:
        return True
    return called_off_on(lease, found.served_on, today) is not None


def called_off_on(lease: Lease, served_on: date, today: date) -> date | None:
    """The day the eviction after a notice served on `served_on` was called off, or the claim for it
    withdrawn, if that was the last that is known of it."""
    steps = [s for s in lease.legal.steps if served_on <= s.on <= today]
    evictions = [s for s in steps if s.step.startswith("eviction.")]
    last = max((s.on for s in evictions or steps), default=date.min)
    ends = ("eviction.cancelled", "claim.withdrawn")
    gone = any(s.on == last and s.step in ends for s in evictions or steps)
    return last if gone else None
