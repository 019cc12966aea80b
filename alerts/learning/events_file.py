"""A file of events as `bokvar simulate` writes it: the lives of its leases, to be learnt from."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import msgspec

from alerts.learning.coverage import booked_after
from alerts.learning.export_files import ExportError
from alerts.learning.held import Held, Told
from alerts.learning.loading import TABLES
from alerts.learning.packed import UNREADABLE, unpacked, why
from alerts.learning.validation import Report, validate
from models.contract import facts
from models.contract.events import Event, read_event
from models.contract.who_may_say import Standing, standing

_TABLES = TABLES + "create table events (lease text, day integer, raw blob);"
_BATCH = 20_000
_NO_DAYS = (
    "has no calendar.day: without them nobody knows when an event was told; give a file as "
    "`bokvar simulate` writes it, or an export by --history"
)
_Rows = list[tuple[str, bytes]]


def lines(path: Path) -> Iterator[bytes]:
    """The lines of a file of events, packed (.gz) or not. `ExportError` when it cannot be read."""
    try:
        with unpacked(path) as file:
            yield from file
    except UNREADABLE as error:
        raise ExportError(f"{path} cannot be read: {why(error)}") from None


class EventsFile(Held):
    """Events that are read, each told on the day that the next `calendar.day` ends; what comes
    after the last of them is not known whole and left out. `ExportError` when there is none."""

    def __init__(
        self, name: str, raw: Iterable[bytes], told: Callable[[str, int], None] = lambda _, __: None
    ) -> None:
        super().__init__(lambda: self._load(name, raw, told), _TABLES)

    def lives(self) -> Iterator[tuple[str, Told]]:
        """Each lease that has a bill: its id, and its events with the day each was told."""
        query = (
            "select lease, day, raw from events "
            "where lease in (select lease from invoices) order by lease, rowid"
        )
        with closing(self._base.cursor()) as cursor:
            for lease_id, rows in groupby(cursor.execute(query), key=itemgetter(0)):
                yield lease_id, [(date.fromordinal(day), read_event(raw)) for _, day, raw in rows]

    def _load(self, name: str, raw: Iterable[bytes], told: Callable[[str, int], None]) -> Report:
        counts = dict.fromkeys(("rows", "unreadable", "not_allowed"), 0)
        days, waiting = list[date](), _Rows()
        for line in raw:
            counts["rows"] += 1
            if counts["rows"] % _BATCH == 0:
                told(name, counts["rows"])
            event = _read(line)
            fault = "unreadable" if event is None else _fault(event)
            if event is None or fault is not None:
                counts[fault or "unreadable"] += 1
            elif isinstance(event.data, facts.CalendarDay):
                days.append(event.data.day)
                self._keep(event.data.day, waiting)
                waiting.clear()
            elif event.subject is not None:
                waiting.append((event.subject, line))
                self._count(event.data)
        if not days:
            raise ExportError(f"{name} {_NO_DAYS}")
        self._base.execute("create index by_lease on events (lease)")
        self._base.commit()
        told(name, counts["rows"])
        return self._reported(counts, min(days), max(days))

    def _keep(self, day: date, rows: _Rows) -> None:
        found = [(lease, day.toordinal(), line) for lease, line in rows]
        self._base.executemany("insert into events values (?, ?, ?)", found)

    def _count(self, fact: msgspec.Struct) -> None:
        """For the report alone: leases, bills and payments as an export has them."""
        row: tuple[str | int, ...]
        match fact:
            case facts.LeaseRegistered():
                row = ("leases", fact.lease_id, fact.started_on.isoformat(), fact.rent_ore)
            case facts.RentInvoiced():
                ore = fact.rent_ore + fact.other_ore
                row = ("invoices", fact.lease_id, fact.invoice_id, fact.due_on.isoformat(), ore)
            case facts.RentPaid():
                on = fact.booked_on.isoformat()
                row = ("payments", fact.lease_id, fact.payment_id, on, fact.amount_ore)
            case _:
                return
        marks = ",".join("?" * (len(row) - 1))
        self._base.execute(f"insert or ignore into {row[0]} values ({marks})", row[1:])

    def _reported(self, counts: dict[str, int], first: date, last: date) -> Report:
        """As of an export; but known whole through the last day, and looked at from the first: the
        bills that were open when a landlord joined tell of no time before."""
        report = validate(self._base, {"events": counts})
        since = max(first.isoformat(), report.first_due_on or "")
        through = last.isoformat() if report.through else None
        beyond = booked_after(self._base, last.isoformat())
        return msgspec.structs.replace(
            report, first_due_on=since, through=through, paid_beyond=beyond
        )


def _read(line: bytes) -> Event | None:
    try:
        return read_event(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _fault(event: Event) -> str | None:
    return None if standing(event.source, event.data) is Standing.ALLOWED else "not_allowed"
