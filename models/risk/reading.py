"""What a lease's ledger says on a day about its paying: whole numbers, out of which
`models.risk.features` makes features.

Read at the end of a day from what had been told by then: a fact that is dated later counts for
nothing yet. No amount in kronor, no age, no child, no district and no landlord is read. Days are
in steps (`models.risk.steps`), so a reading changes by time alone only on the days of
`models.risk.changes`.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from models.lease.ledger import Account
from models.lease.lines import Line, Settlement
from models.lease.receipts import receipts
from models.lease.state import Lease
from models.lease.trifles import is_trifle
from models.risk.bills import MOST, Bill, money_since, month_rent, paid_shares
from models.risk.books import Books, books
from models.risk.steps import stepped
from models.standing.plans import read_plans

UNKNOWN = -1
FAR_AHEAD, MOST_SHARE = -120, 10**6  # days before the last day, thousandths: more says no more
HABIT = 6  # so many rents before make a habit
NO_CONTACT = 365
FAILED_FOR, REMINDED_FOR, YEAR = timedelta(days=60), timedelta(days=180), timedelta(days=365)
_DAY = timedelta(days=1)


class Reading(Struct, array_like=True, frozen=True):
    """A lease on a day. The first three are of the last twelve rents, newest first, -1 where there
    are fewer.

    `late`: days after the last day until it was paid, or so far. `timing`: the same, below zero
    for days before. `shares`: thousandths of each bill that came in (`bills.paid_shares`).
    `debt`: thousandths of a month's rent unpaid after its last day. `oldest`: days since the last
    day of the oldest such rent. `ahead`: thousandths of a bill paid before they fall due. `coming`:
    days since the first unpaid rent is usually paid, while it is not. `failed`, `failed_year`:
    debits that failed in 60 days and in a year; `reminders` in 180 days, `demands` in a year.
    `plan`: 1 while one runs, 2 when the last was broken. `missed`: its instalments missed.
    `contact`: days since somebody was in touch with the tenant. `owed_ore` is for lists and targets
    and never a feature.
    """

    late: tuple[int, ...]
    timing: tuple[int, ...]
    shares: tuple[int, ...]
    debt: int
    oldest: int
    ahead: int
    coming: int
    failed: int
    failed_year: int
    reminders: int
    demands: int
    plan: int
    missed: int
    contact: int
    owed_ore: int

    @property
    def numbers(self) -> list[int]:
        """All of it in a row, as `models.risk.features` takes it."""
        return [
            *self.late, *self.timing, *self.shares, self.debt, self.oldest, self.ahead,
            self.coming, self.failed, self.failed_year, self.reminders, self.demands, self.plan,
            self.missed, self.contact,
        ]  # fmt: skip


def read(lease: Lease, day: date, at_hand: Books | None = None) -> Reading:
    """The lease at the end of `day`, by its books of that day if they are `at_hand`."""
    account, settlement, due = at_hand or books(lease, day)
    timing = [timing_of(bill, day) for bill in due[-MOST:]]
    shares = _shares(account, due[-MOST:], day)
    debt, oldest, owed = _debt(due, day)
    later = [line for line in settlement.lines if line.last_day > day]
    signals, plan = lease.signals, _plan(lease, settlement, day)
    return Reading(
        late=_newest_first([max(0, days) for days in timing]),
        timing=_newest_first(timing),
        shares=_newest_first(shares),
        debt=debt,
        oldest=oldest,
        ahead=_ahead(account, later, settlement.surplus_ore, due),
        coming=_coming(due, later, day),
        failed=sum(day - FAILED_FOR < on <= day for on in signals.failures),
        failed_year=sum(day - YEAR < on <= day for on in signals.failures),
        reminders=_sent(lease, "reminder", day, REMINDED_FOR),
        demands=_sent(lease, "debt_collection", day, YEAR),
        plan=plan[0],
        missed=plan[1],
        contact=_contact(lease, day),
        owed_ore=owed,
    )


def _newest_first(values: Sequence[int]) -> tuple[int, ...]:
    return (*reversed(values), *[UNKNOWN] * (MOST - len(values)))


def timing_of(bill: Bill, day: date) -> int:
    """Days from the last day of a bill until it was paid, or so far; in steps where it is late."""
    days = ((bill.paid_on or day) - bill.last_day).days
    if bill.paid_on is None or days > 0:
        return stepped(days)
    return max(FAR_AHEAD, days)


def _shares(account: Account, due: Sequence[Bill], day: date) -> list[int]:
    if not due:
        return []
    money = receipts(account, money_since(due[0]), day)
    return [min(MOST_SHARE, share) for share in paid_shares(due, money, day)]


def _debt(due: Sequence[Bill], day: date) -> tuple[int, int, int]:
    """Thousandths of a month's rent unpaid, the days since the oldest of it, and öre."""
    unpaid = [bill for bill in due if bill.paid_on is None]
    left = sum(bill.left for bill in unpaid)
    if is_trifle(left):
        return 0, 0, left
    rent = max(month_rent(due), *(bill.rent for bill in unpaid))
    return left * 1000 // rent, stepped((day - unpaid[0].last_day).days), left


