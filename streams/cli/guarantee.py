"""`bokvar guarantee`: the register of the town's rent guarantees, and what is noted in it."""

from typing import Annotated

import typer

from alerts.commands.case_act import SECONDS
from alerts.commands.draw_guarantee import draw_guarantee
from alerts.commands.end_guarantee import end_guarantee
from alerts.commands.give_guarantee import Offer, give_guarantee
from streams.cli.case_do import do
from streams.cli.case_options import AsJson, By, Name, On, Wait
from streams.cli.guarantee_list import list_
from streams.cli.kronor import ore
from streams.cli.playbook_named import known
from streams.cli.system import day

app = typer.Typer(no_args_is_help=True, help="The register of rent guarantees.")
app.command("list")(list_)

Which = Annotated[
    str | None,
    typer.Option("--id", help="Which guarantee, where the lease has several; its id in the list."),
]


@app.command()
def give(
    lease: Name,
    by: By,
    starts: Annotated[str, typer.Option("--from", metavar="DAY", help="The first day.")],
    through: Annotated[
        str | None, typer.Option("--through", metavar="DAY", help="The last day it holds.")
    ] = None,
    limit: Annotated[
        float | None, typer.Option("--limit", metavar="KR", help="At most so much in all.")
    ] = None,
    months: Annotated[
        int | None, typer.Option("--months", min=1, max=60, help="At most so many months of rent.")
    ] = None,
    terms: Annotated[
        str | None,
        typer.Option("--terms", help="By which of the playbook's guarantees; it sets the rest."),
    ] = None,
    other_debts: Annotated[
        int, typer.Option("--other-debts", metavar="KR", min=0, help="For the terms; not kept.")
    ] = 0,
    name: Which = None,
    on: On = None,
    wait: Wait = SECONDS,
    as_json: AsJson = False,
) -> None:
    """Note a guarantee that was given, or the same anew: prolonged, or with another limit."""
    first = day(starts, "--from")
    assert first is not None
    offer = Offer(
        starts_on=first,
        ends_on=day(through, "--through"),
        limit_ore=None if limit is None else ore(limit, "--limit"),
        months=months,
        terms=terms,
        name=name,
        other_debts_kr=other_debts,
    )
    towns = known()
    do(
        lambda log, cases, deed: give_guarantee(log, cases, towns, deed, offer, seconds=wait),
        *(lease, by, on, as_json),
    )


@app.command()
def draw(
    lease: Name,
    kronor: Annotated[float, typer.Argument(metavar="KR", help="How much the landlord claims.")],
    by: By,
    name: Which = None,
    on: On = None,
    wait: Wait = SECONDS,
    as_json: AsJson = False,
) -> None:
    """Note what the landlord claims under a guarantee."""
    claimed = ore(kronor, "KR")
    do(
        lambda log, cases, deed: draw_guarantee(log, cases, deed, claimed, name, seconds=wait),
        *(lease, by, on, as_json),
    )


@app.command()
def end(
    lease: Name,
    by: By,
    name: Which = None,
    on: On = None,
    wait: Wait = SECONDS,
    as_json: AsJson = False,
) -> None:
    """Note that a guarantee is over before its time; --on is the last day it holds."""
    do(
        lambda log, cases, deed: end_guarantee(log, cases, deed, name, seconds=wait),
        *(lease, by, on, as_json),
    )
