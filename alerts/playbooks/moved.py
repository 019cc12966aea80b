"""The playbook of a lease that has come to another town."""

from alerts.cases.situation import Situation
from alerts.cases.way import Doing
from alerts.playbooks.compiled import Way


class AfterMove(Way):
    """The new town's playbook, which can still say what a task of the old town's was."""

    def __init__(self, way: Way, before: Way) -> None:
        self.__dict__.update(way.__dict__)
        self._before = before
        self.left = before.name

    def doing(self, step: str, situation: Situation) -> Doing | None:
        """What a task of a step is, or was in the old town."""
        return super().doing(step, situation) or self._before.doing(step, situation)
