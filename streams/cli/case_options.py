"""The options that every verb of `bokvar case` has."""

from typing import Annotated

import typer

from streams.cli.lease_id import as_spelled

Name = Annotated[
    str,
    typer.Argument(metavar="CASE", help="The lease's id, or a task's.", callback=as_spelled),
]
By = Annotated[str, typer.Option("--by", help="Who did this.")]
On = Annotated[
    str | None, typer.Option("--on", metavar="DAY", help="When; default today in Sweden.")
]
Wait = Annotated[
    float, typer.Option("--wait", min=0, help="Seconds to wait until it has taken effect.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
