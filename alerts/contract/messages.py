"""What Bokvar says to others: the data of its outgoing events.

They travel as CloudEvents from `urn:bokvar`, keyed by lease id, at least once. A visit task keeps
its id for life; of several messages about it the highest revision holds. Money is öre, dates are
Europe/Stockholm. What is for people travels as phrases: a name, its arguments, and their words in
the system's language, which are put in when the message is sent. Nothing here names a person.
"""

from datetime import date
from typing import Literal

from msgspec import Struct

from alerts.contract.topics import LANDLORD_FEEDBACK, LEASE_RISK, VISIT_TASKS
from models.phrase import Phrase

Band = Literal["A", "B", "C", "D"]


class Priority(Struct, frozen=True, gc=False):
    """Where the task stands in the list: band by the law's clock, group by household, then the
    nearest date, the risk (higher first), and the last contact (longest ago first). The risk is the
    model's chance of trouble in thousandths and then the scorecard's points; the points alone where
    no model ranks, and there is no chance.

    `rule` put it in its band; `why` says so in one sentence, put in when the message is sent.
    """

    band: Band
    group: int
    nearest_on: date
    risk_points: int
    last_contact_on: date | None
    rule: Phrase
    why: str = ""
    risk_chance: int | None = None


class Tried(Struct, frozen=True, gc=False):
    """What the landlord already tried: counts, the last day, the last of each kind, and `text`, one
    sentence that is put in when the message is sent."""

    reminders: int
    demands: int
    contacts: int
    reached: bool
    last_on: date | None
    tries: list[Phrase]
    text: str = ""


class VisitTask(Struct, frozen=True, omit_defaults=False, gc=False):
    """A visit task, on `visit.tasks.v1`.

    `state` is open at revision 1, then changed or closed. `reason` is what to do or why it closed,
    `reasons` are what is known, most pressing first. `legal_deadline` is the nearest date the law
    sets. `data_incomplete` when the landlord has not reported far enough, `record_incomplete` when
    a record about the lease was set aside. `round` counts the tasks of one step in a case.

    `step` is a duty of law or a step of the `playbook` that the lease follows; `does` says in words
    what is to be done, by `channel` and `actor` (several joined by `+`). `due_at` is the moment by
    which, where hours count. `attempts` counts how often nobody was reached in the step,
    `follow_up_on` is when a case is back that was reported on. The task waits until `waits_until`
    for what the code `waits_for` says, is planned for a day and for whom, and is somebody's.
    `risk_model` is the version of the model that ranked it, its file's sha256; none for the
    scorecard.
    """

    task_id: str
    revision: int
    state: Literal["open", "changed", "closed"]
    reason: Phrase
    lease_id: str
    municipality: str
    district: str
    step: str
    opened_on: date
    due_by: date
    legal_deadline: date | None
    priority: Priority
    reasons: list[Phrase]
    landlord_tried: Tried
    late_rent_ore: int
    late_since: date | None
    risk_band: str
    data_incomplete: bool
    record_incomplete: bool
    protected_identity: bool
    round: int
    closed_on: date | None
    playbook: str = ""
    channel: str = "contact"
    actor: str = "caseworker"
    committee: str | None = None
    does: Phrase = Phrase("step.of_another_playbook")
    due_at: str | None = None
    attempts: int = 0
    follow_up_on: date | None = None
    waits_until: date | None = None
    waits_for: str | None = None
    planned_on: date | None = None
    planned_who: str | None = None
    assigned_to: str | None = None
    risk_model: str | None = None


class LeaseRisk(Struct, frozen=True):
    """A lease's risk band changed, on `lease.risk.v1`. `points` are the scorecard's; where a model
    ranks, `chance` is its own in thousandths and `model` its file's sha256."""

    lease_id: str
    municipality: str
    scored_on: date
    band: Literal["low", "raised", "high", "acute"]
    previous_band: Literal["low", "raised", "high", "acute"]
    points: int
    reasons: list[Phrase]
    chance: int | None = None
    model: str | None = None


LandlordOutcome = Literal[
    "set_aside",
    "defective",
    "held",
    "received",
    "signal_received",
    "rent_assumed",
    "contact_made",
    "plan_agreed",
    "case_closed",
]


class LandlordFeedback(Struct, frozen=True):
    """An answer to the landlord, on `landlord.feedback.v1`. About its own event: it was set aside
    and why; received although it lacks something (`defective`); held until its lease is registered;
    or received although something should be mended. About a lease, with no `event_id`: its signal
    is received, and whom to call; the board has taken on the rent (JB 12:44); and with the tenants'
    consent that contact was made, a plan agreed, the case closed. Says nothing of any household.

    `lacks` names the missing fields of a defective message. `field` is the path of the field at
    fault as `data.lines[2].amount_ore`, `expected` what should stand there, `mend` what is wrong
    and how to mend it. `text` says all of it, and is put in when the message is sent.
    """

    landlord_id: str
    lease_id: str | None
    event_id: str
    outcome: LandlordOutcome
    error: str
    lacks: list[str]
    text: str = ""
    field: str | None = None
    expected: Phrase | None = None
    mend: Phrase | None = None

    @property
    def lacking(self) -> list[str]:
        """The names of the sentences that say what is missing."""
        return [f"form3_lacks.{name}" for name in self.lacks]


TYPES: dict[str, tuple[str, type[Struct]]] = {
    VISIT_TASKS: ("se.bokvar.visit.task.v1", VisitTask),
    LEASE_RISK: ("se.bokvar.lease.risk.v1", LeaseRisk),
    LANDLORD_FEEDBACK: ("se.bokvar.landlord.feedback.v1", LandlordFeedback),
}
