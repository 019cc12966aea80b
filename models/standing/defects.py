"""What is wrong with a notice or its message to the board, by name."""

from models.lease.archive import unpacked
from models.lease.lines import Settlement
from models.lease.papers import CouncilMessage
from models.lease.settlement import settle
from models.lease.state import Lease
from models.lease.trifles import is_trifle
from models.phrase import Phrase
from models.standing.rounds import Round, is_forfeited, owed_beyond_trifles

NO_MESSAGE = "defect.no_message_to_the_board"
ARRIVAL_UNKNOWN = "defect.message_arrival_unknown"
MESSAGE_BEFORE_NOTICE = "defect.message_before_notice"
NO_FORM_1 = "defect.form_1_not_served"
NOT_ALL_SERVED = "defect.not_all_tenants_served"
FORM_3_LACKS = "defect.form_3_lacks"
FORM_3_MENDED = "defect.form_3_mended"
FORM_3_LACKS_ROOMS = "defect.form_3_lacks_rooms"
FORM_3_AMOUNT = "defect.form_3_amount"
FORM_3_NOT_RENT = "defect.form_3_other_than_rent"
TOO_EARLY = "defect.notice_before_forfeiture"
NOT_BEGUN = frozenset({NO_MESSAGE, ARRIVAL_UNKNOWN, NO_FORM_1})


def wrong_amount(lease: Lease, message: CouncilMessage | None) -> list[Phrase]:
    """Does the message name another amount than was late? It can bar eviction (RH 1995:34).

    Compared with the rent that was late, or forfeited, or of the month it names, when it was sent;
    more than the rent, but no more than the whole debt with parking, fees and the like, is told
    apart. A difference of little importance is none.
    """
    if message is None or message.amount_ore is None:
        return []
    account, sent_on, said = unpacked(lease.account), message.sent_on, message.amount_ore
    due = [
        line for line in settle(account, lease.started_on, sent_on).lines if line.due_on < sent_on
    ]
    late = sum(line.rent_left for line in due)
    forfeited = sum(line.rent_left for line in due if is_forfeited(line, sent_on))
    named = sum(line.rent_left for line in due if line.due_on == message.due_on)
    amounts = [ore for ore in (late, forfeited, named) if not is_trifle(ore)]
    if not amounts or any(is_trifle(abs(said - ore)) for ore in amounts):
        return []
    whole = late + sum(line.other_left for line in due)
    name = FORM_3_NOT_RENT if late < said and is_trifle(said - whole) else FORM_3_AMOUNT
    return [Phrase(name, {"said": said, "late": late})]


def too_early(settlement: Settlement, found: Round) -> list[Phrase]:
    """Was notice served before any rent was more than a week late (JB 12:42)?"""
    served_on = found.served_on
    due = [line for line in settlement.lines if line.due_on < served_on]
    unpaid = owed_beyond_trifles(due, served_on)
    early = unpaid and not any(is_forfeited(line, served_on) for line in unpaid)
    return [Phrase(TOO_EARLY)] if early else []