def _ahead(account: Account, later: Sequence[Line], surplus: int, due: Sequence[Bill]) -> int:
    """What is paid of bills that are not due yet, and what waits for others (öre)."""
    if not (later or due):
        return 0
    whole = [line.rent_ore + account.invoices[line.invoice_id].other_ore for line in later]
    left = sum(line.rent_left + line.other_left for line in later)
    bill = due[-1].total if due else max(whole)
    paid = sum(whole) - left + max(0, surplus)
    return min(MOST_SHARE, paid * 1000 // bill) if bill else 0


def usual(timing: Sequence[int]) -> int | None:
    """When rent is usually paid, days from its last day: the middle of the last rents (`timing`
    oldest first); None where there are too few."""
    before = sorted(timing[-HABIT:])
    return before[(len(before) - 1) // 2] if len(before) == HABIT else None


def next_unpaid(lines: Sequence[Line], day: date) -> Line | None:
    """The next rent that falls due after `day` and is not paid."""
    coming = [x for x in lines if x.last_day > day and not is_trifle(x.rent_left)]
    return coming[0] if coming else None


def _coming(due: Sequence[Bill], later: Sequence[Line], day: date) -> int:
    """Days since the first unpaid rent would usually have been paid, due or not."""
    since = usually_paid_on(due, later, day)
    return 0 if since is None else stepped((day - since).days)


def usually_paid_on(due: Sequence[Bill], lines: Sequence[Line], day: date) -> date | None:
    """The day on which the first unpaid rent would usually have been paid, by those that were; None
    where there is none, or where rent is not paid early by habit."""
    days = usual([timing_of(bill, day) for bill in due if bill.paid_on is not None])
    if days is None or not FAR_AHEAD < days < 0:
        return None
    unpaid = next((bill for bill in due if bill.paid_on is None), None)
    first = unpaid if unpaid is not None else next_unpaid(lines, day)
    return None if first is None else first.last_day + timedelta(days=days)


def _sent(lease: Lease, kind: str, day: date, within: timedelta) -> int:
    return sum(r.kind == kind and day - within < r.sent_on <= day for r in lease.signals.reminders)


def _plan(lease: Lease, settlement: Settlement, day: date) -> tuple[int, int]:
    """The state of the newest plan, and how many of its instalments were missed. A plan has no day
    of its own, so it counts from its first instalment."""
    if not lease.signals.plans:
        return 0, 0
    plans = read_plans(lease, settlement.lines, day + _DAY)
    begun = [plan for plan in plans if plan.instalments[0].due_on <= day]
    if not begun:
        return 0, 0
    newest = begun[-1]
    ended = newest.ended if (newest.ended_on or date.min) <= day else None
    if ended is None:
        return 1, len(newest.missed)
    return (2, len(newest.missed)) if ended == "broken" else (0, 0)


def _contact(lease: Lease, day: date) -> int:
    met = [contact.on for contact in lease.signals.contacts if contact.met and contact.on <= day]
    return stepped((day - max(met)).days) if met else NO_CONTACT
