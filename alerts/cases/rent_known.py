"""Whether it is known that no rent is late. Where it is not, no sentence may say so: what is
unpaid is to be asked of the landlord."""

from datetime import date

from alerts.cases.situation import Situation
from models.law.booking_lag import known_from
from models.law.deadlines import due_on, last_day_in_time
from models.lease.papers import CouncilMessage
from models.phrase import Phrase, phrase


def rent_unknown(situation: Situation) -> Phrase | None:
    """That what is unpaid is not known, with the sum and the day that the message to the board
    gives; None where rent is late, or where it is known that none is."""
    if situation.arrears.late or not (is_never_told(situation) or _is_half_told(situation)):
        return None
    message = _newest_message(situation)
    if message is None:
        return Phrase("rent_unknown.nothing")
    ore, due = message.amount_ore, message.due_on
    if ore is None or due is None:
        given = {"ore": ore} if ore is not None else {"due": due} if due is not None else {}
        name = "sum" if ore is not None else "due" if due is not None else "nothing"
        return phrase(f"rent_unknown.{name}", **given)
    return phrase("rent_unknown.told", ore=ore, due=due)


def is_never_told(situation: Situation) -> bool:
    """Has no landlord told of any rent: a lease known by papers alone, or without an invoice?"""
    account = situation.lease.account
    return not situation.lease.is_registered or not (account.invoices or account.archive)


def _is_half_told(situation: Situation) -> bool:
    """Is what the landlord has told not all: a day of payments that it has not reported, a record
    that could not be read, or the month's rent of a lease that runs, by a silence since before?"""
    arrears = situation.arrears
    if arrears.unreported or arrears.data_incomplete or situation.lease.incomplete:
        return True
    return _is_silent(arrears.reported_through, situation.today) and not situation.has_ended


def _is_silent(through: date | None, today: date) -> bool:
    """Has the landlord reported no day for a while, nor that on which the month's rent was due?"""
    if through is None or known_from(through) >= today:
        return False
    return through < last_day_in_time(due_on(f"{today:%Y-%m}"))


def _newest_message(situation: Situation) -> CouncilMessage | None:
    """The newest message to the board of rent that is unpaid."""
    messages = [
        one
        for one in situation.lease.legal.council
        if one.matter == "arrears" and one.sent_on <= situation.today
    ]
    return max(messages, key=lambda one: one.sent_on, default=None)
