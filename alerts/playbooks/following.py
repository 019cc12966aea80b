"""Steps that follow others: when such a step begins, and when what it follows has no more use."""

from collections.abc import Mapping
from datetime import date

from alerts.cases.follow_up import follow_up_on
from alerts.cases.situation import Situation
from alerts.cases.want import outcome_of
from alerts.playbooks.check import MEETS
from alerts.playbooks.compiled_step import CompiledStep
from models.lease.cases import Task

Steps = Mapping[str, CompiledStep]

# A step that follows begins at the follow-up day of what these came of, and else at once.
_RESTS = frozenset({"declined", "plan_offered", "paid", "own_caseworker", "wrong_person", "moved"})


def is_followed_elsewhere(steps: Steps, step: CompiledStep) -> bool:
    """Does another step that meets the household, and that this does not follow, come back?"""
    if step.step.channel in MEETS:
        return False
    before, at = {step.id}, step
    while at.step.after is not None:
        at = steps[at.step.after]
        before.add(at.id)
    return any(
        other.step.channel in MEETS and not set(other.step.triggers).isdisjoint(step.step.triggers)
        for name, other in steps.items()
        if name not in before
    )


def goes_on(steps: Steps, step: CompiledStep, outcome: str) -> bool:
    """Does another step take over after this outcome?"""
    follow = [steps[name].step.begins_when for name in step.followers]
    return any(outcome in named or (not named and outcome == "sent") for named in follow)


def begins_later(steps: Steps, step: CompiledStep, outcome: str) -> bool:
    """Does a step that follows begin at the follow-up day of what this one came of?"""
    follow = [steps[name].step.begins_when for name in step.followers]
    return outcome in _RESTS and any(not named or outcome in named for named in follow)


def is_passed(steps: Steps, step: CompiledStep, last: Task | None, situation: Situation) -> bool:
    """Has what follows the step been done, so that it has no more use?"""
    for name in step.followers:
        follower = situation.latest(name)
        if follower is None:
            continue
        if last is None or last.closed is not None or outcome_of(follower) is not None:
            return True
    return False


def begins_on(steps: Steps, step: CompiledStep, situation: Situation) -> date | None:
    """The day from which the clock of a step that follows another runs; None before it."""
    before = situation.latest(step.step.after or "")
    if before is None:
        return None
    outcome = outcome_of(before)
    if step.step.begins_when and outcome not in step.step.begins_when:
        return None
    if before.closed is None:
        return before.due_by if situation.today > before.due_by else None
    if outcome is None:
        return None
    if outcome in _RESTS:
        back = follow_up_on(situation, before)
        return back if back is not None and situation.today >= back else None
    return before.closed_on
