"""`bokvar try`: what a file of events would lead to, with no broker and no database."""

import os
from datetime import date
from typing import Annotated

import typer
from msgspec import UNSET

from alerts import settings as options
from alerts.cases.priority import in_order
from alerts.language.sentences import Language, language
from alerts.playbooks.towns import DEFAULT, all_follow
from alerts.views.lease import lease_page
from alerts.views.lease.lease_page_parts import Page
from models.phrase import phrase
from streams.cli.event_sources import Files, From, To, read, span
from streams.cli.lease_id import as_spelled
from streams.cli.lease_print import print_page
from streams.cli.playbook_named import playbook as named_playbook
from streams.cli.refuse import refuse
from streams.cli.screen import Screen, show_json
from streams.cli.system import told
from streams.cli.task_table import table
from streams.cli.tried import Tried, tried
from streams.embedded.event_files import in_order as lines_in_order
from streams.embedded.event_lines import EventFilesError
from streams.embedded.trial import Trial

Playbook = Annotated[str, typer.Option(help="A shipped playbook's name, or a file.")]
LeaseId = Annotated[
    str | None,
    typer.Option("--lease", help="Show this lease's page too.", callback=as_spelled),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def try_(
    files: Files,
    playbook: Playbook = DEFAULT,
    since: From = None,
    to: To = None,
    lease_id: LeaseId = None,
    as_json: AsJson = False,
) -> None:
    """Fold files of events in memory, and show what would be on the list.

    No broker and no database. A file with calendar.day in it is read in its own order; one without
    is sorted by the events' time, and the days are supplied.
    """
    towns = all_follow(named_playbook(playbook))
    first, last = span(since, to)
    with told():
        spoken = language(options.read(os.environ).language)
        try:
            trial = Trial(towns).take(lines_in_order(read(files), last))
        except EventFilesError as error:
            refuse(str(error), status=1)
    found = tried(trial, first, spoken)
    if lease_id is not None:
        found.lease = _page(trial, lease_id, spoken)
    if as_json:
        show_json(found)
    else:
        _show(trial, found, first, spoken)


def _page(trial: Trial, lease_id: str, spoken: Language) -> Page:
    known = trial.known(lease_id)
    if known is None:
        refuse(f"no event speaks of lease {lease_id}: check the id, as 556036-0793:1", status=1)
    return lease_page.page(known, spoken, trial.towns)


def _show(trial: Trial, found: Tried, since: date | None, spoken: Language) -> None:
    console = Screen()
    open_tasks = [
        task
        for task in in_order(trial.tasks(since))
        if task.state != "closed" and task.waits_until is None
    ]
    if open_tasks:
        console.print(table(open_tasks, trial.store.partition.today, spoken))
    else:
        console.print(spoken.say("worklist.none"))
    for one in found.set_aside:
        place = f"{one.file}, line {one.line}" if one.file else "an event"
        console.print(f"{place}: {one.error}. {one.mend}")
    if found.repeats:
        console.print(spoken.say(phrase("worklist.repeats", count=found.repeats)))
    if found.lease is not UNSET:
        print_page(found.lease, spoken)
