"""A playbook made ready to decide: what it asks of a lease's situation, and when that changes."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256

import msgspec
from msgspec.structs import replace

from alerts.cases.guarantee_reasons import of_claims, of_ends
from alerts.cases.reasons import of_disturbances
from alerts.cases.situation import Situation
from alerts.cases.want import Want, outcome_of
from alerts.cases.way import Doing
from alerts.playbooks import triggers
from alerts.playbooks.asking import Asking
from alerts.playbooks.compiled_step import CompiledStep
from alerts.playbooks.doing import doing
from alerts.playbooks.language import Playbook
from models.law.weekdays import add_working_days
from models.lease.cases import Task
from models.phrase import Phrase, phrase
from models.standing.disturbances import quiet_from

_DAY = timedelta(days=1)


class Way:
    """A compiled playbook, see `alerts.cases.way`."""

    def __init__(self, playbook: Playbook) -> None:
        self.playbook = playbook
        self.name = playbook.name
        self.left = ""
        self.follow_up: Mapping[str, int] = playbook.follow_up
        self.groups = tuple(frozenset[str](groups) for groups in playbook.groups)
        self.steps = {
            step.id: CompiledStep(
                step, [other.id for other in playbook.steps if other.after == step.id]
            )
            for step in playbook.steps
        }

        self.triggers = frozenset(name for step in playbook.steps for name in step.triggers)
        self._asking = Asking(self.steps, self.triggers)
        self._lateness = sorted({step.late for step in self.steps.values() if step.late})

    @cached_property
    def digest(self) -> str:
        """Names this playbook by what decides in it: a step's own words travel with its tasks, the
        title, the source and what is measured decide nothing."""
        deciding = replace(self.playbook, title=None, source="", measures=[])
        said = msgspec.json.encode(deciding, order="deterministic")
        return sha256(said).hexdigest()[:32]

    def wants(self, situation: Situation) -> list[Want]:
        """The steps that the situation asks for."""
        return self._asking.wants(situation)

    def doing(self, step: str, situation: Situation) -> Doing | None:
        """What a task of a step is; None for a step that the playbook does not have."""
        compiled = self.steps.get(step)
        if compiled is None:
            return None
        firing = compiled.firing(situation)
        trigger = firing[0] if firing is not None else _last_held(compiled, situation)
        return doing(compiled.step, trigger, situation)

    def stopped_on(self, step: str, situation: Situation) -> date | None:
        """When the tenant got in touch, and so stopped the step."""
        compiled = self.steps.get(step)
        if compiled is None or not compiled.step.unless:
            return None
        return triggers.phoned_on(situation)

    def notes(self, task: Task, situation: Situation) -> list[Phrase]:
        """What is to be known of a task alone, beside why its case is there."""
        step, found = self.steps.get(task.step), list[Phrase]()
        if step is not None and situation.lease.guarantees:
            found += of_claims(situation) if "guarantee_drawn" in step.triggers else []
            found += of_ends(situation) if "guarantee_ends" in step.triggers else []
        if step is not None and "phoned" in step.triggers:
            phoned = triggers.phoned_on(situation)
            found += [phrase("reason.phoned", on=phoned)] if phoned is not None else []
        unsent = self._unsent(step, situation)
        if unsent is not None and unsent.closed is None:
            found.append(_not_sent(unsent, situation))
        return found

    def notes_beside(self, task: Task, situation: Situation) -> list[Phrase]:
        """The same, of what weighs less than why the case is there."""
        step, found = self.steps.get(task.step), list[Phrase]()
        unsent = self._unsent(step, situation)
        if unsent is not None and unsent.closed is not None:
            found.append(_not_sent(unsent, situation))
        if step is not None and "complaint" in step.triggers:
            firing = step.firing(situation)
            found += of_disturbances(situation) if firing and firing[0] != "complaint" else []
        return found

    def _unsent(self, step: CompiledStep | None, situation: Situation) -> Task | None:
        """The letter that a step follows, if nobody has reported on it."""
        if step is None or step.step.after is None:
            return None
        if self.steps[step.step.after].step.channel != "letter":
            return None
        before = situation.latest(step.step.after)
        return before if before is not None and outcome_of(before) is None else None

    def wakes(self, situation: Situation) -> list[date]:
        """Coming days on which its wants can change by time alone."""
        days, case = triggers.wakes(situation), situation.lease.case
        since = situation.arrears.since
        if since is not None:
            days += [since + late for late in self._lateness]
        if case is not None:
            for task in case.open_tasks:
                days += self._overdue_days(task)
        return days

    def _overdue_days(self, task: Task) -> list[date]:
        step = self.steps.get(task.step)
        if step is None:
            return []
        days = [task.due_by + _DAY]  # what follows comes although this was not reported done
        if step.step.escalate is not None:
            days.append(add_working_days(task.due_by, step.step.escalate.after) + _DAY)
        return days


def _not_sent(letter: Task, situation: Situation) -> Phrase:
    protected = situation.lease.household.protected
    name = "protected_not_contacted" if protected else "letter_not_sent"
    return phrase(f"reason.{name}", by=letter.due_by)


def _last_held(step: CompiledStep, situation: Situation) -> str:
    """What a step that nothing sets off any more was last about: disturbances, if they went quiet
    on this very day or a notice took their place, else the first of its triggers."""
    if "complaint" not in step.triggers:
        return step.triggers[0]
    is_quiet = quiet_from(situation.lease, situation.today) == situation.today
    return "complaint" if is_quiet or situation.legal.disturbance else step.triggers[0]
