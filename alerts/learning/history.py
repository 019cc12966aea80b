"""A landlord's export, read and sorted by lease."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from alerts.learning import telling
from alerts.learning.export_files import FILES
from alerts.learning.held import Held, Told
from alerts.learning.loading import load, rows_of
from alerts.learning.telling import Rented
from alerts.learning.validation import Report, validate


class History(Held):
    """An export that is read; `report` says what is wrong with it. Use it as a context.
    `ExportError` when a file is not there or cannot be read."""

    def __init__(self, folder: Path, told: Callable[[str, int], None] = lambda _, __: None) -> None:
        super().__init__(lambda: self._load(folder, told))

    def _load(self, folder: Path, told: Callable[[str, int], None]) -> Report:
        return validate(self._base, {name: load(self._base, folder, name, told) for name in FILES})

    def lives(self) -> Iterator[tuple[str, Told]]:
        """Each lease that has a bill: its id, and its events with the day each was told."""
        for lease in self.leases():
            events = telling.told(lease)
            yield events[0][1].subject or "", events

    def leases(self) -> Iterator[Rented]:
        """Every lease that has a bill, in the order of their ids."""
        with closing(self._base.cursor()) as cursor:
            named = cursor.execute("select lease, started_on, rent from leases order by lease")
            for lease, started_on, rent in named:
                bills, paid = (
                    rows_of(self._base, name, lease) for name in ("invoices", "payments")
                )
                if any(bill.ore > 0 for bill in bills):
                    yield Rented(lease, date.fromisoformat(started_on), rent, bills, paid)
