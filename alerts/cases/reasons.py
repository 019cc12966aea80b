"""What is known that makes a task: the reasons, and what the landlord already tried.

Lists hold no sensitive or otherwise delicate circumstances (SoLPuL 2001:454 7 a §): a disturbance
is named as a matter, never described, and nothing is said of health.
"""

from datetime import date

from alerts.cases.situation import Situation
from alerts.contract.messages import Tried
from models.lease.groups import has_impossible_age
from models.lease.lines import Line
from models.lease.signals import Contact
from models.lease.state import Lease, Risk
from models.phrase import Phrase, phrase
from models.standing.arrears import Arrears, ended_disputes
from models.standing.assumed import assumed_on
from models.standing.disturbances import disturbances
from models.standing.habit import HABIT_RENTS
from models.standing.position import Position


def reasons(situation: Situation) -> list[Phrase]:
    """Why there is a task, most pressing first."""
    lease, arrears, legal = situation.lease, situation.arrears, situation.legal
    found = []
    if legal.confirm_by is not None:
        found.append(Phrase("reason.eviction_time_set"))
    found += [*_law(legal), *defects(legal), *_late_rent(arrears), *_disputes(situation)]
    found += _stands_apart(situation)
    found += [due_moved(line) for line in arrears.late if line.moved]
    found += _refunds(situation)
    if disturbed := disturbances(lease, situation.today):
        found.append(phrase("reason.disturbed", on=disturbed[-1]))
    found += risk(lease.risk)
    if has_impossible_age(lease.household, situation.today):
        found.append(Phrase("reason.birth_year_impossible"))
    if arrears.data_incomplete:
        found.append(Phrase("reason.data_incomplete"))
    if lease.incomplete:
        found.append(Phrase("reason.record_incomplete"))
    return found


def _law(legal: Position) -> list[Phrase]:
    """Where the lease stands in law: rent first, then disturbances."""
    found = []
    if legal.paid_late:
        found.append(phrase("reason.paid_late", on=legal.recovery_on))
    elif legal.recovery_lost:
        found.append(phrase("reason.recovery_lost", on=legal.recovery_on))
    elif legal.recovery_on is not None:
        found.append(phrase("reason.recovery_open", on=legal.recovery_on))
    elif legal.notice_served_on is not None:
        found.append(phrase("reason.noticed_for_rent", on=legal.notice_served_on))
    elif legal.others:
        found.append(Phrase("reason.law_is_running"))
    if legal.disturbance:
        found.append(phrase("reason.noticed_for_disturbance", on=legal.disturbance_notice_on))
    if legal.board_told_on is not None:
        found.append(phrase("reason.board_told_of_disturbance", on=legal.board_told_on))
    return found


def defects(legal: Position) -> list[Phrase]:
    """What is wrong with the notices and messages of a lease; sentences without their full stop."""
    return [*legal.defects, *(Phrase(f"lack.{lack}") for lack in legal.lacks)]


def _late_rent(arrears: Arrears) -> list[Phrase]:
    if not arrears.late:
        return []
    months = len(set[int]().union(*(line.months for line in arrears.late)))
    if months == 1:
        name = "reason.late_rent_of_one_month"
        return [phrase(name, ore=arrears.rent_ore, since=arrears.since)]
    name = "reason.late_rent_of_months"
    return [phrase(name, months=months, ore=arrears.rent_ore, since=arrears.since)]


def _disputes(situation: Situation) -> list[Phrase]:
    """Which rent is disputed, and which was until the dispute ended."""
    arrears = situation.arrears
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


def _stands_apart(situation: Situation) -> list[Phrase]:
    """What is the board's to pay, what is always so, what the tenant has said."""
    lease, assumed, found = situation.lease, situation.arrears.assumed, []
    if assumed:
        ore, on = sum(line.rent_left for line in assumed), assumed_on(lease, situation.today)
        found.append(phrase("reason.assumed", ore=ore, on=on))
    if (case := lease.case) and (task := case.latest("late_habit")) and task.closed is None:
        found.append(phrase("reason.late_habit", count=HABIT_RENTS))
    if situation.objected_on is not None:
        found.append(phrase("reason.objected", on=situation.objected_on))
    return found + _in_touch(lease) if lease.signals.contacts else found


def _in_touch(lease: Lease) -> list[Phrase]:
    """The municipality's newest contact with the tenant."""
    met = [c for c in lease.signals.contacts if c.by == "municipality" and c.met]
    if not met:
        return []
    last = max(met, key=lambda c: c.on)
    name = "heard" if last.direction == "inbound" else "reached"
    return [phrase(f"reason.municipality_{name}", on=last.on)]


def due_moved(line: Line) -> Phrase:
    """Why the due day is another than the landlord's."""
    return phrase("reason.due_moved", period=line.span, agreed=line.agreed_on, due=line.due_on)


def _refunds(situation: Situation) -> list[Phrase]:
    """What the landlord paid back last, where rent is late."""
    refunds = situation.lease.account.refunds
    if not refunds or not situation.arrears.late:
        return []
    known = [(one.on, one.amount_ore) for one in refunds.values() if one.on <= situation.today]
    return [phrase("reason.refunded", ore=ore, on=on) for on, ore in sorted(known)[-1:]]


def risk(found: Risk) -> list[Phrase]:
    """The score's own reasons that the arrears do not already say."""
    said = (_counted(reason) for reason in found.reasons)
    return [reason for reason in said if reason.code != "risk.rents_unpaid"]


def _counted(reason: Phrase) -> Phrase:
    """One of one, and one of many, are said in other words."""
    if reason.args.get("known") == 1:
        return Phrase(f"{reason.code}_only", reason.args)
    if reason.code == "risk.late_months" and reason.args["count"] == 1:
        return Phrase("risk.late_months_one", reason.args)
    return reason


def tried(lease: Lease) -> Tried:
    """What the landlord already tried since the arrears began to be noticed."""
    reminders = [r for r in lease.signals.reminders if r.kind == "reminder"]
    demands = [r for r in lease.signals.reminders if r.kind == "debt_collection"]
    contacts = [c for c in lease.signals.contacts if c.by == "landlord"]
    attempts = [c for c in contacts if c.direction == "outbound"]
    tries = [phrase("tried.reminder", on=one.sent_on) for one in reminders[-1:]]
    tries += [phrase("tried.demand", on=one.sent_on) for one in demands[-1:]]
    if contacts:
        tries += [phrase(f"tried.{_came_of(one)}", on=one.on) for one in _newest(contacts)]
    days: list[date] = [r.sent_on for r in lease.signals.reminders] + [c.on for c in contacts]
    return Tried(
        len(reminders),
        len(demands),
        len(attempts),
        any(contact.met for contact in contacts),
        max(days, default=None),
        tries or [Phrase("tried.nothing")],
    )


def _newest(contacts: list[Contact]) -> list[Contact]:
    """When the tenant last got in touch, and the last attempt since; who called or wrote back was
    reached, whatever was tried before."""
    heard = [c for c in contacts if c.direction == "inbound"]
    last = max((c.on for c in heard), default=date.min)
    tried = [c for c in contacts if c.direction == "outbound" and c.on > last]
    return [max(found, key=lambda c: c.on) for found in (heard, tried) if found]


def _came_of(contact: Contact) -> str:
    if contact.direction == "inbound":
        return "heard"
    return "reached" if contact.reached else "not_reached"
