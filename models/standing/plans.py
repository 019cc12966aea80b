"""Payment plans: which there are, and which instalments were missed."""

from datetime import date

from msgspec import Struct

from models.contract.facts import Instalment
from models.lease.lines import Line
from models.lease.state import Lease
from models.lease.trifles import is_trifle
from models.standing.arrears import judged_on


class PlanRead(Struct, frozen=True):
    """A plan on a day: `missed` are the instalments whose money has not come though the bookings of
    their day have; none of a plan that was kept or replaced. `owed_ore` is what is left of the rent
    it is about."""

    plan_id: str
    instalments: list[Instalment]
    ended: str | None
    ended_on: date | None
    missed: list[Instalment]
    owed_ore: int


def read_plans(lease: Lease, lines: list[Line], today: date) -> list[PlanRead]:
    """The lease's plans, the oldest first; `lines` are its open invoices."""
    known = [(key, p) for key, p in lease.signals.plans.items() if p.instalments]
    found = []
    for plan_id, plan in sorted(known, key=lambda item: (item[1].instalments[0].due_on, item[0])):
        first = plan.instalments[0].due_on
        owed = sum(line.rent_left for line in lines if line.due_on < first)
        over = plan.ended in ("kept", "replaced")
        missed = [] if over else _missed(plan.instalments, owed, today)
        found.append(PlanRead(plan_id, plan.instalments, plan.ended, plan.ended_on, missed, owed))
    return found


def newest_unkept(lease: Lease, lines: list[Line], today: date) -> PlanRead | None:
    """The newest plan, if an instalment of it was missed or it was said to be broken, and what it
    is about is still owed."""
    if not lease.signals.plans:
        return None
    plans = read_plans(lease, lines, today)
    last = plans[-1] if plans else None
    if last is None or is_trifle(last.owed_ore):
        return None
    return last if last.missed or last.ended == "broken" else None


def _missed(instalments: list[Instalment], owed: int, today: date) -> list[Instalment]:
    """What is paid counts towards the instalments in their order."""
    paid = sum(part.amount_ore for part in instalments) - owed
    missed = []
    for part in instalments:
        if not is_trifle(part.amount_ore - max(0, paid)) and judged_on(part.due_on) < today:
            missed.append(part)
        paid -= part.amount_ore
    return missed
