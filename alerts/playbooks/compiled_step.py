"""A step of a playbook with its questions worked out: whom it is for, by when, and since when."""

from collections.abc import Sequence
from datetime import timedelta

from alerts.cases.situation import Situation
from alerts.playbooks import audience, clocks, triggers
from alerts.playbooks.clocks import Clock
from alerts.playbooks.language import Step
from alerts.playbooks.triggers import Since


class CompiledStep:
    """A step, the names of the steps that follow it, its clock and its audience."""

    def __init__(self, step: Step, followers: Sequence[str]) -> None:
        clock = clocks.read_clock(step.within)
        assert clock is not None, "a checked playbook has readable clocks"
        self.step = step
        self.id = step.id
        self.clock: Clock = clock
        self.followers = followers
        self.fits = audience.compiled(step.audience)

    def firing(self, situation: Situation) -> tuple[str, Since] | None:
        """The first of its triggers that holds, and since when one of them does."""
        held = [
            (name, since)
            for name in self.step.triggers
            if (holds := triggers.TRIGGERS.get(name)) is not None
            and (since := holds(situation)) is not None
            and situation.today >= since.first + timedelta(days=self.step.days_late)
        ]
        if not held:
            return None
        first = min(since.first for _, since in held)
        return held[0][0], Since(first, max(since.newest for _, since in held))
