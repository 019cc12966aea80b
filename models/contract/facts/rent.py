"""Facts about rent: what is asked for, paid, taken back, disputed and planned."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

from models.contract.facts.fields import Fact, LineKind, Ore, Payer, Period, PositiveOre, Text


class InvoiceLine(Struct, frozen=True, gc=False):
    """One line of an invoice."""

    kind: LineKind
    amount_ore: Ore


class RentInvoiced(Fact, frozen=True, gc=False):
    """A rent invoice: `lines`, or `amount_ore` alone (all of it rent). Its rent is of the month
    `period`, or of that and all months through `period_to`, at most twelve. It is paid to
    `account`, a bankgiro ("bg 5050-1055") or plusgiro ("pg 90 20 03-3"), with the reference `ocr`;
    what does not check by its last digit is left out of letters."""

    invoice_id: Text
    period: Period
    due_on: date
    lines: list[InvoiceLine] | None = None
    amount_ore: Ore | None = None
    period_to: Period | None = None
    account: Text | None = None
    ocr: Text | None = None

    def __post_init__(self) -> None:
        if self.lines is None and self.amount_ore is None:
            raise ValueError("an invoice needs lines or amount_ore")
        if self.lines and self.amount_ore not in (None, self.rent_ore + self.other_ore):
            raise ValueError("amount_ore differs from the sum of the lines")

    @property
    def rent_ore(self) -> int:
        """The rent lines, in öre: what deadlines and bands count (JB 12:42)."""
        if not self.lines:
            return self.amount_ore or 0
        return sum(line.amount_ore for line in self.lines if line.kind == "rent")

    @property
    def other_ore(self) -> int:
        """Metered use, parking, storage, fees, interest and damages, in öre."""
        if not self.lines:
            return 0
        return sum(line.amount_ore for line in self.lines if line.kind != "rent")


class InvoiceCorrected(RentInvoiced, frozen=True, kw_only=True, gc=False):
    """What an invoice should have said, whole, as corrected on `corrected_on`. The newest
    correction holds, in whatever order they come, also before the invoice."""

    corrected_on: date


class RentCredited(Fact, frozen=True, gc=False):
    """A credit on an invoice. Without a `credit_id` an equal one (the same invoice, amount and day)
    is the same credit."""

    invoice_id: Text
    amount_ore: PositiveOre
    on: date
    credit_id: Text | None = None


class RentPaid(Fact, frozen=True, gc=False):
    """A payment. Lateness is judged on `ordered_on` when known (JB 12:20 3 st)."""

    payment_id: Text
    amount_ore: PositiveOre
    booked_on: date
    ordered_on: date | None = None
    payer: Payer = "tenant"
    invoice_id: Text | None = None


class RentPaymentReversed(Fact, frozen=True, gc=False):
    """A payment that was taken back, whole."""

    payment_id: Text
    booked_on: date


class RentRefunded(Fact, frozen=True, gc=False):
    """Money that went back to the payer, on `on`. With `payment_id` it came from that payment
    alone; else from the newest money held then. What comes back after all is told as a payment."""

    refund_id: Text
    amount_ore: PositiveOre
    on: date
    payment_id: Text | None = None


class RentDeposited(Fact, frozen=True, gc=False):
    """Rent deposited with the county board, which counts as payment (JB 12:21)."""

    amount_ore: PositiveOre
    on: date


class RentDisputed(Fact, frozen=True, gc=False):
    """The tenant disputes an invoice, for the first time or anew: advice takes the place of arrears
    steps for it. A dispute does not protect the home; payment or a deposit does (JB 12:21)."""

    invoice_id: Text
    on: date


class DisputeEnded(Fact, frozen=True, gc=False):
    """A dispute about an invoice has ended: withdrawn by the tenant, agreed, or decided by a court
    or board. What is unpaid of the invoice counts as before; what was found not owed is told as a
    credit or a corrected invoice."""

    invoice_id: Text
    on: date
    outcome: Literal["withdrawn", "agreed", "decided"] | None = None


class PaymentFailed(Fact, frozen=True, gc=False):
    """A direct debit or e-invoice that failed: the earliest signal."""

    on: date
    method: Literal["autogiro", "e_invoice"]
    reason: Text | None = None


class Instalment(Struct, frozen=True, gc=False):
    """One instalment of a payment plan."""

    due_on: date
    amount_ore: PositiveOre


class PlanAgreed(Fact, frozen=True, gc=False):
    """A payment plan between landlord and tenant."""

    plan_id: Text
    instalments: Annotated[list[Instalment], Meta(min_length=1, max_length=120)]


class PlanEnded(Fact, frozen=True, gc=False):
    """A payment plan is over. Told again with another reason, the newest `on` holds."""

    plan_id: Text
    reason: Literal["kept", "broken", "replaced"]
    on: date | None = None
