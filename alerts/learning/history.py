"""A landlord's export, sorted by lease in a file of its own, so that memory holds one at a time."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import NamedTuple, Self

from alerts.learning.export_files import FILES
from alerts.learning.loading import TABLES, load
from alerts.learning.validation import Report, validate


class Invoice(NamedTuple):
    """A bill of a lease, öre."""

    invoice_id: str
    due_on: date
    ore: int


class Payment(NamedTuple):
    """Money that came in, öre."""

    payment_id: str
    booked_on: date
    ore: int


class Rented(NamedTuple):
    """All that an export tells of one lease; `rent` öre a month."""

    lease_id: str
    started_on: date
    rent: int
    invoices: list[Invoice]
    payments: list[Payment]


class History:
    """An export that is read; `report` says what is wrong with it. Use it as a context.
    `ExportError` when a file is not there or cannot be read."""

    def __init__(self, folder: Path, told: Callable[[str, int], None] = lambda _, __: None) -> None:
        self._place = TemporaryDirectory(prefix="bokvar-history-")
        self._base = sqlite3.connect(Path(self._place.name) / "export.db")
        self._base.executescript("pragma journal_mode=off; pragma synchronous=off;" + TABLES)
        try:
            counts = {name: load(self._base, folder, name, told) for name in FILES}
        except BaseException:
            self._close()
            raise
        self.report: Report = validate(self._base, counts)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def leases(self) -> Iterator[Rented]:
        """Every lease that has a bill, in the order of their ids."""
        with closing(self._base.cursor()) as cursor:
            named = cursor.execute("select lease, started_on, rent from leases order by lease")
            for lease, started_on, rent in named:
                bills, paid = (
                    self._of(lease, "invoices", "due_on"),
                    self._of(lease, "payments", "booked_on"),
                )
                if bills:
                    yield Rented(
                        lease,
                        date.fromisoformat(started_on),
                        rent,
                        [Invoice(*one) for one in bills],
                        [Payment(*one) for one in paid],
                    )

    def _of(self, lease: str, table: str, day: str) -> list[tuple[str, date, int]]:
        query = f"select id, {day}, ore from {table} where lease = ? order by {day}, id"
        found = self._base.execute(query, (lease,))
        return [(key, date.fromisoformat(on), ore) for key, on, ore in found]

    def _close(self) -> None:
        self._base.close()
        self._place.cleanup()
