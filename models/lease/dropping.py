"""Drops what was settled long ago, with the money that paid it."""

from datetime import date, timedelta

from models.lease.archive import unpack
from models.lease.ledger import HOLD_DAYS, Account, Credit, Payment
from models.lease.settlement import payments_by_day, settle


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
    account.dispute_steps.pop(invoice_id, None)
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
    payments = [payment for _, _, payment in payments_by_day(account, horizon, True)]
    left = [c for c in account.credits if c.on <= horizon and c.invoice_id not in held]
    bound = [p for p in payments if p.invoice_id in held and p.invoice_id != invoice_id]
    free = [p for p in payments if p.invoice_id not in held or p.invoice_id == invoice_id]
    return [*free, *left, *bound]


def _unspent(source: Payment | Credit) -> int:
    return source.amount_ore - (source.spent_ore if isinstance(source, Payment) else 0)
