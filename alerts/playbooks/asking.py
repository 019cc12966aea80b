"""Which steps of a playbook a lease's situation asks for, from when, and by when."""

from collections.abc import Mapping
from datetime import date

from alerts.cases.follow_up import attempts, days_of, follow_up_on
from alerts.cases.moving import moved_on
from alerts.cases.situation import Situation
from alerts.cases.want import Want, is_news, outcome_of
from alerts.playbooks import clocks, following, triggers
from alerts.playbooks.check import MEETS
from alerts.playbooks.clocks import Due
from alerts.playbooks.compiled_step import CompiledStep
from alerts.playbooks.since import Since
from models.law.weekdays import add_working_days
from models.lease.cases import Task
from models.stockholm import begins, day_of

_ONCE = frozenset({"feedback", "review", "meeting"})  # done is done, until there is news


class Asking:
    """The steps of a playbook by name, set off by `names`."""

    def __init__(self, steps: Mapping[str, CompiledStep], names: frozenset[str]) -> None:
        self.steps = steps
        self._asked = sorted(names & triggers.TRIGGERS.keys())

    def wants(self, situation: Situation) -> list[Want]:
        """The steps that the situation asks for."""
        held = triggers.holding(self._asked, situation)
        if not held:
            return []
        held.add("nobody_home")  # which rests on steps that something else set off
        asked = [step for step in self.steps.values() if not held.isdisjoint(step.triggers)]
        found = (self._want(step, situation) for step in asked)
        return [want for want in found if want is not None]

    def _want(self, step: CompiledStep, situation: Situation) -> Want | None:
        since = self._since(step, situation)
        if since is None or not step.fits(situation):
            return None
        last = situation.latest(step.id)
        if step.step.unless and triggers.phoned_on(situation) is not None:
            return None
        if following.is_passed(self.steps, step, last, situation):
            return None
        if last is not None and last.closed is None:
            return self._open_still(step, last, since, situation)
        begins_on = since.first
        if step.step.after is not None:
            start = following.begins_on(self.steps, step, situation)
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
            or following.is_followed_elsewhere(self.steps, step)
            or following.goes_on(self.steps, step, outcome)
            or step.step.channel in _ONCE
        )
        begins_later = following.begins_later(self.steps, step, outcome)
        return Want(
            step.id,
            back,
            since.newest,
            again_on=None if is_done else back,
            then_on=back if begins_later else None,
        )

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
