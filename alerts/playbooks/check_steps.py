"""Can a step come, and does it keep what a landlord may not know and what the law asks for?"""

import re
from collections.abc import Iterator

from alerts.playbooks.clocks import FORMS, read_clock
from alerts.playbooks.language import Playbook, Step

OF_THE_LAW = frozenset(
    {"notice", "form_3", "claim_filed", "claim_served", "eviction_applied", "eviction_scheduled"}
)
MEETS = frozenset({"call", "visit", "joint_visit", "contact"})  # somebody is tried there
_WHO_LIVES_THERE = re.compile(r"\b(barn|andrahand|child|subtenant)", re.IGNORECASE)
OUTSIDE = frozenset({"landlord", "enforcement"})  # do not belong to the municipality


def step_faults(step: Step, playbook: Playbook) -> Iterator[str]:
    """What is wrong with one step, each with its key and how to mend it."""
    for name, told in (
        *_clock(step),
        *_triggers(step),
        *_order(step, playbook),
        *_actors(step),
    ):
        yield f"steps.{step.id}.{name}: {told}"


def _clock(step: Step) -> Iterator[tuple[str, str]]:
    clock = read_clock(step.within)
    if clock is None:
        yield "within", f"{step.within[:40]!r} is no clock: write {FORMS}"
    elif clock.kind == "review" and step.triggers != ["review_due"]:
        yield (
            "within",
            '"at review" needs trigger = "review_due": write that, or a clock in working days',
        )
    elif clock.kind == "round" and step.triggers != ["rent_late"]:
        yield (
            "within",
            '"round" counts from the rent\'s due day: set trigger = "rent_late", or write a clock '
            "in working days",
        )


def _triggers(step: Step) -> Iterator[tuple[str, str]]:
    if not step.triggers:
        yield "trigger", 'nothing sets it off: name at least one, as "rent_late"'
    if step.days_late and step.triggers != ["rent_late"]:
        yield "days_late", 'only rent can be late: set trigger = "rent_late", or take it away'
    if step.unless and not OF_THE_LAW.isdisjoint(step.triggers):
        yield (
            "unless",
            "a call stops no step of the law's road: take it away, or move the step to another "
            "trigger",
        )


def _order(step: Step, playbook: Playbook) -> Iterator[tuple[str, str]]:
    if step.after is None:
        if step.begins_when:
            yield "begins_when", "it begins after no step: name one in `after`, or take it away"
        return
    before = {other.id: other.after for other in playbook.steps}
    if len(before) < len(playbook.steps):
        return  # two steps of one name: which waits for which cannot be told
    if step.after == step.id:
        yield "after", "it waits for itself: name another step, or take it away"
    elif step.after not in before:
        names = ", ".join(name for name in before if name != step.id)
        mend = f"name one of {names}" if names else "take it away"
        yield "after", f"there is no step {step.after!r}: {mend}"
    elif _is_in_a_circle(step.id, before):
        yield "after", "these steps wait for each other: take it away from one of them"


def _is_in_a_circle(name: str, before: dict[str, str | None]) -> bool:
    seen, at = set[str](), before.get(name)
    while at is not None and at not in seen:
        if at == name:
            return True
        seen.add(at)
        at = before.get(at)
    return False


def _actors(step: Step) -> Iterator[tuple[str, str]]:
    if not step.actor:
        yield "actor", "nobody does it: name at least one actor"
    escalate = step.escalate
    if escalate is not None and escalate.to in step.actor:
        yield "escalate.to", f"{escalate.to} has the task already: name another actor"
    if step.committee is not None and step.channel != "referral":
        yield (
            "committee",
            'only a referral goes to a committee: set channel = "referral", or take it away',
        )
    doing = {*step.actor, *([escalate.to] if escalate is not None else [])}
    if not OUTSIDE.isdisjoint(doing) or step.channel == "feedback":
        yield from _told_outside(step)


def _told_outside(step: Step) -> Iterator[tuple[str, str]]:
    """Who lives in a home is the municipality's knowledge, and subletting can cost the home."""
    whom = step.audience
    if whom.subtenants is not None or whom.children is not None:
        yield (
            "audience",
            "landlord and enforcement authority may not learn of children or subtenants in a home: "
            "give the step an actor of the municipality, or another audience",
        )
    own = step.text
    if own is not None and any(map(_WHO_LIVES_THERE.search, (own.sv, own.en))):
        yield (
            "text",
            "landlord and enforcement authority may not learn of children or subtenants in a home: "
            "write it without them",
        )
    if step.committee is not None:
        yield (
            "committee",
            "the choice of a committee tells a landlord who lives there: give the step an actor of "
            "the municipality",
        )
