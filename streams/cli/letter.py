"""`bokvar letter`: the letters of the law about one lease, ready to sign."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from alerts.cases.situation import Situation, read_situation
from alerts.letters.assume_rent import assume_rent
from alerts.letters.confirm_eviction import confirm_eviction
from alerts.letters.sheet import Letter, Refusal, Signatory
from alerts.playbooks.own import own_towns
from alerts.store.database import reading
from alerts.views import lease_known
from models.stockholm import day_of
from streams.cli.lease_id import as_spelled
from streams.cli.refuse import refuse
from streams.cli.screen import say, say_page, show_json
from streams.cli.system import day, opened

app = typer.Typer(no_args_is_help=True, help="Letters of the law, ready to sign.")

LeaseId = Annotated[
    str,
    typer.Argument(metavar="LEASE", help="<organisation number>:<number>", callback=as_spelled),
]
Caseworker = Annotated[str, typer.Option(help="Name of the caseworker responsible.")]
Phone = Annotated[str, typer.Option(help="The caseworker's phone.")]
Municipality = Annotated[
    str | None, typer.Option(help="The municipality's name; a marked blank without it.")
]
Out = Annotated[Path | None, typer.Option(help="Write the letter as HTML to this file.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        metavar="YYYY-MM-DD", help="The letter's day; default the day after the newest that ended."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]

_Write = Callable[[Situation, Signatory], Letter | Refusal]


@app.command("confirm-eviction")
def confirm(
    lease_id: LeaseId,
    caseworker: Caseworker,
    phone: Phone,
    municipality: Municipality = None,
    out: Out = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Confirm the time of an eviction to Kronofogden, with the tenant's copy (2025:468 11:3)."""
    signatory = Signatory(caseworker, phone, municipality)
    _print(lease_id, as_of, signatory, confirm_eviction, out, as_json)


@app.command("assume-rent")
def assume(
    lease_id: LeaseId,
    caseworker: Caseworker,
    phone: Phone,
    municipality: Municipality = None,
    out: Out = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Tell the landlord that the board takes on the rent (JB 12:44 4 st 1)."""
    signatory = Signatory(caseworker, phone, municipality)
    _print(lease_id, as_of, signatory, assume_rent, out, as_json)


def _print(
    lease_id: str,
    as_of: str | None,
    signatory: Signatory,
    write: _Write,
    out: Path | None,
    as_json: bool,
) -> None:
    situation = _situation(lease_id, day(as_of, "--as-of"))
    letter = write(situation, signatory)
    if isinstance(letter, Refusal):
        refuse(f"{letter.reason}: {letter.text}", status=1)
    if out is not None:
        _save(letter, out)
    if as_json:
        show_json(letter)
        return
    if out is None:
        say_page(letter.body_text)
    for note in (*_stale(situation.today), *letter.notes):
        say(f"OBS: {note}", err=True)


def _situation(lease_id: str, on: date | None) -> Situation:
    with opened() as system, reading(system.engine) as connection:
        known = lease_known.load(connection, lease_id)
    if known is None:
        refuse(
            f"no lease {lease_id}: write it as in the task, <organisation number>:<number>",
            status=1,
        )
    partition = known.partition
    if on is None and partition.last_day is None:
        refuse("no day has ended in Bokvar yet: give the letter's day with --as-of", status=1)
    today = on or partition.today
    way = own_towns().way_of(known.lease)
    return read_situation(known.lease, today, today, partition.fed_through, way)


def _stale(counted: date) -> list[str]:
    real = day_of(datetime.now(UTC))
    return [] if counted == real else [f"Brevet är räknat den {counted}; i dag är det {real}."]


def _save(letter: Letter, out: Path) -> None:
    try:
        out.write_text(letter.body_html, "utf-8")
    except OSError as fault:
        refuse(f"{out} cannot be written ({fault.strerror}): choose another --out", status=1)
