"""The time to win a tenancy back after notice for arrears (JB 12:44), read from a lease's facts.

It begins when the tenant is served form 1 and the message is given to the social welfare board.
With several tenants each has a notice of their own, and the last service counts, for as long as the
rent behind the first notice is owed; what comes after is another matter. With several notices, or a
defective message mended later, the earliest day that is still ahead is shown, for help must land
before it; the right is called lost only when the last has passed.
"""

from datetime import date, timedelta

from msgspec import Struct

from models.contract import form3
from models.law import deadlines
from models.lease.archive import unpacked
from models.lease.ledger import HOLD_DAYS
from models.lease.lines import Line, Settlement
from models.lease.papers import CouncilMessage, Notice
from models.lease.settlement import settle
from models.lease.state import Lease
from models.phrase import Phrase

BEFORE = timedelta(days=60)  # a message may come this long before the service it is about

NO_MESSAGE = "defect.no_message_to_the_board"
ARRIVAL_UNKNOWN = "defect.message_arrival_unknown"
MESSAGE_BEFORE_NOTICE = "defect.message_before_notice"
NO_FORM_1 = "defect.form_1_not_served"
NOT_ALL_SERVED = "defect.not_all_tenants_served"
FORM_3_LACKS = "defect.form_3_lacks_fields"
FORM_3_LACKS_ROOMS = "defect.form_3_lacks_rooms"
FORM_3_AMOUNT = "defect.form_3_amount"
FORM_3_NOT_RENT = "defect.form_3_other_than_rent"
TOO_EARLY = "defect.notice_before_forfeiture"
NOT_BEGUN = frozenset({NO_MESSAGE, ARRIVAL_UNKNOWN, NO_FORM_1})


class Reading(Struct, frozen=True, order=True):
    """A last day, and the service of form 1 and the message that it is counted from."""

    day: date
    served_on: date
    given_on: date
    registered: bool


class Round(Struct):
    """Notices that belong together: one for each tenant, or one for all.

    `served_on` is the first service. `final` is False while a tenant is known not to be served;
    then the readings may still move. `message` is the one whose form 3 counts.
    """

    notices: list[Notice]
    served_on: date
    readings: list[Reading] = []
    final: bool = True
    defects: list[Phrase] = []
    message: CouncilMessage | None = None

    @property
    def last_day(self) -> date | None:
        """The last day by any reading; None while the time has not begun for everyone."""
        return max(self.readings).day if self.readings and self.final else None


def running_rounds(lease: Lease, settlement: Settlement, today: date) -> list[Round]:
    """The notices for arrears that still threaten the home, in the order they were served.

    Not those withdrawn, cured by payment or by the board in time, or overtaken by a new notice
    before their time began.
    """
    rounds = _rounds(lease, settlement)
    served = [r.served_on for r in rounds]
    live = []
    for found in rounds:
        found.notices = [n for n in found.notices if not n.withdrawn]
        if found.notices:
            _read(lease, found, served)
            if not _cured(lease, settlement, found, today):
                live.append(found)
    for found in live:
        found.defects += _too_early(settlement, found)
        found.defects += _wrong_amount(lease, found.message)
    return [r for r in live if r.readings or r is live[-1]]


def _rounds(lease: Lease, settlement: Settlement) -> list[Round]:
    notices = [
        (n.served_on, key, n)
        for key, n in lease.legal.notices.items()
        if n.served and n.reason == "arrears" and n.served_on is not None
    ]
    rounds: list[Round] = []
    for served_on, _, notice in sorted(notices, key=lambda item: item[:2]):
        if (
            rounds
            and _is_for_another(notice, rounds[-1])
            and _is_owed(lease, settlement, rounds[-1].served_on, served_on)
        ):
            rounds[-1].notices.append(notice)
        else:
            rounds.append(Round([notice], served_on))
    return rounds


def _is_for_another(notice: Notice, found: Round) -> bool:
    """Is the notice for a tenant whom the round's notices leave out?"""
    refs = {n.tenant_ref for n in found.notices if not n.withdrawn}
    return bool(refs) and None not in {notice.tenant_ref, *refs} and notice.tenant_ref not in refs


def _is_owed(lease: Lease, settlement: Settlement, served_on: date, on: date) -> bool:
    """Was the rent behind a notice served on `served_on` still owed, and not taken on by the
    board, when `on` came?"""
    if any(served_on <= day < on for day in lease.legal.assumed):
        return False
    behind = _behind(settlement, served_on)
    if not behind:
        return (on - served_on).days <= HOLD_DAYS
    return any(line.rent_left or (line.paid_on and line.paid_on >= on) for line in behind)


