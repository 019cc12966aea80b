"""What is owed on a given day, and since which due day: payments matched to invoices.

A payment goes to the invoice it names, then to the oldest rent that is due, then to the oldest
other item that is due; what is left pays invoices that fall due later, one after the other. So what
balanced before an invoice fell due stays as it was settled, which is why it can be archived. The
result depends on the facts alone, not on the order in which they arrived.
"""

from bisect import bisect_right
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from models.law import deadlines
from models.lease.account import (
    HOLD_DAYS,
    Account,
    Credit,
    Payment,
    due_floor,
    items_of,
    packed_chunks,
    unpack,
)


class Line(Struct, gc=False):
    """One invoice and what is left of it, öre. `paid_on` is the day its rent was covered; None
    while it is not, and for rent that was credited, for that was never owed."""

    invoice_id: str
    period: str
    due_on: date
    rent_ore: int
    rent_left: int
    other_left: int
    paid_on: date | None = None

    @property
    def last_day(self) -> date:
        """The last day to pay in time (JB 12:20 with lag 1930:173 2 §)."""
        return last_day_in_time(self.due_on)


class Settlement(Struct):
    """Lines by due day, and the surplus that waits for coming invoices, öre."""

    lines: list[Line]
    surplus_ore: int

    @property
    def rent_left(self) -> int:
        """Unpaid rent, öre, due or not."""
        return sum(line.rent_left for line in self.lines)

    @property
    def owed_ore(self) -> int:
        """Everything unpaid, öre, due or not."""
        return sum(line.rent_left + line.other_left for line in self.lines)


last_day_in_time = lru_cache(maxsize=4096)(deadlines.last_day_in_time)


@lru_cache(maxsize=1 << 16)
def due_day(period: str, due_on: date, started_on: date | None) -> date:
    """The landlord's due date, but after the first month never before the last weekday before
    the month (JB 12:20 1 st: an earlier agreed date does not bind)."""
    if started_on is not None and period == started_on.isoformat()[:7]:
        return due_on
    return max(due_on, due_floor(period))


def settle(
    account: Account, started_on: date | None, as_of: date | None = None, *, final: bool = False
) -> Settlement:
    """Match payments to invoices as of the end of `as_of` (all of them if None).

    With `final`, a payment that is ever taken back counts for nothing at any time.
    """
    lines = [
        Line(
            key,
            i.period,
            due_day(i.period, i.due_on, started_on),
            i.rent_ore,
            i.rent_ore,
            i.other_ore,
        )
        for key, i in account.invoices.items()
    ]
    if len(lines) > 1:
        lines.sort(key=_by_due_day)
    by_id = {line.invoice_id: line for line in lines}
    surplus = 0
    for credit in account.credits:
        if as_of is None or credit.on <= as_of:
            line = by_id.get(credit.invoice_id)
            surplus += credit.amount_ore if line is None else _cover(line, credit.amount_ore, None)
    for paid_on, _key, payment in _payments(account, as_of, final):
        left = payment.amount_ore - payment.spent_ore
        named = by_id.get(payment.invoice_id) if payment.invoice_id else None
        if named is not None:
            left = _cover(named, left, paid_on)
        surplus += _spread(lines, left, paid_on) if left else 0
    return Settlement(lines, _spread(lines, surplus, None) if surplus else 0)


class Rent(NamedTuple):
    """The rent of one invoice: when it was due, and when it was covered, if it is."""

    due_on: date
    paid_on: date | None
    left: int


def rents_due(
    account: Account, settlement: Settlement, started_on: date | None, day: date, last: int
) -> list[Rent]:
    """The rents whose last day to pay has come by `day`, oldest first: all open ones, and as many
    out of the archive as make `last`. `settlement` is of the open items."""
    found = _rents(settlement.lines, day)
    for packed in packed_chunks(account.archive):
        if len(found) >= last:
            break
        found[:0] = _rents(_closed(packed, started_on), day)
    return found


@lru_cache(maxsize=1 << 15)
def _closed(packed: bytes, started_on: date | None) -> list[Line]:
    """The lines of items that balance, not to be changed; one payment of one invoice needs no
    matching. A lease in trouble asks for the same ones day after day."""
    invoices, payments = items_of(packed)
    if len(invoices) > 1 or len(payments) > 1:
        return settle(Account(invoices, payments), started_on).lines
    paid_on = next((payment.paid_on for payment in payments.values()), None)
    return [
        Line(key, i.period, due_day(i.period, i.due_on, started_on), i.rent_ore, 0, 0, paid_on)
        for key, i in invoices.items()
    ]


def _rents(lines: list[Line], day: date) -> list[Rent]:
    return [
        Rent(line.due_on, line.paid_on, line.rent_left)
        for line in lines
        if line.rent_ore and line.last_day <= day
    ]


