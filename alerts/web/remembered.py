"""What the pages remember for a while: it changes slowly, and each takes a look at every task."""

from collections.abc import Callable

from alerts.access.people import Colleague, colleagues
from alerts.access.scope import Scope
from alerts.views.lists.list_choices import Choices, choices
from alerts.views.lists.open_counts import OpenCounts, open_counts
from alerts.views.remembered import Remembered

CHOICES, COUNTS = 60.0, 5.0  # seconds


class RememberedViews:
    """Of each scope what a list can be filtered by, and how many tasks are open; of each
    municipality who works there."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.choices = Remembered[Scope, Choices](choices, CHOICES, now)
        self.colleagues = Remembered[str, list[Colleague]](colleagues, COUNTS, now)
        self.open_counts = Remembered[Scope, OpenCounts](open_counts, COUNTS, now)