def _read(lease: Lease, found: Round, served: list[date]) -> None:
    """Fill in the readings of a round, whether they are final, and why not."""
    formal = [n for n in found.notices if n.recovery_notice_served_on is not None]
    refs = {n.tenant_ref for n in formal}
    tenants = {tenant.tenant_ref for tenant in lease.household.tenants}
    if not formal:
        found.defects.append(Phrase(NO_FORM_1))
    elif len(tenants) > 1 and None not in refs and not tenants <= refs:
        found.final = False
        found.defects.append(Phrase(NOT_ALL_SERVED))
    messages = _messages(lease, found, served)
    if not formal or not messages:
        return
    last_served = max(n.recovery_notice_served_on for n in formal if n.recovery_notice_served_on)
    for message in messages:
        assert message.given_on is not None
        day = deadlines.recovery_last_day(last_served, message.given_on)
        reading = Reading(day, last_served, message.given_on, message.registered)
        if reading not in found.readings:
            found.readings.append(reading)


def _messages(lease: Lease, found: Round, served: list[date]) -> list[CouncilMessage]:
    """The message that counts, and beside it the first whole one if it lacks what may bar."""
    told = [m for m in lease.legal.council if m.matter == "arrears"]
    given = sorted((m for m in told if m.given_on is not None), key=_by_given)
    own = [m for m in given if _is_about(m, found.served_on, served)]
    if not own:
        before = [m for m in given if _given(m) < found.served_on]
        own = before[-1:]
        found.defects.append(Phrase(MESSAGE_BEFORE_NOTICE if own else _why_not_given(told, found)))
    if not own:
        return []
    first, whole = own[0], [m for m in own if not form3.bars(m.lacks)]
    if form3.bars(first.lacks):
        found.defects.append(Phrase(FORM_3_LACKS))
        counted = [first, *whole[:1]]
    else:
        counted = [first]
        found.defects += [Phrase(FORM_3_LACKS_ROOMS)] if first.lacks else []
    found.message = counted[-1]
    return counted


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


def _wrong_amount(lease: Lease, message: CouncilMessage | None) -> list[Phrase]:
    """Does the message name another amount than was late? It can bar eviction (RH 1995:34).

    Compared with the rent that was late, or forfeited, or of the month it names, when it was sent;
    more than the rent, but no more than the whole debt with parking, fees and the like, is told
    apart.
    """
    if message is None or message.amount_ore is None:
        return []
    account, sent_on, said = unpacked(lease.account), message.sent_on, message.amount_ore
    due = [
        line for line in settle(account, lease.started_on, sent_on).lines if line.due_on < sent_on
    ]
    late = sum(line.rent_left for line in due)
    forfeited = sum(line.rent_left for line in due if _is_forfeited(line, sent_on))
    named = sum(line.rent_left for line in due if line.due_on == message.due_on)
    if not late or said in (late, forfeited, named):
        return []
    whole = late + sum(line.other_left for line in due)
    name = FORM_3_NOT_RENT if late < said <= whole else FORM_3_AMOUNT
    return [Phrase(name, {"said": said, "late": late})]


def _is_forfeited(line: Line, on: date) -> bool:
    return deadlines.forfeiture_from(line.due_on) <= on


def _behind(settlement: Settlement, served_on: date) -> list[Line]:
    """The rent that a notice can rest on: forfeited when it was served, else due by then."""
    due = [line for line in settlement.lines if line.due_on < served_on]
    return [line for line in due if _is_forfeited(line, served_on)] or due


def _cured(lease: Lease, settlement: Settlement, found: Round, today: date) -> bool:
    """Was the rent behind the notice paid, or taken on by the board, in time (JB 12:44)?

    A notice whose rent is not in the books counts on, until what it rested on has been dropped.
    """
    last = found.last_day
    begins = min([found.served_on, *(reading.given_on for reading in found.readings)])
    if any(begins <= on and (last is None or on <= last) for on in lease.legal.assumed):
        return True
    behind = _behind(settlement, found.served_on)
    if not behind:
        return (today - found.served_on).days > HOLD_DAYS
    if any(line.rent_left for line in behind):
        return False
    paid = [line.paid_on for line in behind if line.paid_on is not None]
    return last is None or not paid or max(paid) <= last


def _too_early(settlement: Settlement, found: Round) -> list[Phrase]:
    """Was notice served before any rent was more than a week late (JB 12:42)?"""
    served_on = found.served_on
    unpaid = [
        line
        for line in settlement.lines
        if line.due_on < served_on
        and (line.rent_left or (line.paid_on is not None and line.paid_on >= served_on))
    ]
    early = unpaid and not any(_is_forfeited(line, served_on) for line in unpaid)
    return [Phrase(TOO_EARLY)] if early else []
