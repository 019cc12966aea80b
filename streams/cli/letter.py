"""`bokvar letter`: letters and documents about one lease, ready to sign, and the meeting pack."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from alerts.cases.situation import Situation, read_situation
from alerts.letters.given import Given, Signatory
from alerts.letters.kinds import KINDS, MEETING_PACK, Kind
from alerts.letters.refusal import Refusal
from alerts.letters.write import write
from alerts.playbooks.own import own_towns
from alerts.store.database import reading
from alerts.views.lease import lease_known
from streams.cli.lease_id import as_spelled
from streams.cli.letter_options import AsJson, AsOf, Caseworker, In, Municipality, Out, Own, Phone
from streams.cli.letter_out import check, show, spoken_in, stale, templated
from streams.cli.letter_pack import pack
from streams.cli.letter_templates import copy
from streams.cli.refuse import refuse
from streams.cli.system import System, day, opened, told

app = typer.Typer(no_args_is_help=True, help="Letters and documents, ready to sign.")

LeaseId = Annotated[
    str,
    typer.Argument(metavar="LEASE", help="<organisation number>:<number>", callback=as_spelled),
]
Fill = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=WORDS", help="Fill a blank in; a wrong NAME tells which there are."),
]
ProtectedWay = Annotated[
    bool, typer.Option("--protected-way", help="Protected identity: no address, and a cover sheet.")
]


def _command(kind: Kind) -> Callable[..., None]:
    """The command that writes letters of this kind."""

    def run(
        lease_id: LeaseId,
        caseworker: Caseworker,
        phone: Phone,
        municipality: Municipality = None,
        in_language: In = "sv",
        templates: Own = None,
        fill: Fill = None,
        protected_way: ProtectedWay = False,
        out: Out = None,
        as_of: AsOf = None,
        as_json: AsJson = False,
    ) -> None:
        fills = _fills(kind, fill or [])
        given = Given(Signatory(caseworker, phone, municipality), fills, protected_way)
        check(out)
        with templated(), opened() as system:
            spoken, found = spoken_in(system, in_language, templates)
            situation = _situation(system, lease_id, day(as_of, "--as-of"))
            letter = write(kind, situation, given, found)
            if isinstance(letter, Refusal):
                refuse(f"{letter.reason}: {spoken.say(letter.said)}", status=1)
            show(letter, found, spoken, out, as_json, stale(situation.today))

    return run


for _kind in KINDS:
    app.command(_kind.name, help=_kind.about)(_command(_kind))


app.command(MEETING_PACK)(pack)


@app.command("templates")
def templates(
    folder: Annotated[Path, typer.Argument(help="An empty or new folder.")],
) -> None:
    """Copy the shipped templates into a folder, for a town to change."""
    with told():
        copy(folder)


def _fills(kind: Kind, given: list[str]) -> dict[str, str]:
    found = {}
    for item in given:
        name, equals, words = item.partition("=")
        if not equals or name not in kind.facts.FILLS:
            known = ", ".join(kind.facts.FILLS)
            refuse(f"--fill {item!r}: write NAME=WORDS; {kind.name} has the blanks {known}")
        found[name] = words
    return found


def _situation(system: System, lease_id: str, on: date | None) -> Situation:
    with reading(system.engine) as connection:
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
