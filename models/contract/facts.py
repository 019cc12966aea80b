"""What can be reported about a lease: the data of every event type, as frozen records.

Money is integer öre, dates are civil dates (Europe/Stockholm), field names are the contract's
own. A value outside its stated range raises `msgspec.ValidationError` when decoded. Personal
identity (name, personal number, address) never appears in the clear: `sealed_identity` is
opaque text encrypted to the municipality's key.
"""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, Struct

_END = r"(?!\n)$"  # the end in ECMA 262 and in Python alike, whose bare $ lets a line end pass
MAX_ORE = 10**12  # ten billion kronor: anything above is a unit error, and sums stay in 64 bits

Ore = Annotated[int, Meta(ge=0, le=MAX_ORE, description="öre")]
PositiveOre = Annotated[int, Meta(gt=0, le=MAX_ORE, description="öre, more than nothing")]
Text = Annotated[str, Meta(min_length=1, max_length=200)]
LongText = Annotated[str, Meta(max_length=20_000)]
LeaseId = Annotated[
    str,
    Meta(
        min_length=3,
        max_length=100,
        description="<the landlord's organisation number>:<the landlord's own lease number>",
    ),
]
OrgNr = Annotated[
    str, Meta(pattern=r"^[0-9]{6}-?[0-9]{4}" + _END, description="organisation number")
]
Period = Annotated[
    str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])" + _END, description="month, 2026-12")
]
BirthYear = Annotated[int, Meta(ge=1880, le=2200)]
Municipality = Annotated[
    str, Meta(pattern=r"^[0-9]{4}" + _END, description="SCB municipality code")
]

LeaseKind = Literal["first_hand", "second_hand", "municipal", "trial"]
Living = Literal["permanent", "alternating", "visiting"]
LineKind = Literal["rent", "metered", "parking", "storage", "fee", "interest", "damage"]
Payer = Literal["tenant", "municipality", "guarantor", "benefit", "collector", "estate", "other"]
Channel = Literal["phone", "sms", "email", "letter", "visit", "portal", "other"]


