"""`bokvar audit`: who saw and did what at the worklist, and whether that record is whole."""

from typing import Annotated, Any

import typer

from alerts.access import audit_list, chain
from alerts.access.audit_proof import verify as verified
from alerts.proof.snapshot import snapshot
from alerts.store.database import reading
from streams.cli.refuse import refuse
from streams.cli.screen import say, show_json
from streams.cli.system import opened

app = typer.Typer(help="Who saw and did what at the worklist; is the record whole?")

Kept = Annotated[str, typer.Option("--anchor", help="SEQ:HASH that an earlier run gave.")]
Lease = Annotated[str | None, typer.Option("--lease", help="Only of this lease.")]
By = Annotated[str | None, typer.Option("--by", help="Only of this person (the login's id).")]
Limit = Annotated[int, typer.Option("--limit", min=1, max=100_000, help="At most so many.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command()
def verify(anchor: Kept = "", as_json: AsJson = False) -> None:
    """Read the whole record and say what was edited, removed, moved, put in or cut off; status 1
    if anything was. Keep the anchor that is printed where the database's keeper cannot write: who
    can write the database can write all of it anew, and only the anchor shows that."""
    kept = chain.read(anchor) if anchor else None
    if anchor and kept is None:
        refuse("--anchor is SEQ:HASH, as an earlier run printed it")
    with opened() as system, snapshot(system.engine) as connection:
        found = verified(connection, kept)
    next_anchor = chain.written(found.anchor) if found.is_sound else None
    if as_json:
        show_json({"rows": found.rows, "faults": found.faults, "anchor": next_anchor})
    for fault in () if as_json else found.faults:
        say(f"bokvar: {fault}", err=True)
    if not found.is_sound:
        raise typer.Exit(1)
    if not as_json:
        say(f"{found.rows:,} rows, one unbroken chain. Keep this anchor elsewhere: {next_anchor}")


@app.command("list")
def list_(lease: Lease = None, by: By = None, limit: Limit = 100, as_json: AsJson = False) -> None:
    """The newest rows first, with what was refused."""
    with opened() as system, reading(system.engine) as connection:
        found = audit_list.rows(connection, lease_id=lease, by=by, limit=limit)
    if as_json:
        show_json({"audit": found})
        return
    for row in found:
        say(_line(row))
    if not found:
        say("Nothing was noted.")


def _line(row: dict[str, Any]) -> str:
    """A row in a line: nine columns are more than a terminal has."""
    who = ", ".join(filter(None, (row["role"], row["municipality"])))
    parts = [str(row["seq"]), row["at"], f"{row['subject']} ({who})", row["action"]]
    parts += ["" if row["allowed"] else "REFUSED", row["lease_id"] or ""]
    detail = row["detail"]
    told = detail.items() if isinstance(detail, dict) else [("detail", detail)]
    return "  ".join(filter(None, (*parts, *(f"{name}={value}" for name, value in told))))
