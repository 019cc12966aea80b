"""What a town's way of working tells about a lease: a playbook, as decisions see it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from msgspec import Struct

from alerts.cases.want import Want
from models.lease.cases import Task
from models.phrase import Phrase


class Doing(Struct, frozen=True):
    """What a task is: by which channel, by whom (several joined by `+`), in words, about what, and
    for which committee. `matter` is rent, disturbance, law, signal, review, new_lease,
    guarantee, handover or person."""

    channel: str
    actor: str
    does: Phrase
    matter: str
    committee: str | None = None


class Way(Protocol):
    """A town's way of working, compiled. `situation` is an `alerts.cases.situation.Situation`."""

    @property
    def name(self) -> str:
        """The playbook's name."""

    @property
    def left(self) -> str:
        """The name of the playbook that the lease followed in the town it came from, if any."""

    @property
    def follow_up(self) -> Mapping[str, int]:
        """Working days from a report to the day the case is back, by outcome."""

    @property
    def groups(self) -> Sequence[frozenset[str]]:
        """The household groups, in their order inside a band."""

    @property
    def steps(self) -> Iterable[str]:
        """The names of its steps."""

    @property
    def triggers(self) -> frozenset[str]:
        """What sets its steps off, by name."""

    def wants(self, situation: Any) -> list[Want]:
        """The steps that the situation asks for."""

    def wakes(self, situation: Any) -> list[date]:
        """Coming days on which that can change by time alone."""

    def stopped_on(self, step: str, situation: Any) -> date | None:
        """When the tenant got in touch, and so stopped the step."""

    def notes(self, task: Task, situation: Any) -> list[Phrase]:
        """What is to be known of a task alone, beside why its case is there."""

    def notes_beside(self, task: Task, situation: Any) -> list[Phrase]:
        """The same, of what weighs less than why the case is there."""

    def doing(self, step: str, situation: Any) -> Doing | None:
        """What a task of a step is; None for a step that the playbook does not have."""
