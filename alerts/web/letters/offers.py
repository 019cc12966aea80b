"""Which letters a case can have now, and which of its open tasks each of them does."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from alerts.cases.describe import doing
from alerts.cases.situation import Situation
from alerts.contract.messages import VisitTask
from alerts.letters.kinds import KINDS, Kind
from alerts.letters.refusal import Reason, Refusal
from models.phrase import Phrase

# The channels and matters of the tasks that a letter does, and what is reported then.
_DOES = {
    "visit-arrears": ({"letter"}, {"rent", "law"}, "sent"),
    "visit-disturbance": ({"letter"}, {"disturbance"}, "sent"),
    "confirm-eviction": ({"confirmation"}, {"law"}, "confirmed"),
    "assume-rent": ({"decision"}, {"law"}, "council_assumes"),
}
_DUTIES = {("assume-rent", "secure_tenancy")}


class Offer(Struct, frozen=True):
    """A kind of letter in a case; `refused` says why there is none now. `task` is the open task
    that it does, `outcome` what is reported of it then."""

    name: str
    refused: Phrase | None
    task: str | None
    outcome: str

    @property
    def title(self) -> str:
        """The sentence that names it."""
        return title(self.name)

    @property
    def about(self) -> str:
        """The sentence that says to whom it is, and what for."""
        return f"letter_for.{self.name.replace('-', '_')}"


def title(name: str) -> str:
    """The sentence that names a kind of letter."""
    return f"letter_kind.{name.replace('-', '_')}"


def offers(situation: Situation, tasks: Sequence[VisitTask]) -> list[Offer]:
    """Every kind: first what an open task asks for, then what else fits, then the rest."""
    found = [offer(kind, situation, tasks) for kind in KINDS]
    return sorted(found, key=lambda one: (one.refused is not None, one.task is None))


def offer(kind: Kind, situation: Situation, tasks: Iterable[VisitTask]) -> Offer:
    """One kind."""
    facts = kind.read(situation)
    refused = refusal_said(facts) if isinstance(facts, Refusal) else None
    still_open = (task for task in tasks if task.state != "closed")
    done = next((task.task_id for task in still_open if _does(kind, situation, task)), None)
    return Offer(kind.name, refused, done, _DOES[kind.name][2] if done else "")


def refusal_said(refused: Refusal) -> Phrase:
    """Why there is no letter, in the words of a page: those of commands speak of options."""
    if refused.reason is Reason.PROTECTED_IDENTITY:
        return Phrase("letter_page.protected_refused")
    return refused.said


def _does(kind: Kind, situation: Situation, task: VisitTask) -> bool:
    if kind.name not in _DOES:
        return False
    channels, matters, _ = _DOES[kind.name]
    task_is = doing(situation, task.step)
    by_post = task_is.channel in channels or task_is.does.code == "do.protected_way"
    return (by_post and task_is.matter in matters) or (kind.name, task.step) in _DUTIES
