"""What a playbook must hold beyond its keys: that its steps come, and leave no family behind."""

from collections import Counter
from collections.abc import Iterator
from typing import get_args

from alerts.cases.duties import DUTIES
from alerts.cases.follow_up import FOLLOW_UP
from alerts.playbooks.clocks import FORMS, read_clock
from alerts.playbooks.language import HouseholdGroup, Playbook, Step
from models.contract.facts import LeaseKind

OF_THE_LAW = frozenset(
    {"notice", "form_3", "claim_filed", "claim_served", "eviction_applied", "eviction_scheduled"}
)
MEETS = frozenset({"call", "visit", "joint_visit", "contact"})  # somebody is tried there
KINDS = frozenset(get_args(LeaseKind))
# No home rests on these (Parliamentary Ombudsman 8958-2020).
NO_CONDITION = (
    *("nykter", "drog", "behandling", "urinprov", "hembesök", "tillsyn"),
    *("sober", "sobri", "drug", "treatment", "home visit", "inspection"),
)


def check(playbook: Playbook) -> list[str]:
    """Everything that is wrong, each with its key and how to mend it."""
    return [
        *_steps(playbook),
        *(fault for step in playbook.steps for fault in _step(step, playbook)),
        *_phoned(playbook),
        *_families(playbook),
        *_groups(playbook),
        *_follow_up(playbook),
        *_conditions(playbook),
    ]


def _key(step: Step, name: str) -> str:
    return f"steps.{step.id}.{name}"


def _steps(playbook: Playbook) -> Iterator[str]:
    if not playbook.steps:
        yield "steps: there is none: add at least one [[steps]]"
    for name, count in Counter(step.id for step in playbook.steps).items():
        if count > 1:
            yield f"steps.{name}: {count} steps have this id: give each an id of its own"
        if name in DUTIES:
            yield f"steps.{name}: that is the name of a duty of law: choose another id"
    meets = [step for step in playbook.steps if not MEETS.isdisjoint({step.channel})]
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
            f"{_key(stopped[0], 'unless')}: who phones and does not pay is left behind: add a step "
            'with trigger = "phoned"'
        )


def _step(step: Step, playbook: Playbook) -> Iterator[str]:
    clock = read_clock(step.within)
    if clock is None:
        yield f"{_key(step, 'within')}: {step.within!r} is no clock: write {FORMS}"
    elif clock.kind == "review" and step.triggers != ["review_due"]:
        yield (
            f'{_key(step, "within")}: "at review" needs trigger = "review_due": '
            "write a clock in working days"
        )
    elif clock.kind == "round" and step.triggers != ["rent_late"]:
        yield (
            f'{_key(step, "within")}: "round" counts from the rent\'s due day: '
            'set trigger = "rent_late", or write a clock in working days'
        )
    yield from _after(step, playbook)
    if step.days_late and step.triggers != ["rent_late"]:
        yield f'{_key(step, "days_late")}: only rent can be late: set trigger = "rent_late"'
    if step.unless and not OF_THE_LAW.isdisjoint(step.triggers):
        yield (
            f"{_key(step, 'unless')}: a call stops no step of the law's road: take it away, "
            "or move the step to another trigger"
        )
    if step.escalate is not None and [step.escalate.to] == step.actor:
        yield f"{_key(step, 'escalate.to')}: it is that actor's already: name another"
    if not step.actor:
        yield f"{_key(step, 'actor')}: nobody does it: name at least one actor"
    if "landlord" in step.actor and (step.audience.subtenants or step.audience.children):
        yield (
            f"{_key(step, 'audience')}: a landlord may not know of children or subtenants in the "
            "home: give the step another actor, or another audience"
        )
    if step.committee is not None and step.channel != "referral":
        key = _key(step, "committee")
        yield f'{key}: only a referral goes to a committee: set channel = "referral"'


def _after(step: Step, playbook: Playbook) -> Iterator[str]:
    if step.after is None:
        if step.begins_when:
            yield f"{_key(step, 'begins_when')}: it begins after no step: name one in `after`"
        return
    by_id = {other.id: other for other in playbook.steps}
    if step.after not in by_id:
        names = ", ".join(name for name in by_id if name != step.id)
        yield f"{_key(step, 'after')}: there is no step {step.after!r}: name one of {names}"
        return
    seen, at = {step.id}, by_id[step.after]
    while True:
        if at.id in seen:
            yield f"{_key(step, 'after')}: the steps wait for each other: let one begin by itself"
            return
        seen.add(at.id)
        if at.after is None or at.after not in by_id:
            return
        at = by_id[at.after]


def _families(playbook: Playbook) -> Iterator[str]:
    """Late rent reaches families in every town and kind of lease, whatever else is narrowed."""
    reached: set[str] = set()
    for step in playbook.steps:
        whom = step.audience
        narrowed = whom.ages or whom.subtenants or whom.districts or whom.small is not None
        if "rent_late" in step.triggers and not (step.after or narrowed or whom.children is False):
            reached |= set(whom.kinds or KINDS)
    if left := sorted(KINDS - reached):
        yield (
            f"steps: late rent leaves families behind ({', '.join(left)}): add a step with "
            'trigger = "rent_late" whose audience is not narrowed'
        )


def _groups(playbook: Playbook) -> Iterator[str]:
    named = Counter(group for groups in playbook.groups for group in groups)
    for group in get_args(HouseholdGroup):
        if named[group] != 1:
            yield f"groups: {group} stands there {named[group]} times: name each group once"
            return
    if playbook.groups[0] != ["children"]:
        yield 'groups: children come first in every town: begin with ["children"]'
    place = {group: at for at, groups in enumerate(playbook.groups) for group in groups}
    if place["unknown"] > min(place["others"], place["young"], place["old"]):
        yield "groups: unknown is never none: put unknown no later than young, old and others"


def _follow_up(playbook: Playbook) -> Iterator[str]:
    for outcome in playbook.follow_up:
        if outcome not in FOLLOW_UP:
            yield f"follow_up.{outcome}: is no outcome: use one of {', '.join(FOLLOW_UP)}"


def _conditions(playbook: Playbook) -> Iterator[str]:
    for at, rung in enumerate(playbook.ladder):
        for condition in rung.conditions:
            word = next((word for word in NO_CONDITION if word in condition.lower()), None)
            if word is not None:
                yield (
                    f"ladder[{at}].conditions: no home rests on visits, sobriety or treatment "
                    f"(JO 8958-2020): take {condition!r} away"
                )
    waived = [rung for rung in playbook.ladder if rung.tenure_waived_for]
    if waived and not any(rung.support_ends_after is not None for rung in waived):
        yield "ladder: tenure is waived but no support is promised: set support_ends_after"
