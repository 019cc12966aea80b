"""Facts about what people at the municipality have done and decided in a case: all from the
municipality alone, dated and signed by whoever did it."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from models.contract.facts.fields import Fact, Text

Outcome = Literal[
    "reached",
    "not_reached",
    "declined",
    "referred",
    "plan_offered",
    "not_needed",
    "other",
    "sent",
    "confirmed",
    "paid",
    "support_applied",
    "council_assumes",
    "moved",
    "landlord_agrees",
    "respite_sought",
    "receipt_shown",
    "interpreter_needed",
    "wrong_person",
    "own_caseworker",
]
WaitsFor = Literal[
    "decision_pending",
    "payment_promised",
    "landlord_considers",
    "in_care",
    "own_caseworker",
    "muted",
    "other",
]

# What came out at a visit, in codes that hold nothing of health, violence or a family's troubles:
# that belongs in the case's own record, and `in_record` says that there is something.
Cause = Literal[
    "income_fell",
    "benefit_delayed",
    "paid_after_due_day",
    "unexpected_cost",
    "other_debts",
    "household_changed",
    "forgotten",
    "no_invoice",
    "landlord_disagrees",
    "in_record",
    "other",
]
Effort = Literal[
    "called_landlord",
    "paid_part",
    "agreed_plan",
    "applied_support",
    "applied_benefit",
    "asked_debt_adviser",
    "seeks_income",
    "lowers_costs",
    "other",
]
Need = Literal[
    "payment_plan",
    "economic_support",
    "housing_benefit",
    "debt_adviser",
    "other_due_day",
    "direct_debit",
    "talk_with_landlord",
    "legal_advice",
    "interpreter",
    "cheaper_home",
    "regular_contact",
    "in_record",
    "none",
    "other",
]


class VisitReported(Fact, frozen=True, gc=False):
    """What came of a task. `follow_up_on` is the day on which the case comes back if the rent is
    still unpaid; without it each outcome has a day of its own (docs/playbooks.md)."""

    task_id: Text
    on: date
    outcome: Outcome
    by: Text
    follow_up_on: date | None = None


class TaskPlanned(Fact, frozen=True, gc=False):
    """A task is planned: on which day, and who goes."""

    task_id: Text
    on: date
    planned_on: date
    who: Text
    by: Text


class TaskAssigned(Fact, frozen=True, gc=False):
    """A task is somebody's; of several the newest holds."""

    task_id: Text
    on: date
    to: Text
    by: Text


class TaskWaits(Fact, frozen=True, gc=False):
    """The lease's tasks wait until a day, or until the law's clock needs them before."""

    on: date
    until: date
    reason: WaitsFor
    by: Text


class CaseRaised(Fact, frozen=True, gc=False):
    """A caseworker puts the case with those that go first in its band. Why stays inside it."""

    on: date
    by: Text


class CaseLowered(Fact, frozen=True, gc=False):
    """The case has its usual place again."""

    on: date
    by: Text


class CaseQuestionAsked(Fact, frozen=True, gc=False):
    """It was asked whether the preliminary assessment about the children (förhandsbedömning,
    2025:400 19 kap.) has been made."""

    on: date
    by: Text


class CaseMapped(Fact, frozen=True, gc=False):
    """What came out when the case was mapped with the household (kartläggning): why the rent is
    late, what it has done itself, and which support it needs. Codes alone, whole each time; of
    several the newest holds."""

    on: date
    by: Text
    causes: Annotated[list[Cause], Meta(max_length=5)] = field(default_factory=list)
    efforts: Annotated[list[Effort], Meta(max_length=5)] = field(default_factory=list)
    needs: Annotated[list[Need], Meta(max_length=5)] = field(default_factory=list)


class ActWithdrawn(Fact, frozen=True, gc=False):
    """An act of the same municipality is undone: `act_id` is the id of the event that told it."""

    on: date
    act_id: Text
    by: Text
