"""The rent as reasons of a task: which is unpaid, disputed, taken on, or promised in a plan."""

from datetime import timedelta

from alerts.cases.rent_said import rent_owed
from alerts.cases.situation import Situation
from models.lease.lines import Line
from models.phrase import Phrase, phrase
from models.standing.arrears import ended_disputes
from models.standing.assumed import assumed_on
from models.standing.habit import HABIT_RENTS
from models.standing.plans import newest_unkept, read_plans
from models.standing.position import PaidRent

_LATELY = timedelta(days=14)  # a payment of the rent may go back so long before it is late


def late_rent(situation: Situation) -> list[Phrase]:
    """Which rent is late, and why the landlord's day is not the law's."""
    arrears = situation.arrears
    if not arrears.late:
        return []
    owed = rent_owed(arrears.late, arrears.rent_ore)
    found = [phrase("reason.rent_unpaid", rent=owed, since=arrears.since)]
    return found + [due_moved(line) for line in arrears.late if line.moved]


def owes_nothing(situation: Situation) -> bool:
    """Is a claim or an eviction under way though no rent is known that is the tenant's to pay: paid
    all, or taken on by the board in time?"""
    legal, arrears, account = situation.legal, situation.arrears, situation.lease.account
    if not legal.others or legal.services or legal.message_given_on is not None:
        return False
    if arrears.unreported or arrears.data_incomplete or not (account.invoices or account.archive):
        return False
    ours = {line.invoice_id for line in arrears.assumed}
    overdue = arrears.settlement.overdue(situation.today)
    return all(line.invoice_id in ours for line in overdue)


def paid_rent(situation: Situation) -> PaidRent | None:
    """The payment after which what the landlord began rests on nothing any more. In time it does
    whatever was owed since: of later rent no notice is known (JB 12:44)."""
    paid = situation.legal.paid_rent
    if paid is None or owes_nothing(situation):
        return paid
    arrears, told_again = situation.arrears, situation.legal.message_given_on is not None
    due = not arrears.unreported and arrears.settlement.overdue(situation.today)
    owed = arrears.late or arrears.disputed or arrears.planned or due
    alone = paid.in_time and paid.behind_all and not told_again
    return paid if owed and alone else None


def rent_saves(situation: Situation) -> bool:
    """May what runs rest on rent that can still be paid, or taken on by the board? Not where it is
    paid, nor where the one notice that is known is for disturbances, nor where the lease ends
    by the last day all the same (JB 12:44 5 st)."""
    legal = situation.legal
    if paid_rent(situation) or owes_nothing(situation) or situation.leaves_anyway:
        return False
    if legal.paid_late and not situation.arrears.late:
        return False
    return bool(legal.services or legal.message_given_on) or not legal.disturbance


def nothing_owed(situation: Situation) -> list[Phrase]:
    """That what the landlord has begun may rest on nothing any more."""
    paid, nothing = paid_rent(situation), owes_nothing(situation)
    if paid is None:
        known = not nothing or situation.legal.disturbance
        return [] if known else [Phrase("reason.nothing_owed")]
    if paid.in_time:
        how = "assumed_in_time" if paid.assumed else "paid_in_time"
        name = f"reason.{how}" if nothing else f"reason.{how}_but_later"
        return [phrase(name, paid=paid.on)]
    return [phrase("reason.paid_late_called_off", paid=paid.on, last=paid.last)]


def withdrawn(situation: Situation) -> list[Phrase]:
    """A notice for the rent that was withdrawn, while rent that it was for is still owed."""
    notices = situation.lease.legal.notices.values()
    if not notices:
        return []
    gone = [n.served_on for n in notices if n.withdrawn and n.reason == "arrears" and n.served_on]
    late = situation.arrears.late
    gone = [on for on in gone if any(line.due_on < on for line in late)]
    if not gone or situation.legal.services:
        return []
    return [phrase("reason.notice_withdrawn", on=max(gone))]


def plans(situation: Situation) -> list[Phrase]:
    """The newest plan that was not kept: which instalment was missed, and that it was ended; under
    a notice also one that is kept, and the rent that it covers."""
    if not situation.lease.signals.plans:
        return []
    lines = situation.arrears.settlement.lines
    if situation.arrears.planned and situation.legal.others:
        return _kept(situation)
    plan = newest_unkept(situation.lease, lines, situation.today)
    if plan is None:
        return []
    found = []
    if plan.missed:
        first, count = plan.missed[0], len(plan.missed)
        args = {"plan": plan.plan_id, "ore": first.amount_ore, "due": first.due_on}
        if count > 1:
            found.append(phrase("reason.instalments_missed", count=count, **args))
        else:
            found.append(phrase("reason.instalment_missed", **args))
    if plan.ended == "broken":
        found.append(phrase("reason.plan_broken", plan=plan.plan_id))
    return found


def _kept(situation: Situation) -> list[Phrase]:
    today = situation.today
    lines = situation.arrears.settlement.overdue(today)
    known = [plan for plan in read_plans(situation.lease, lines, today) if plan.ended is None]
    if not lines or not known:
        return []
    owed = rent_owed(lines, sum(line.rent_left for line in lines))
    return [phrase("reason.plan_kept", rent=owed, plan=known[-1].plan_id)]


def disputes(situation: Situation) -> list[Phrase]:
    """Which rent is disputed, and which was until the dispute ended."""
    arrears = situation.arrears
    if not situation.lease.account.disputes:
        return []
    ended = ended_disputes(situation.lease, arrears.late, situation.today)
    return [
        *(
            phrase("reason.disputed", period=line.span, ore=line.rent_left)
            for line in arrears.disputed
        ),
        *(
            phrase("reason.dispute_ended", period=line.span, on=on, how=f"dispute.{how}")
            for line, on, how in ended
        ),
    ]


def assumed(situation: Situation) -> list[Phrase]:
    """Rent that the board has taken on and not paid yet."""
    lines = situation.arrears.assumed
    if not lines:
        return []
    ore, on = sum(line.rent_left for line in lines), assumed_on(situation.lease, situation.today)
    return [phrase("reason.assumed", ore=ore, on=on)]


def habit(situation: Situation) -> list[Phrase]:
    """What is always so, while somebody is to speak of it."""
    case = situation.lease.case
    task = case.latest("late_habit") if case else None
    if task is None or task.closed is not None:
        return []
    return [phrase("reason.late_habit", count=HABIT_RENTS)]


def due_moved(line: Line) -> Phrase:
    """Why the due day is another than the landlord's."""
    return phrase("reason.due_moved", period=line.span, agreed=line.agreed_on, due=line.due_on)


def refunds(situation: Situation) -> list[Phrase]:
    """What the landlord paid back last, where rent is late."""
    refunds = situation.lease.account.refunds
    if not refunds or not situation.arrears.late:
        return []
    known = [(one.on, one.amount_ore) for one in refunds.values() if one.on <= situation.today]
    return [phrase("reason.refunded", ore=ore, on=on) for on, ore in sorted(known)[-1:]]


def taken_back(situation: Situation) -> list[Phrase]:
    """The last payment of rent that is late that went back to the payer, as when a direct debit
    was not covered."""
    account, since, today = situation.lease.account, situation.arrears.since, situation.today
    if since is None or not account.reversals:
        return []
    days = sorted((on, key) for key, on in account.reversals.items() if since - _LATELY <= on)
    known = [(on, account.payments.get(key)) for on, key in days if on <= today]
    return [
        phrase("reason.payment_reversed", ore=paid.amount_ore, booked=paid.booked_on, on=on)
        for on, paid in known[-1:]
        if paid is not None
    ]
