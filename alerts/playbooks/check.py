"""What a playbook must hold beyond its keys: that its steps come, and leave no family behind."""

from collections import Counter
from collections.abc import Iterator
from typing import get_args

from alerts.cases.duties import DUTIES
from alerts.cases.follow_up import FOLLOW_UP
from alerts.playbooks.check_families import families
from alerts.playbooks.check_steps import MEETS, step_faults
from alerts.playbooks.check_terms import terms
from alerts.playbooks.language import HouseholdGroup, Playbook
from alerts.playbooks.shape_said import meant

__all__ = ["MEETS", "check"]
GROUPS: tuple[str, ...] = get_args(HouseholdGroup)


def check(playbook: Playbook) -> list[str]:
    """Everything that is wrong, each with its key and how to mend it."""
    return [
        *_ids(playbook),
        *(fault for step in playbook.steps for fault in step_faults(step, playbook)),
        *_nobody_home(playbook),
        *_phoned(playbook),
        *families(playbook),
        *_groups(playbook),
        *_follow_up(playbook),
        *_applies(playbook),
        *terms(playbook),
    ]


def _ids(playbook: Playbook) -> Iterator[str]:
    if not playbook.steps:
        yield "steps: there is none: add at least one [[steps]]"
    for name, count in Counter(step.id for step in playbook.steps).items():
        if count > 1:
            yield f"steps.{name}.id: {count} steps have this id: give each an id of its own"
        if name in DUTIES:
            yield f"steps.{name}.id: that is the name of a duty of law: choose another id"


def _nobody_home(playbook: Playbook) -> Iterator[str]:
    """Where somebody is tried and nobody is home, something follows."""
    meets = [step for step in playbook.steps if step.channel in MEETS]
    if meets and not any("nobody_home" in step.triggers for step in playbook.steps):
        yield (
            f"steps.{meets[0].id}.attempts: nothing follows when nobody is home: add a step with "
            'trigger = "nobody_home"'
        )


def _phoned(playbook: Playbook) -> Iterator[str]:
    """Who has phoned is waited for, and not forgotten."""
    stopped = [step for step in playbook.steps if step.unless]
    if stopped and not any("phoned" in step.triggers for step in playbook.steps):
        yield (
            f"steps.{stopped[0].id}.unless: who phones and does not pay is left behind: add a step "
            'with trigger = "phoned"'
        )


def _groups(playbook: Playbook) -> Iterator[str]:
    named = Counter[str](group for groups in playbook.groups for group in groups)
    wrong = False
    for group in GROUPS:
        if named[group] != 1:
            wrong = True
            why = "is missing" if not named[group] else f"stands there {named[group]} times"
            yield f"groups: {group} {why}: name each of {', '.join(GROUPS)} once"
    if wrong:
        return
    if playbook.groups[0] != ["children"]:
        yield 'groups: children come first in every town: begin with ["children"]'
    place = {group: at for at, groups in enumerate(playbook.groups) for group in groups}
    if place["unknown"] > min(place["others"], place["young"], place["old"]):
        yield "groups: unknown is never none: put unknown no later than young, old and others"


def _follow_up(playbook: Playbook) -> Iterator[str]:
    for outcome in playbook.follow_up:
        if outcome in FOLLOW_UP:
            continue
        close = meant(outcome, FOLLOW_UP)
        mend = f"did you mean `{close}`? Write that" if close else ""
        mend = mend or f"use one of {', '.join(FOLLOW_UP)}"
        yield f"follow_up.{outcome}: that is no outcome: {mend}"


def _applies(playbook: Playbook) -> Iterator[str]:
    applies = playbook.applies
    if (applies.kinds or applies.districts) and not applies.municipalities:
        yield (
            "applies.municipalities: kinds or districts are named, but no town has them: add the "
            'town\'s code, as municipalities = ["0181"]'
        )
    for code, count in Counter(applies.municipalities).items():
        if count > 1:
            yield f"applies.municipalities: {code} stands there {count} times: name it once"
