"""`bokvar case`: what a caseworker does in a case, from a report to undoing it.

`case`, for most of it is about the whole case; of a lease with one open task its id is enough.
"""

from typing import Annotated

import typer

from alerts.commands.ask_child_question import ask_child_question
from alerts.commands.assign_task import assign_task
from alerts.commands.case_act import SECONDS
from alerts.commands.let_case_wait import REASONS, let_case_wait
from alerts.commands.lower_case import lower_case
from alerts.commands.map_case import CAUSES, EFFORTS, NEEDS, Mapped, map_case
from alerts.commands.plan_task import plan_task
from alerts.commands.raise_case import raise_case
from alerts.commands.report_task import OUTCOMES, report_task
from alerts.commands.undo_act import NEWEST, undo_act
from streams.cli.case_do import do, list_acts
from streams.cli.case_options import AsJson, By, Name, On, Wait
from streams.cli.refuse import refuse
from streams.cli.system import day

app = typer.Typer(no_args_is_help=True, help="What a caseworker does in a case.")


@app.command()
def report(
    case: Name,
    outcome: Annotated[str, typer.Argument(help=f"One of: {', '.join(OUTCOMES)}.")],
    by: By,
    follow_up: Annotated[
        str | None,
        typer.Option("--follow-up", metavar="DAY", help="When the case is to be back."),
    ] = None,
    on: On = None,
    wait: Wait = SECONDS,
    as_json: AsJson = False,
) -> None:
    """Report what came of a task."""
    back = day(follow_up, "--follow-up")
    do(
        lambda log, cases, deed: report_task(log, cases, deed, outcome, back, seconds=wait),
        *(case, by, on, as_json),
    )


@app.command()
def plan(
    case: Name,
    planned: Annotated[str, typer.Option("--day", metavar="DAY", help="On which day.")],
    who: Annotated[str, typer.Option("--who", help="Who goes.")],
    by: By,
    on: On = None,
    wait: Wait = SECONDS,
    as_json: AsJson = False,
) -> None:
    """Plan a task: on which day, and who goes."""
    when = day(planned, "--day")
    assert when is not None
    do(
        lambda log, cases, deed: plan_task(log, cases, deed, when, who, seconds=wait),
        *(case, by, on, as_json),
    )


@app.command()
def assign(
    case: Name,
    to: Annotated[str, typer.Option("--to", help="Whose the task is.")],
    by: By,
    on: On = None,
    wait: Wait = SECONDS,
    as_json: AsJson = False,
) -> None:
    """Give a task to somebody."""
    do(
        lambda log, cases, deed: assign_task(log, cases, deed, to, seconds=wait),
        *(case, by, on, as_json),
    )


@app.command("wait")
def wait_(
    case: Name,
    until: Annotated[str, typer.Option("--until", metavar="DAY", help="Until which day.")],
    reason: Annotated[str, typer.Option("--reason", help=f"One of: {', '.join(REASONS)}.")],
    by: By,
    on: On = None,
    wait: Wait = SECONDS,
    as_json: AsJson = False,
) -> None:
    """Let the tasks wait until a day; the law's days break it, and nothing else is lost."""
    last = day(until, "--until")
    assert last is not None
    do(
        lambda log, cases, deed: let_case_wait(log, cases, deed, last, reason, seconds=wait),
        *(case, by, on, as_json),
        waits=True,
    )


@app.command("raise")
def raise_(
    case: Name, by: By, on: On = None, wait: Wait = SECONDS, as_json: AsJson = False
) -> None:
    """Put a case with those that go first in its band. Why stays with you."""
    do(
        lambda log, cases, deed: raise_case(log, cases, deed, seconds=wait),
        *(case, by, on, as_json),
    )


@app.command()
def lower(case: Name, by: By, on: On = None, wait: Wait = SECONDS, as_json: AsJson = False) -> None:
    """Give a case its usual place again."""
    do(
        lambda log, cases, deed: lower_case(log, cases, deed, seconds=wait),
        *(case, by, on, as_json),
    )


@app.command("ask-child-question")
def ask(case: Name, by: By, on: On = None, wait: Wait = SECONDS, as_json: AsJson = False) -> None:
    """Note that you asked whether the preliminary assessment (förhandsbedömning) was made."""
    do(
        lambda log, cases, deed: ask_child_question(log, cases, deed, seconds=wait),
        *(case, by, on, as_json),
    )


@app.command("map")
def map_(
    case: Name,
    by: By,
    cause: Annotated[
        list[str] | None,
        typer.Option("--cause", help=f"Why the rent is late: {', '.join(CAUSES)}."),
    ] = None,
    effort: Annotated[
        list[str] | None,
        typer.Option("--effort", help=f"What the household does: {', '.join(EFFORTS)}."),
    ] = None,
    need: Annotated[
        list[str] | None, typer.Option("--need", help=f"What it needs: {', '.join(NEEDS)}.")
    ] = None,
    on: On = None,
    wait: Wait = SECONDS,
    as_json: AsJson = False,
) -> None:
    """Note what came out at the visit (kartläggning); each option may be repeated."""
    said = Mapped(cause or (), effort or (), need or ())
    do(
        lambda log, cases, deed: map_case(log, cases, deed, said, seconds=wait),
        *(case, by, on, as_json),
    )


@app.command()
def undo(
    case: Name,
    act: Annotated[
        str | None,
        typer.Argument(help=f"The act's id, or {NEWEST}; without it the acts are listed."),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who undoes it.")] = None,
    on: On = None,
    wait: Wait = SECONDS,
    as_json: AsJson = False,
) -> None:
    """List what has been done in a case, or undo one of it."""
    if act is None:
        list_acts(case, as_json)
        return
    if by is None:
        refuse("say who undoes it: --by NAME")
    do(
        lambda log, cases, deed: undo_act(log, cases, deed, act, seconds=wait),
        *(case, by, on, as_json),
    )
