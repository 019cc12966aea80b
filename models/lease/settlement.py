"""What is owed on a given day, and since which due day: payments matched to invoices.

A payment goes to the invoice it names, then to the oldest rent that is due, then to the oldest
other item that is due; what is left pays invoices that fall due later, one after the other. So what
balanced before an invoice fell due stays as it was settled, which is why it can be archived. The
result depends on the facts alone, not on the order in which they arrived.
"""

from bisect import bisect_right
from datetime import date

from models.lease import trifles
from models.lease.ledger import Account, Payment
from models.lease.lines import Line, Settlement, due_day
from models.lease.refunds import by_payment
from models.lease.slips import has_come
from models.lease.trifles import beyond_trifles, is_trifle


def settle(
    account: Account, started_on: date | None, as_of: date | None = None, *, final: bool = False
) -> Settlement:
    """Match payments to invoices as of the end of `as_of` (all of them if None).

    With `final`, a payment that is ever taken back counts for nothing at any time, nor does what of
    it ever goes back.
    """
    lines = [
        Line(
            key,
            i.period,
            due_day(i.period, i.due_on, started_on),
            i.rent_ore,
            i.rent_ore,
            i.other_ore,
            None,
            i.due_on,
            i.period_to,
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
    counted = payments_by_day(account, as_of, final)
    back: dict[str | None, int] = {}
    if account.refunds:
        back = going_back(account) if final else by_payment(account, counted, as_of)
    for paid_on, key, payment in counted:
        left = payment.amount_ore - payment.spent_ore
        if back:
            left -= back.get(key, 0)
        named = by_id.get(payment.invoice_id) if payment.invoice_id else None
        if named is not None:
            left = _cover(named, left, paid_on)
        surplus += _spread(lines, left, paid_on) if left else 0
    surplus -= back.get(None, 0)
    return Settlement(lines, _spread(lines, surplus, None) if surplus > 0 else surplus)


def first_unpaid(account: Account, started_on: date | None, as_of: date) -> date | None:
    """The due day of the oldest rent with which what is unpaid at the end of `as_of` is no trifle,
    due or not; None if all is paid. The archive must hold no money of later days."""
    odd = account.credits or account.reversals or account.refunds
    if len(account.invoices) == 1 and not odd:
        (invoice,) = account.invoices.values()
        left = invoice.rent_ore
        for payment in account.payments.values():
            if payment.booked_on <= as_of:
                left -= payment.amount_ore - payment.spent_ore
        if is_trifle(left):
            return None
        return due_day(invoice.period, invoice.due_on, started_on)
    if is_trifle(account.balance_on(as_of)):
        return None
    lines = settle(account, started_on, as_of).lines
    unpaid = beyond_trifles((line, line.rent_left) for line in lines)
    return unpaid[0].due_on if unpaid else None


def going_back(account: Account) -> dict[str | None, int]:
    """What goes back of each payment, whenever it does: it pays for nothing."""
    return by_payment(account, payments_by_day(account, None, True), None)


def _due_on(line: Line) -> date:
    return line.due_on


def _by_due_day(line: Line) -> tuple[date, str]:
    return line.due_on, line.invoice_id


def payments_by_day(
    account: Account, as_of: date | None, final: bool
) -> list[tuple[date, str, Payment]]:
    """The payments that count as of the end of `as_of` (all if None), each with its day and key, in
    the order in which they are put on invoices. With `final`, none that is ever taken back."""
    reversals = account.reversals
    return sorted(
        (payment.paid_on, key, payment)
        for key, payment in account.payments.items()
        if (as_of is None or payment.booked_on <= as_of)
        and (
            key not in reversals or not (final or as_of is None or has_come(reversals[key], as_of))
        )
    )


def _cover(line: Line, amount: int, on: date | None) -> int:
    """Put `amount` on one line, rent first; the rest comes back."""
    rent = _cover_rent(line, amount, on)
    other = min(amount - rent, line.other_left)
    line.other_left -= other
    return amount - rent - other


def _cover_rent(line: Line, amount: int, on: date | None) -> int:
    """Put `amount` on the rent of one line; how much of it was taken."""
    before = line.rent_left
    taken = min(amount, before)
    if taken:
        left = line.rent_left = before - taken
        if left * 2 <= line.rent_ore and line.half_paid_on is None:
            line.half_paid_on = on
        rest = trifles.TRIFLE if line.rent_ore >= trifles.TRIFLE else 1
        if left < rest <= before:
            line.paid_on = on
    return taken


def _spread(lines: list[Line], amount: int, on: date | None) -> int:
    """Put `amount` on the oldest rent due by `on`, then on the oldest other items due by then, and
    then on what falls due later, one invoice after the other; the rest comes back."""
    due = len(lines) if on is None else bisect_right(lines, on, key=_due_on)
    for line in lines[:due]:
        if line.rent_left:
            amount -= _cover_rent(line, amount, on)
            if not amount:
                return 0
    for line in lines[:due]:
        other = min(amount, line.other_left)
        line.other_left -= other
        amount -= other
    for line in lines[due:]:
        amount = _cover(line, amount, on)
    return amount