class Fact(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A fact about one lease; `lease_id` equals the event's subject and its Kafka key."""

    lease_id: LeaseId


class Broadcast(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A fact about no single lease, published to every partition."""


class Tenant(Struct, frozen=True, gc=False):
    """A tenant on the lease, known by the landlord's own reference and a birth year."""

    tenant_ref: Text
    birth_year: BirthYear | None = None


class Child(Struct, frozen=True, gc=False):
    """A child who lives in the home, always or part of the time."""

    birth_year: BirthYear
    living: Living = "permanent"


class LeaseRegistered(Fact, frozen=True, gc=False):
    """A lease as the landlord knows it. `children` only in pilots and simulation."""

    landlord_id: OrgNr
    municipality: Municipality
    district: Text
    rent_ore: Ore
    rooms: Annotated[int, Meta(ge=0, le=50)]
    kind: LeaseKind
    started_on: date
    tenants: list[Tenant]
    protected_identity: bool
    review_on: date | None = None
    children: list[Child] | None = None
    ocr: Text | None = None
    sealed_identity: LongText | None = None


class LeaseChanged(Fact, frozen=True, gc=False):
    """Changed fields of a lease; a field that is absent or null keeps its value."""

    effective_on: date
    landlord_id: OrgNr | None = None
    municipality: Municipality | None = None
    district: Text | None = None
    rent_ore: Ore | None = None
    rooms: Annotated[int, Meta(ge=0, le=50)] | None = None
    kind: LeaseKind | None = None
    tenants: list[Tenant] | None = None
    protected_identity: bool | None = None
    review_on: date | None = None
    ocr: Text | None = None
    sealed_identity: LongText | None = None


class LeaseEnded(Fact, frozen=True, gc=False):
    """The lease has ended."""

    ended_on: date
    reason: Literal[
        "moved",
        "notice_by_tenant",
        "agreement",
        "death",
        "transferred",
        "trial_ended",
        "abandoned",
        "evicted",
        "other",
    ]


class HouseholdUpdated(Fact, frozen=True, gc=False):
    """Who lives there, as the municipality knows it; a landlord neither knows nor may keep it."""

    known: Literal["yes", "no", "unknown"]
    children: list[Child] = []
    sublet_children: bool = False


class InvoiceLine(Struct, frozen=True, gc=False):
    """One line of an invoice."""

    kind: LineKind
    amount_ore: Ore


class RentInvoiced(Fact, frozen=True, gc=False):
    """A rent invoice: `lines`, or `amount_ore` alone (all of it rent)."""

    invoice_id: Text
    period: Period
    due_on: date
    lines: list[InvoiceLine] | None = None
    amount_ore: Ore | None = None

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


class RentCredited(Fact, frozen=True, gc=False):
    """A credit on an invoice."""

    invoice_id: Text
    amount_ore: PositiveOre
    on: date


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


class RentDeposited(Fact, frozen=True, gc=False):
    """Rent deposited with the county board, which counts as payment (JB 12:21)."""

    amount_ore: PositiveOre
    on: date


class RentDisputed(Fact, frozen=True, gc=False):
    """The tenant disputes an invoice; it stops arrears steps for that invoice."""

    invoice_id: Text
    on: date


class PaymentFailed(Fact, frozen=True, gc=False):
    """A direct debit or e-invoice that failed: the earliest signal."""

    on: date
    method: Literal["autogiro", "e_invoice"]
    reason: Text | None = None


class RentReminded(Fact, frozen=True, gc=False):
    """A reminder or a debt-collection demand was sent."""

    invoice_id: Text
    sent_on: date
    kind: Literal["reminder", "debt_collection"]


class TenantContacted(Fact, frozen=True, gc=False):
    """Somebody tried to reach the tenant, or the tenant reached them."""

    on: date
    by: Literal["landlord", "municipality"]
    direction: Literal["inbound", "outbound"]
    channel: Channel
    reached: bool
    tenant_ref: Text | None = None


class Instalment(Struct, frozen=True, gc=False):
    """One instalment of a payment plan."""

    due_on: date
    amount_ore: PositiveOre


class PlanAgreed(Fact, frozen=True, gc=False):
    """A payment plan between landlord and tenant."""

    plan_id: Text
    instalments: Annotated[list[Instalment], Meta(min_length=1, max_length=120)]


class PlanEnded(Fact, frozen=True, gc=False):
    """A payment plan is over."""

    plan_id: Text
    reason: Literal["kept", "broken", "replaced"]


class NoticeServed(Fact, frozen=True, gc=False):
    """A notice to quit. Without `recovery_notice_served_on` (form 1) the three weeks of
    JB 12:44 have not begun, a defect to show."""

    notice_id: Text
    served_on: date
    reason: Literal["arrears", "disturbance"]
    tenant_ref: Text | None = None
    amount_ore: Ore | None = None
    recovery_notice_served_on: date | None = None


class NoticeWithdrawn(Fact, frozen=True, gc=False):
    """A notice to quit was withdrawn."""

    notice_id: Text
    on: date | None = None


class CouncilNotified(Fact, frozen=True, gc=False):
    """The landlord's message to the social welfare board (socialnämnden).

    For arrears it has a set form (form 3, SFS 1978:314), whose fields follow; the tenant's name
    and address travel sealed. A message counts as given the day it was sent by registered letter
    (JB 12:63), otherwise the day it arrived. Missing form fields make it defective, never
    unreadable.
    """

    matter: Literal["arrears", "disturbance", "serious_disturbance"]
    sent_on: date
    how: Literal["registered", "other"]
    received_on: date | None = None
    landlord_name: Text | None = None
    landlord_address: Text | None = None
    landlord_phone: Text | None = None
    sealed_identity: LongText | None = None
    rooms: Annotated[int, Meta(ge=0, le=50)] | None = None
    amount_ore: Ore | None = None
    due_on: date | None = None
    interest: Text | None = None
    account: Text | None = None


class CouncilRentAssumed(Fact, frozen=True, gc=False):
    """The board took on the rent in writing (JB 12:44 4 st 1)."""

    on: date


class DisturbanceReported(Fact, frozen=True, gc=False):
    """A disturbance in the home; its detail stays inside the case."""

    reported_on: date
    kind: Text


class ClaimStep(Fact, frozen=True, gc=False):
    """A step of a claim (summary application) for payment or eviction."""

    on: date
    reply_by: date | None = None


class ClaimFiled(ClaimStep, frozen=True, gc=False):
    """A claim was filed."""


class ClaimServed(ClaimStep, frozen=True, gc=False):
    """A claim was served; the tenant may reply until `reply_by`."""


class ClaimDisputed(ClaimStep, frozen=True, gc=False):
    """The tenant disputed the claim."""


class ClaimDecided(ClaimStep, frozen=True, gc=False):
    """A decision was made on the claim."""


class ClaimWithdrawn(ClaimStep, frozen=True, gc=False):
    """The claim was withdrawn."""


class EvictionStep(Fact, frozen=True, gc=False):
    """A step of an eviction at the enforcement authority (Kronofogden). `on` is the day the
    step became known to the municipality; `to` is the new date of a deferral."""

    on: date
    scheduled_on: date | None = None
    to: date | None = None


class EvictionApplied(EvictionStep, frozen=True, gc=False):
    """An eviction was applied for."""


class EvictionScheduled(EvictionStep, frozen=True, gc=False):
    """A time was set; the municipality confirms the same day (2025:468 11:3)."""


class EvictionDeferred(EvictionStep, frozen=True, gc=False):
    """The eviction was put off."""


class EvictionCancelled(EvictionStep, frozen=True, gc=False):
    """The eviction was called off."""


class EvictionExecuted(EvictionStep, frozen=True, gc=False):
    """The eviction was carried out."""


class ConsentStep(Fact, frozen=True, gc=False):
    """A tenant's word on what may be shared."""

    on: date
    scope: Text
    tenant_ref: Text | None = None


class ConsentGiven(ConsentStep, frozen=True, gc=False):
    """Consent given for a scope."""


class ConsentWithdrawn(ConsentStep, frozen=True, gc=False):
    """Consent withdrawn for a scope."""


class ObjectionMade(ConsentStep, frozen=True, gc=False):
    """The tenant objects to data being passed on."""


class VisitReported(Fact, frozen=True, gc=False):
    """What came of a visit task."""

    task_id: Text
    on: date
    outcome: Literal[
        "reached", "not_reached", "declined", "referred", "plan_offered", "not_needed", "other"
    ]
    by: Text


class FeedCompleted(Broadcast, frozen=True, gc=False):
    """The landlord has sent everything booked up to and including `through_on`."""

    landlord_id: OrgNr
    through_on: date


RuleKind = Literal["code", "statute", "playbook", "model"]


class RulesChanged(Broadcast, frozen=True, gc=False):
    """From here on the log is folded with other rules."""

    digest: Text
    what: RuleKind


class CalendarDay(Broadcast, frozen=True, gc=False):
    """A day has ended (Europe/Stockholm)."""

    day: date


class RecordSetAside(Fact, frozen=True, gc=False):
    """A record about this lease was set aside in another partition; the lease is incomplete."""

    partition: Annotated[int, Meta(ge=0)]
    offset: Annotated[int, Meta(ge=0)]
    error: Text


class RecordCleared(Fact, frozen=True, gc=False):
    """A record about this lease that was set aside has been mended or discarded."""

    partition: Annotated[int, Meta(ge=0)]
    offset: Annotated[int, Meta(ge=0)]


class RecordReleased(Broadcast, frozen=True, gc=False):
    """A person mended a record set aside at `offset` of this partition; `event` is the mended
    CloudEvent, as JSON text, which goes on to its lease's home."""

    offset: Annotated[int, Meta(ge=0)]
    event: LongText
    by: Text
    reason: Text


class RecordDiscarded(Broadcast, frozen=True, gc=False):
    """A person discarded a record set aside at `offset` of this partition."""

    offset: Annotated[int, Meta(ge=0)]
    by: Text
    reason: Text
