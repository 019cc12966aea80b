"""Drops what was settled long ago, with the money that paid it."""

from datetime import date, timedelta

from models.lease import dropped
from models.lease.archive import unpack
from models.lease.ledger import HOLD_DAYS, Account, Credit, Payment
from models.lease.refunds import Part, parts
from models.lease.settlement import going_back, payments_by_day, settle


def drop_settled(account: Account, started_on: date | None, today: date) -> None:
    """Drop the oldest invoices settled for more than `HOLD_DAYS`, with the money that paid them.

    Only money older than the horizon may pay for a dropped invoice, so that a payment which can
    still be taken back keeps its invoice. The balance is the same before and after.
    """
    horizon = today - timedelta(days=HOLD_DAYS)
    unpack(account)
    back = going_back(account)
    for line in settle(account, started_on, horizon, final=True).lines:
        if line.due_on > horizon or line.rent_left or line.other_left:
            break
        if not _drop(account, line.invoice_id, horizon, back):
            break
    _drop_refunds(account, horizon)
    for key, day in list(account.reversals.items()):
        if day < horizon:
            del account.reversals[key]
            dropped.remember(account, dropped.reversal_name(key), day)
            payment = account.payments.pop(key, dropped.TAKEN_BACK)
            dropped.remember(account, dropped.payment_name(key), payment)


def _drop_refunds(account: Account, horizon: date) -> None:
    """Drop old refunds of old money, and take it off the payments that it came from."""
    came_from: dict[str, list[Part]] = {}
    for part in parts(account, payments_by_day(account, None, True), None):
        came_from.setdefault(part.refund, []).append(part)
    for key, sources in came_from.items():
        held = [account.payments.get(part.payment or "") for part in sources]
        if account.refunds[key].on < horizon and all(p and p.booked_on <= horizon for p in held):
            for part, payment in zip(sources, held, strict=True):
                payment.spent_ore += part.ore  # type: ignore[union-attr]
            dropped.remember(account, dropped.refund_name(key), account.refunds.pop(key))
    _drop_spent(account)


def _drop(account: Account, invoice_id: str, horizon: date, back: dict[str | None, int]) -> bool:
    """Drop one invoice with its credits and the money nearest to it; False, and nothing is done,
    where it was paid by what is too much of a credit on a later invoice."""
    invoice = account.invoices[invoice_id]
    own = [credit for credit in account.credits if credit.invoice_id == invoice_id]
    owed = invoice.rent_ore + invoice.other_ore - sum(credit.amount_ore for credit in own)
    money = _money(account, invoice_id, horizon, back)
    if owed > sum(free for _, free in money):
        return False
    _close(account, invoice_id)
    if owed < 0:
        account.credits.append(Credit(invoice_id, -owed, horizon))
    for source, free in money:
        spent = min(max(owed, 0), free)
        owed -= spent
        if isinstance(source, Payment):
            source.spent_ore += spent
        else:
            source.amount_ore -= spent
    account.credits = [credit for credit in account.credits if credit.amount_ore]
    _drop_spent(account)
    return True


def _close(account: Account, invoice_id: str) -> None:
    """Take an invoice out, with all that was said of it; that it was there stays known."""
    invoice = account.invoices.pop(invoice_id)
    account.closed_ore += invoice.rent_ore + invoice.other_ore
    dropped.remember(account, dropped.invoice_name(invoice_id), invoice)
    if invoice.corrected_on is not None:
        dropped.remember(account, dropped.corrected_name(invoice_id), invoice.corrected_on)
    account.credits = [credit for credit in account.credits if credit.invoice_id != invoice_id]
    first, steps = account.disputes.pop(invoice_id, None), account.dispute_steps.pop(invoice_id, [])
    if first is not None or steps:
        dropped.remember(account, dropped.dispute_name(invoice_id), first or steps[0][0])


def _money(
    account: Account, invoice_id: str, horizon: date, back: dict[str | None, int]
) -> list[tuple[Payment | Credit, int]]:
    """What may pay for an invoice that is dropped, with what is free of each: payments that name
    it, or none that is held, then what is left of credits on invoices dropped before, and last the
    other payments."""
    held = account.invoices
    payments = [
        (p, p.amount_ore - p.spent_ore - back.get(key, 0))
        for _, key, p in payments_by_day(account, horizon, True)
    ]
    left = [
        (c, c.amount_ore) for c in account.credits if c.on <= horizon and c.invoice_id not in held
    ]
    bound = [p for p in payments if p[0].invoice_id in held and p[0].invoice_id != invoice_id]
    free = [p for p in payments if p[0].invoice_id not in held or p[0].invoice_id == invoice_id]
    return [*free, *left, *bound]


def _drop_spent(account: Account) -> None:
    for key, payment in list(account.payments.items()):
        if payment.amount_ore <= payment.spent_ore:
            del account.payments[key]
            dropped.remember(account, dropped.money_name(key, payment), payment)
