"""`bokvar refused`: messages that Kafka does not take; list them, have them tried, give them up."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.box import SIMPLE
from rich.table import Table

from alerts.commands.dead_record import LONGEST
from alerts.store import refused
from alerts.store.database import reading
from alerts.store.refused import Refused
from models.stockholm import to_the_minute
from streams.cli.refuse import refuse
from streams.cli.screen import Screen, say, show_json
from streams.cli.system import opened

app = typer.Typer(help="Messages that Kafka does not take: list, try again, give up.")

Partition = Annotated[int, typer.Argument(min=0, help="Partition whose message it is.")]
Seq = Annotated[int, typer.Argument(min=1, help="Its number in that partition's outbox.")]
By = Annotated[str, typer.Option("--by", help="Who decides this.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept with the message.")]
All = Annotated[bool, typer.Option("--all", help="Also those sent since, or given up.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command("list")
def list_(every: All = False, as_json: AsJson = False) -> None:
    """The messages that wait, and why Kafka does not take them. The relay tries each once a
    minute; what comes after them is sent meanwhile."""
    with opened() as system, reading(system.engine) as connection:
        found = [_row(one) for one in refused.every(connection, closed=every)]
    if as_json:
        show_json({"refused": found})
        return
    console = Screen()
    if not found:
        console.print("Kafka takes everything: no message stands aside.")
        return
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in found[0]:
        table.add_column(heading, overflow="fold")
    for row in found:
        table.add_row(*(str(value if value is not None else "-") for value in row.values()))
    console.print(table)


@app.command()
def retry() -> None:
    """Have all of them tried at once, after the cause was mended."""
    with opened() as system, system.engine.begin() as connection:
        waiting = refused.try_soon(connection)
    say(f"{waiting:,} messages are tried at the relay's next look.")


@app.command()
def discard(partition: Partition, seq: Seq, by: By, reason: Reason) -> None:
    """Give a message up: it is kept, and never sent."""
    if not all(text.strip() and len(text) <= LONGEST for text in (by, reason)):
        refuse(f"say who decides and why, in at most {LONGEST} characters each")
    with opened() as system, system.engine.begin() as connection:
        given_up = refused.discard(connection, partition, seq, by, reason)
    if not given_up:
        refuse(
            f"no message {seq} of partition {partition} waits: see `bokvar refused list`", status=1
        )
    say(f"Message {seq} of partition {partition} is given up.")


def _row(one: Refused) -> dict[str, Any]:
    return {
        "partition": one.partition,
        "seq": one.row.seq,
        "topic": one.row.topic,
        "bytes": len(one.row.value),
        "since": to_the_minute(datetime.fromtimestamp(one.since, UTC)),
        "why": one.why,
        "state": one.state,
        "by": one.by,
        "reason": one.reason,
    }