def first_unpaid(account: Account, started_on: date | None) -> date | None:
    """The due day of the oldest rent that is not fully paid, due or not; None if all is paid."""
    if len(account.invoices) == 1 and not (account.credits or account.reversals):
        (invoice,) = account.invoices.values()
        left = invoice.rent_ore
        for payment in account.payments.values():
            left -= payment.amount_ore - payment.spent_ore
        if left <= 0:
            return None
        return due_day(invoice.period, invoice.due_on, started_on)
    if account.balance_ore <= 0:
        return None
    lines = settle(account, started_on).lines
    return next((line.due_on for line in lines if line.rent_left), None)


def _due_on(line: Line) -> date:
    return line.due_on


def _by_due_day(line: Line) -> tuple[date, str]:
    return line.due_on, line.invoice_id


def _payments(account: Account, as_of: date | None, final: bool) -> list[tuple[date, str, Payment]]:
    reversals = account.reversals
    return sorted(
        (payment.paid_on, key, payment)
        for key, payment in account.payments.items()
        if (as_of is None or payment.booked_on <= as_of)
        and (key not in reversals or not (final or as_of is None or reversals[key] <= as_of))
    )


def _cover(line: Line, amount: int, on: date | None) -> int:
    """Put `amount` on one line, rent first; the rest comes back."""
    rent = min(amount, line.rent_left)
    if rent:
        line.rent_left -= rent
        if not line.rent_left:
            line.paid_on = on
    other = min(amount - rent, line.other_left)
    line.other_left -= other
    return amount - rent - other


def _spread(lines: list[Line], amount: int, on: date | None) -> int:
    """Put `amount` on the oldest rent due by `on`, then on the oldest other items due by then, and
    then on what falls due later, one invoice after the other; the rest comes back."""
    due = len(lines) if on is None else bisect_right(lines, on, key=_due_on)
    for line in lines[:due]:
        if line.rent_left:
            rent = min(amount, line.rent_left)
            line.rent_left -= rent
            amount -= rent
            if not line.rent_left:
                line.paid_on = on
            if not amount:
                return 0
    for line in lines[:due]:
        other = min(amount, line.other_left)
        line.other_left -= other
        amount -= other
    for line in lines[due:]:
        amount = _cover(line, amount, on)
    return amount


def drop_settled(account: Account, started_on: date | None, today: date) -> None:
    """Drop the oldest invoices settled for more than `HOLD_DAYS`, with the money that paid them.

    Only money older than the horizon may pay for a dropped invoice, so that a payment which can
    still be taken back keeps its invoice. The balance is the same before and after.
    """
    horizon = today - timedelta(days=HOLD_DAYS)
    unpack(account)
    for line in settle(account, started_on, horizon, final=True).lines:
        if line.due_on > horizon or line.rent_left or line.other_left:
            break
        if not _drop(account, line.invoice_id, horizon):
            break
    for key, day in list(account.reversals.items()):
        if day < horizon:
            del account.reversals[key]
            account.payments.pop(key, None)


def _drop(account: Account, invoice_id: str, horizon: date) -> bool:
    """Drop one invoice with its credits and the money nearest to it; False, and nothing is done,
    where it was paid by what is too much of a credit on a later invoice."""
    invoice = account.invoices[invoice_id]
    own = [credit for credit in account.credits if credit.invoice_id == invoice_id]
    owed = invoice.rent_ore + invoice.other_ore - sum(credit.amount_ore for credit in own)
    money = _money(account, invoice_id, horizon)
    if owed > sum(_unspent(source) for source in money):
        return False
    account.closed_ore += invoice.rent_ore + invoice.other_ore
    del account.invoices[invoice_id]
    account.disputes.pop(invoice_id, None)
    account.credits = [credit for credit in account.credits if credit.invoice_id != invoice_id]
    if owed < 0:
        account.credits.append(Credit(invoice_id, -owed, horizon))
    for source in money:
        spent = min(max(owed, 0), _unspent(source))
        owed -= spent
        if isinstance(source, Payment):
            source.spent_ore += spent
        else:
            source.amount_ore -= spent
    account.credits = [credit for credit in account.credits if credit.amount_ore]
    account.payments = {key: p for key, p in account.payments.items() if _unspent(p)}
    return True


def _money(account: Account, invoice_id: str, horizon: date) -> list[Payment | Credit]:
    """What may pay for an invoice that is dropped: payments that name it, or none that is held,
    then what is left of credits on invoices dropped before, and last the other payments."""
    held = account.invoices
    payments = [payment for _, _, payment in _payments(account, horizon, True)]
    left = [c for c in account.credits if c.on <= horizon and c.invoice_id not in held]
    bound = [p for p in payments if p.invoice_id in held and p.invoice_id != invoice_id]
    free = [p for p in payments if p.invoice_id not in held or p.invoice_id == invoice_id]
    return [*free, *left, *bound]


def _unspent(source: Payment | Credit) -> int:
    return source.amount_ore - (source.spent_ore if isinstance(source, Payment) else 0)
