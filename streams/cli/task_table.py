"""Visit tasks for people: a table of them."""

from datetime import date

from rich.table import Table
from rich.text import Text

from alerts.contract.messages import VisitTask
from alerts.language.sentences import Language
from alerts.views.lists.in_lists import in_list
from alerts.views.lists.task_said import done_with, due, where
from models.phrase import Phrase, phrase
from streams.cli.screen import bold, lines

FACTS = 2  # of a task's reasons, the most pressing


def table(
    tasks: list[VisitTask],
    today: date | None,
    language: Language,
    title: Phrase | str = "worklist.title",
) -> Table:
    """The tasks in order, for people, without what no list shows; days are counted from `today`."""
    found = Table(
        box=None,
        padding=(0, 1, 1, 0),
        title=language.say(title),
        title_justify="left",
        show_header=False,
    )
    found.add_column(justify="right", no_wrap=True)
    found.add_column(justify="center", no_wrap=True)
    found.add_column()
    for number, task in enumerate(map(in_list, tasks), 1):
        found.add_row(str(number), bold(task.priority.band), _entry(task, today, language))
    return found


def _entry(task: VisitTask, today: date | None, language: Language) -> Text:
    """What to do, where and by when; then why, in a sentence, the most pressing facts, and what
    has been done about it. Of a closed one when and why it closed."""
    say = language.say
    closed_on = task.closed_on
    when = phrase("worklist.closed", on=closed_on) if closed_on else due(task.due_by, today)
    told: list[str | Text] = [
        bold(say(task.does), f", {say(when)}"),
        say(where(task)),
    ]
    if closed_on:
        told += [f"{say(task.reason)}.", say(phrase("worklist.task_id", task=task.task_id))]
    else:
        facts = [f"{say(reason)}." for reason in task.reasons[:FACTS]]
        told += [say(task.priority.rule), *facts, *done_with(task, language)]
    if task.protected_identity:
        told.insert(1, say("worklist.protected"))
    if not closed_on and (task.record_incomplete or task.data_incomplete):
        told.append(say("worklist.incomplete"))
    return lines(told)
