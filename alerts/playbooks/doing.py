"""What a task of a playbook is, for the household that it is about: channel, actor and words."""

from functools import lru_cache

from alerts.cases.situation import Situation
from alerts.cases.way import Doing
from alerts.playbooks.audience import is_small
from alerts.playbooks.language import Step
from alerts.playbooks.triggers import MATTERS
from models.law.weekdays import add_working_days
from models.lease.groups import has_children, has_old
from models.phrase import Phrase

VISITS = frozenset({"visit", "joint_visit"})
_OF_ANOTHERS_DEBT = frozenset({"letter", "visit"})  # a subtenant is offered no plan for it
_POST = frozenset({"letter", "text"})


def doing(step: Step, trigger: str, situation: Situation) -> Doing:
    """What is to be done in a step that `trigger` set off. A protected identity gets no ordinary
    letter, and rent of at most a tenth of a month a call and no visit."""
    channel, own, matter = step.channel, step.text, MATTERS[trigger]
    committee = _committee(step, situation)
    actor = _actor(step, situation)
    home = situation.lease.household
    if home.protected and channel in _POST:
        return _doing("contact", actor, "do.protected_way", matter, committee)
    if channel in VISITS and matter == "rent" and is_small(situation):
        return _doing("call", actor, "do.call_rent", matter, committee)
    if matter == "rent" and channel in _OF_ANOTHERS_DEBT and home.sublet_children and own is None:
        return _doing(channel, actor, f"step.{channel}_sublet", matter, committee)
    if own is not None:
        words = Phrase("as_written.own", {"words": {"sv": own.sv, "en": own.en}})
        return Doing(channel, actor, words, matter, committee)
    return _doing(channel, actor, f"do.{channel}_{matter}", matter, committee)


@lru_cache(1024)
def _doing(channel: str, actor: str, words: str, matter: str, committee: str | None) -> Doing:
    return Doing(channel, actor, Phrase(words), matter, committee)


def _actor(step: Step, situation: Situation) -> str:
    """Whose the task is; somebody else's once it is long overdue."""
    escalate, task = step.escalate, situation.latest_open(step.id)
    if escalate is None or task is None:
        return "+".join(step.actor)
    if situation.today > add_working_days(task.due_by, escalate.after):
        return escalate.to
    return "+".join(step.actor)


def _committee(step: Step, situation: Situation) -> str | None:
    """The board that a referral goes to; health and care only by a caseworker's choice."""
    if step.committee != "by_household":
        return step.committee
    home, today = situation.lease.household, situation.today
    if has_children(home, today):
        return "children_young"
    return "elderly" if has_old(home, today) else "education_labour"
