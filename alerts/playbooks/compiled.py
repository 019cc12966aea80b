"""A playbook made ready to decide: what it asks of a lease's situation, and when that changes."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256

import msgspec
from msgspec.structs import replace

from alerts.cases.follow_up import attempts, days_of, follow_up_on
from alerts.cases.guarantee_reasons import of_claims, of_ends
from alerts.cases.moving import moved_on
from alerts.cases.reasons import of_disturbances
from alerts.cases.situation import Situation
from alerts.cases.want import Want, is_news, outcome_of
from alerts.cases.way import Doing
from alerts.playbooks import clocks, triggers
from alerts.playbooks.check import MEETS
from alerts.playbooks.clocks import Due
from alerts.playbooks.compiled_step import CompiledStep
from alerts.playbooks.doing import doing
from alerts.playbooks.language import Playbook
from alerts.playbooks.since import Since
from models.law.weekdays import add_working_days
from models.lease.cases import Task
from models.phrase import Phrase, phrase
from models.standing.disturbances import quiet_from
from models.stockholm import begins, day_of

# A step that follows begins at the follow-up day of what these came of, and else at once.
_RESTS = frozenset({"declined", "plan_offered", "paid", "own_caseworker", "wrong_person", "moved"})
_ONCE = frozenset({"feedback", "review", "meeting"})  # done is done, until there is news
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
        self._asked = sorted(self.triggers & triggers.TRIGGERS.keys())
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
        held = triggers.holding(self._asked, situation)
        if not held:
            return []
        held.add("nobody_home")  # which rests on steps that something else set off
        asked = [step for step in self.steps.values() if not held.isdisjoint(step.triggers)]
        found = (self._want(step, situation) for step in asked)
        return [want for want in found if want is not None]

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

    def _want(self, step: CompiledStep, situation: Situation) -> Want | None:
        since = self._since(step, situation)
        if since is None or not step.fits(situation):
            return None
        last = situation.latest(step.id)
        if step.step.unless and triggers.phoned_on(situation) is not None:
            return None
        if self._is_passed(step, last, situation):
            return None
        if last is not None and last.closed is None:
            return self._open_still(step, last, since, situation)
        begins_on = since.first
        if step.step.after is not None:
            start = self._begins(step, situation)
            if start is None and last is None:
                return None
            begins_on = since.first if start is None else max(start, moved_on(situation.lease))
        if last is None:
            due = self._due(step, begins_on, situation)
            return Want(step.id, due.day, since.newest, due_at=due.at)
        return self._again(step, last, since, situation)

    def _open_still(
        self, step: CompiledStep, last: Task, since: Since, situation: Situation
    ) -> Want:
        """The day of an open task stands, until what it follows is done after all."""
        before = situation.latest(step.step.after) if step.step.after else None
        due = Due(last.due_by, last.due_at)
        if before is not None and outcome_of(before) is not None:
            done_on = before.closed_on or last.opened_on
            if done_on >= last.opened_on and last.round == 1:
                due = self._due(step, done_on, situation)
        return Want(step.id, due.day, since.newest, due_at=due.at)

    def _again(self, step: CompiledStep, last: Task, since: Since, situation: Situation) -> Want:
        """A step that was done is asked again with news, and on its follow-up day."""
        outcome = outcome_of(last)
        if outcome is None or is_news(since.newest, last):
            # What something else had taken the place of begins anew.
            start = since.newest if outcome is not None else situation.today
            due = self._due(step, start, situation)
            return Want(step.id, due.day, since.newest, due_at=due.at)
        if outcome == "not_reached" and step.step.channel in MEETS:
            is_exhausted = self._is_exhausted(step, since.newest, situation)
            days = days_of(situation, "nobody_home" if is_exhausted else "not_reached")
            back = add_working_days(last.closed_on or situation.today, days)
            again_on = back if is_exhausted else situation.today
            return Want(step.id, back, since.newest, again_on=again_on)
        back = follow_up_on(situation, last) or situation.today
        is_done = (
            situation.legal.others  # the duty follows up, and a household once
            or self._is_followed_elsewhere(step)
            or self._goes_on(step, outcome)
            or step.step.channel in _ONCE
        )
        return Want(step.id, back, since.newest, again_on=None if is_done else back)

    def _is_followed_elsewhere(self, step: CompiledStep) -> bool:
        """Does another step that meets the household, and that this does not follow, come back?"""
        if step.step.channel in MEETS:
            return False
        before, at = {step.id}, step
        while at.step.after is not None:
            at = self.steps[at.step.after]
            before.add(at.id)
        return any(
            other.step.channel in MEETS
            and not set(other.step.triggers).isdisjoint(step.step.triggers)
            for name, other in self.steps.items()
            if name not in before
        )

    def _goes_on(self, step: CompiledStep, outcome: str) -> bool:
        """Does another step take over after this outcome?"""
        follow = [self.steps[name].step.begins_when for name in step.followers]
        return any(outcome in named or (not named and outcome == "sent") for named in follow)

    def _since(self, step: CompiledStep, situation: Situation) -> Since | None:
        firing = step.firing(situation)
        if firing is not None:
            return self._since_it_came(step, firing[1], situation)
        if "nobody_home" in step.triggers and situation.lease.signals.acts:
            return self._nobody_home(step, situation)
        return None

    def _since_it_came(self, step: CompiledStep, since: Since, situation: Situation) -> Since:
        """A town's clocks begin when a case has come to it. It meets the household anew; what was
        sent need not be sent again."""
        moved = moved_on(situation.lease)
        newest = max(since.newest, moved) if step.step.channel in MEETS else since.newest
        return Since(max(since.first, moved), newest)

    def _nobody_home(self, step: CompiledStep, situation: Situation) -> Since | None:
        """Since when nobody has been found home in another step, as often as one tries."""
        days = []
        for other in self.steps.values():
            if other is step or other.step.channel not in MEETS:
                continue
            firing, last = other.firing(situation), situation.latest(other.id)
            if firing is None or last is None or last.closed_on is None:
                continue
            if self._is_exhausted(other, firing[1].newest, situation):
                days.append(last.closed_on)
        return Since(max(days), max(days)) if days else None

    def _is_exhausted(self, step: CompiledStep, since: date, situation: Situation) -> bool:
        return attempts(situation, step.id, since) >= step.step.attempts

    def _is_passed(self, step: CompiledStep, last: Task | None, situation: Situation) -> bool:
        """Has what follows the step been done, so that it has no more use?"""
        for name in step.followers:
            follower = situation.latest(name)
            if follower is None:
                continue
            if last is None or last.closed is not None or outcome_of(follower) is not None:
                return True
        return False

    def _begins(self, step: CompiledStep, situation: Situation) -> date | None:
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

    def _due(self, step: CompiledStep, start: date, situation: Situation) -> Due:
        clock, today = step.clock, situation.today
        if clock.kind == "hours":
            moment = situation.moment
            if moment is None or day_of(moment) != today:
                moment = begins(today)
            return clocks.hours_later(moment, clock.number)
        if clock.kind == "round":
            return clocks.round_after(situation.arrears.late[-1].due_on)
        if clock.kind == "review":
            terms = situation.lease.terms
            assert terms is not None
            assert terms.review_on is not None
            return Due(terms.review_on)
        return clocks.working_days_later(start, clock.number)


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
