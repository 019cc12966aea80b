"""The parts of a lease's page. Money is öre; texts are in the reader's language.

No names, no birth years, and of a disturbance only that there is a matter.
"""

from datetime import date

from msgspec import Struct

from alerts.contract.messages import VisitTask
from alerts.views.lease.lease_contacts_parts import Attempt, CaseAct, Consent, Plan


class Invoice(Struct, frozen=True):
    """One invoice and what is left of it, öre. `period` is its month, or its months as
    2026-04/2026-06; `agreed_on` the landlord's due day, where the law moved it, and `note` says
    why."""

    invoice_id: str
    period: str
    due_on: date
    rent_ore: int
    rent_left_ore: int
    other_left_ore: int
    paid_on: date | None
    late: bool
    disputed: bool
    agreed_on: date | None
    note: str | None


class Paid(Struct, frozen=True):
    """One payment, öre; `reversed_on` when it was taken back."""

    payment_id: str
    amount_ore: int
    booked_on: date
    ordered_on: date | None
    payer: str
    reversed_on: date | None


class Refunded(Struct, frozen=True):
    """Money that went back to the payer, öre."""

    refund_id: str
    amount_ore: int
    on: date
    payment_id: str | None


class Account(Struct, frozen=True):
    """What is owed, öre: balance above zero is owed; `left_ore` is unpaid, and
    `coming_ore` of it falls due later.
    `unknown` says that it is not known whether rent is late, where it is not."""

    balance_ore: int
    left_ore: int
    coming_ore: int
    late_rent_ore: int
    late_since: date | None
    surplus_ore: int
    data_incomplete: bool
    invoices: list[Invoice]
    payments: list[Paid]
    refunds: list[Refunded]
    unknown: str | None = None

    @property
    def due_ore(self) -> int:
        """What is unpaid of what has fallen due, öre."""
        return self.left_ore - self.coming_ore


class Deadline(Struct, frozen=True):
    """A legal date that still asks for an act, with days left; None of a day that has passed."""

    name: str
    text: str
    on: date
    days_left: int | None


class Act(Struct, frozen=True):
    """What somebody can still do to save the home."""

    actor: str
    what: str
    through: date | None
    section: str


class Legal(Struct, frozen=True):
    """Where the lease stands in law. `unheard` says that the eviction day has passed and nobody has
    told what came of it."""

    running: bool
    forfeited_from: date | None
    recovery_lost: bool
    executed: bool
    deadlines: list[Deadline]
    acts: list[Act]
    defects: list[str]
    unheard: str | None = None


class HouseholdGroup(Struct, frozen=True):
    """The household's group and why it stands there."""

    known: str
    group: int
    why: str
    protected_identity: bool


class Risk(Struct, frozen=True):
    """The last score: the scorecard's points and, where a model ranks, its chance in thousandths,
    1000 where trouble has come, and its file's sha256."""

    points: int
    band: str
    scored_on: date | None
    reasons: list[str]
    chance: int | None
    model: str | None


class HistoryLine(Struct, frozen=True):
    """A line of the lease's history."""

    day: str
    text: str
    task_id: str | None


class SetAside(Struct, frozen=True):
    """A record about the lease that was set aside."""

    partition: int
    offset: int
    error: str
    state: str


class Terms(Struct, frozen=True):
    """The lease as the landlord knows it; rent in öre a month."""

    landlord_id: str
    municipality: str
    district: str
    kind: str
    rooms: int
    rent_ore: int
    started_on: date
    review_on: date | None


class Page(Struct, frozen=True, kw_only=True):
    """The lease at the start of `today`. `terms` is None until it is registered; `tried` is what
    the landlord has tried, `objected_on` since when the tenant objects to early signals.
    `case_acts` are what people did in the case, `child_question` whether it was asked about the
    preliminary assessment, `back_on` when the case is back after what was reported,
    `guarantees` the town's rent guarantees. `over` when the lease has ended with no home left to
    save, which a death on `died_on` alone does not bring about."""

    lease_id: str
    today: date
    why: str
    terms: Terms | None
    ended_on: date | None
    died_on: date | None
    over: bool
    incomplete: bool
    account: Account
    legal: Legal
    household: HouseholdGroup
    tried: str
    plans: list[Plan]
    attempts: list[Attempt]
    case_acts: list[CaseAct]
    child_question: str | None
    back_on: date | None
    guarantees: list[str]
    consents: list[Consent]
    objected_on: date | None
    risk: Risk
    tasks: list[VisitTask]
    history: list[HistoryLine]
    set_aside: list[SetAside]
