"""What has been told has led to by the end of a day: lived as `bokvar try` does, and read as
caseworker and landlord do."""

from datetime import date
from functools import cached_property, lru_cache

from alerts.playbooks.towns import Towns
from alerts.views.lease import lease_page
from alerts.views.lease.lease_page_parts import Page
from streams.cli.tried import Task, Tried, tried
from streams.embedded.event_files import in_order
from streams.embedded.event_lines import FileLine
from streams.embedded.trial import Trial
from tests.spoken import SV


class Life:
    """Leases as they are known when a day has ended. Nobody who reads it changes it."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial

    @cached_property
    def found(self) -> Tried:
        """As `bokvar try --json` prints it."""
        return tried(self.trial, None, SV)

    @property
    def open(self) -> dict[str, Task]:
        """The leases' open tasks by lease and step, or by step alone where there is one lease."""
        tasks = [task for task in self.found.open if task.lease_id is not None]
        one = len({task.lease_id for task in tasks}) <= 1
        return {t.step if one else f"{t.lease_id} {t.step}": t for t in tasks}

    def closed(self, step: str) -> list[str | None]:
        """Why the closed tasks of a step closed, the last first."""
        return [task.closed for task in self.found.closed if task.step == step]

    def closed_words(self, step: str) -> list[str]:
        """The same in words."""
        tasks = [t for t in self.trial.tasks(None) if t.step == step and t.state == "closed"]
        tasks.sort(key=lambda t: (t.closed_on or date.min, t.round), reverse=True)
        return [SV.say(task.reason) for task in tasks]

    def page(self, lease_id: str | None = None) -> Page:
        """The page of a lease, or of the only one."""
        known = self.trial.known(lease_id or next(iter(self.trial.leases)))
        assert known is not None
        return lease_page.page(known, SV, self.trial.towns)

    def refused(self) -> list[tuple[str, str | None, str]]:
        """What was set aside: code, field, and how to mend it."""
        return [(one.error, one.field, one.mend) for one in self.found.set_aside]

    @property
    def answers(self) -> list[bytes]:
        """What the landlord has been told."""
        return self.trial.answers

    @property
    def words(self) -> str:
        """All that the list and the page say."""
        page = self.page()
        tasks = [said(task) for task in self.found.open]
        history = [line.text for line in page.history]
        return " ".join([*tasks, page.why, *history, *page.legal.defects])


@lru_cache(maxsize=256)
def lived(files: tuple[tuple[bytes, ...], ...], through: date, towns: Towns | None = None) -> Life:
    """The life of events in files, through a day; the same is lived once, however many read it."""
    lines = [
        [FileLine("life", number, line) for number, line in enumerate(file, 1)] for file in files
    ]
    return Life(Trial(towns).take(in_order([file for file in lines if file], through)))


def said(task: Task) -> str:
    """All that a task says of why it is there."""
    return " ".join([task.why, *reasons(task)])


def reasons(task: Task) -> list[str]:
    """The sentences of a task."""
    return [reason.text for reason in task.reasons]
