"""What the pages remember for a while: it changes slowly, and each takes a look at every task."""

from collections.abc import Callable

from alerts.access.people import Colleague, colleagues, holders
from alerts.access.scope import Scope
from alerts.views.lists.list_choices import Choices, choices
from alerts.views.lists.open_counts import OpenCounts, open_counts
from alerts.views.remembered import Remembered
from alerts.web.limits import Limit

CHOICES, COUNTS = 60.0, 5.0  # seconds
HEALTHY = 1.0  # seconds
_REFUSALS_PER_SECOND, _REFUSALS_AT_ONCE = 1 / 60, 20.0


class RememberedViews:
    """Of each scope what a list can be filtered by, and how many tasks are open; of each
    municipality who works there; that the database answered; and how many refused logins of one
    person or address have been noted, for anybody can have a login refused and no row of the audit
    is ever deleted."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.choices = Remembered[Scope, Choices](choices, CHOICES, now)
        self.colleagues = Remembered[str, list[Colleague]](colleagues, COUNTS, now)
        self.holders = Remembered[str, tuple[list[Colleague], dict[str, str]]](holders, COUNTS, now)
        self.healthy = Recent(HEALTHY, now)
        self.refused_logins = Limit(_REFUSALS_PER_SECOND, _REFUSALS_AT_ONCE, now)
        self.open_counts = Remembered[Scope, OpenCounts](open_counts, COUNTS, now)


class Recent:
    """Something that went well a moment ago and need not be done again."""

    def __init__(self, seconds: float, now: Callable[[], float]) -> None:
        self._seconds, self._now = seconds, now
        self._since = float("-inf")

    def __call__(self, work: Callable[[], object]) -> None:
        """Do it, unless it went well a moment ago."""
        if self._now() - self._since >= self._seconds:
            work()
            self._since = self._now()
