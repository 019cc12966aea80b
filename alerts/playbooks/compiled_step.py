"""A step of a playbook with its questions worked out: whom it is for, by when, and since when."""

from collections.abc import Sequence
from datetime import timedelta

from alerts.cases.situation import Situation
from alerts.playbooks import audience, clocks, triggers
from alerts.playbooks.clocks import Clock
from alerts.playbooks.language import Step
from alerts.playbooks.since import Since


class CompiledStep:
    """A step with its questions worked out."""

    def __init__(self, step: Step, followers: Sequence[str]) -> None:
        clock = clocks.read_clock(step.within)
        assert clock is not None, "a checked playbook has readable clocks"
        self.step = step
        self.id = step.id
        self.clock: Clock = clock
        self.followers = followers
        self.fits = audience.compiled(step.audience)
        self.fires = self._firing  # bound once, for it names what is remembered
        # What is asked about rent and disturbances alike is told in the words of the rent, whose
        # days run; that there were disturbances is said beside it.
        self.triggers = sorted(step.triggers, key=lambda name: name == "complaint")
        self.late = timedelta(days=step.days_late)

    def firing(self, situation: Situation) -> tuple[str, Since] | None:
        """The first of its triggers that holds, and since when one of them does."""
        return situation.once(self.fires)

    def _firing(self, situation: Situation) -> tuple[str, Since] | None:
        first = None
        for name in self.triggers:
            since = triggers.held(name, situation)
            if since is None or situation.today < since.first + self.late:
                continue
            if first is None:
                first = name, since
            else:
                both = Since(min(first[1].first, since.first), max(first[1].newest, since.newest))
                first = first[0], both
        return first
