"""The facts that move money on one lease, as they are stored."""

from datetime import date
from functools import lru_cache

from msgspec import Struct

from models.law import deadlines
from models.law.deadlines import payment_counts_on
from models.lease.slips import has_come

due_floor = lru_cache(maxsize=4096)(deadlines.due_on)  # the law's due day of a month (JB 12:20)
HOLD_DAYS = 400  # a direct debit can be taken back 13 months later
RAISED = ""  # a step of a dispute that begins it; another says how it ended


class Invoice(Struct, array_like=True, gc=False):
    """An invoice, öre. `due_on` is the landlord's date; the law's floor is applied later. Its rent
    is of `period`, or of all months through `period_to`. `corrected_on` is the day of the
    correction that holds."""

    period: str
    due_on: date
    rent_ore: int
    other_ore: int
    period_to: str | None = None
    corrected_on: date | None = None


class Payment(Struct, array_like=True, gc=False):
    """A payment or deposit, öre. `spent_ore` has gone to invoices that are dropped by now."""

    amount_ore: int
    booked_on: date
    ordered_on: date | None
    payer: str
    invoice_id: str | None
    spent_ore: int = 0

    @property
    def paid_on(self) -> date:
        """The day that counts: the bank received the order (JB 12:20 3 st), else the booking."""
        return payment_counts_on(self.booked_on, self.ordered_on)


class Credit(Struct, array_like=True, gc=False):
    """A credit on one invoice, öre."""

    invoice_id: str
    amount_ore: int
    on: date


class Refund(Struct, array_like=True, gc=False):
    """Money that went back to the payer, öre; `payment_id` is the payment it came from, if told."""

    amount_ore: int
    on: date
    payment_id: str | None = None


class Account(Struct, array_like=True):
    """All facts that move money on one lease, by their natural keys.

    `disputes` has the first day on which an invoice was disputed, `dispute_steps` what came beside:
    days and how it ended, or `RAISED` anew.

    The archive holds money booked up to `archived_booked_on`; as of an earlier day it must be
    unpacked. `known` has the marks of those that are held no longer (`models.lease.known`).
    """

    invoices: dict[str, Invoice] = {}
    payments: dict[str, Payment] = {}
    credits: list[Credit] = []
    reversals: dict[str, date] = {}
    disputes: dict[str, date] = {}
    closed_ore: int = 0
    archive: bytes = b""
    archived_from: date | None = None
    archived_through: date | None = None
    dispute_steps: dict[str, list[tuple[date, str]]] = {}
    refunds: dict[str, Refund] = {}
    archived_booked_on: date | None = None
    known: bytes = b""

    @property
    def oldest_on(self) -> date | None:
        """The first due day of all that is held, archive included; None without an invoice."""
        days = [invoice.due_on for invoice in self.invoices.values()]
        if self.archived_from is not None:
            days.append(self.archived_from)
        return min(days, default=None)

    @property
    def balance_ore(self) -> int:
        """Invoiced less credited less paid, and what went back, öre: above zero the tenant owes.
        The archive adds nothing, for it balances."""
        return self.balance_on(date.max)

    def balance_on(self, day: date) -> int:
        """The same with the money that has moved by the end of `day`."""
        owed = 0
        for item in self.invoices.values():
            owed += item.rent_ore + item.other_ore
        for credit in self.credits:
            if credit.on <= day:
                owed -= credit.amount_ore
        for key, payment in self.payments.items():
            back = self.reversals.get(key)
            if payment.booked_on <= day and (back is None or not has_come(back, day)):
                owed -= payment.amount_ore - payment.spent_ore
        for refund in self.refunds.values():
            if refund.on <= day:
                owed += refund.amount_ore
        return owed
