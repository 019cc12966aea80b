"""`bokvar deadletters`: list, show, release and discard what was set aside."""

from typing import Annotated, Any

import typer
from rich.box import SIMPLE
from rich.table import Table

from alerts.store.database import reading
from alerts.views.lists import worklist
from alerts.views.lists.worklist import StoredDeadRecord
from alerts.views.stored_records import StoredRecords
from streams.cli.decide import AsJson, Offset, Partition, discard, release
from streams.cli.refuse import refuse
from streams.cli.screen import Screen, show_json
from streams.cli.system import opened

app = typer.Typer(help="List, show, release and discard records that were set aside.")

app.command()(release)
app.command()(discard)


@app.command("list")
def list_(
    every: Annotated[bool, typer.Option("--all", help="Also what has been decided.")] = False,
    limit: Annotated[int, typer.Option(min=0, help="At most so many; 0 shows all.")] = 50,
    as_json: AsJson = False,
) -> None:
    """What was set aside and waits for a decision."""
    with opened() as system, reading(system.engine) as connection:
        shown = worklist.dead_letters(connection, every=every, limit=limit or None)
        counts = worklist.counts(connection)
    left_out = (counts.dead_letters if every else counts.open_dead_letters) - len(shown)
    if as_json:
        rows = [_row(stored) for stored in shown]
        show_json({"dead_letters": rows, "left_out": left_out})
        return
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in ("partition", "offset", "error", "since", "state", "source", "leases"):
        table.add_column(heading, overflow="fold")
    for stored in shown:
        table.add_row(*(str(value) for value in _cells(stored)))
    console = Screen()
    console.print(table if shown else "Nothing is set aside.")
    if left_out > 0:
        console.print(f"{left_out:,} more (--limit 0 shows all).")


@app.command()
def show(partition: Partition, offset: Offset, as_json: AsJson = False) -> None:
    """One record with its bytes, which may hold personal data."""
    with opened() as system:
        record = StoredRecords(system.engine)(partition, offset)
    if record is None:
        refuse(f"nothing was set aside at partition {partition}, offset {offset}", status=1)
    row = _row(StoredDeadRecord(partition, record)) | {
        "key": None if record.key is None else record.key.decode("utf-8", "replace"),
        "value": record.value.decode("utf-8", "replace"),
    }
    if as_json:
        show_json(row)
        return
    console = Screen(soft_wrap=True)
    for name, value in row.items():
        if value not in (None, "", []):
            console.print(f"{name}: {value}")


def _row(stored: StoredDeadRecord) -> dict[str, Any]:
    record = stored.record
    return {
        "partition": stored.partition,
        "offset": record.offset,
        "error": record.error,
        "since": record.since.isoformat(),
        "state": record.state,
        "source": record.source,
        "event_id": record.event_id,
        "leases": record.leases,
        "by": record.by,
        "reason": record.reason,
    }


def _cells(stored: StoredDeadRecord) -> tuple[object, ...]:
    record = stored.record
    leases = ", ".join(record.leases)
    return (
        stored.partition,
        record.offset,
        record.error,
        record.since,
        record.state,
        record.source,
        leases,
    )
