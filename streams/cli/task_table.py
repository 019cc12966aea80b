"""Visit tasks for people: a table of them, and how many days are left."""

from datetime import date

from rich.table import Table
from rich.text import Text

from alerts.contract.messages import VisitTask
from alerts.language.sentences import Language
from alerts.views.in_lists import in_list
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
        say(phrase("worklist.where", district=task.district, lease=task.lease_id)),
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


def done_with(task: VisitTask, language: Language) -> list[str]:
    """What people have done with an open task: until when it waits, who goes when, whose it is and
    how often nobody was reached. At most two lines."""
    said = []
    if task.waits_until is not None:
        why = f"waits_for.{task.waits_for}"
        said.append(language.say(phrase("worklist.waits_until", until=task.waits_until, why=why)))
    words = []
    if task.planned_on is not None:
        words.append(phrase("worklist.planned", on=task.planned_on, who=task.planned_who))
    if task.assigned_to is not None:
        words.append(phrase("worklist.assigned", to=task.assigned_to))
    if task.attempts:
        words.append(phrase("worklist.attempts", count=task.attempts))
    return said + ([language.line(words)] if words else [])


def due(due_by: date, today: date | None) -> Phrase:
    """By which day, or by which it should have been done."""
    if today is None:
        return phrase("worklist.due", on=due_by)
    name = "was_due_with_days" if due_by < today else "due_with_days"
    return phrase(f"worklist.{name}", on=due_by, left=days_left((due_by - today).days))


def days_left(days: int) -> Phrase:
    """How many days are left, or since how many it is late."""
    if days == 0:
        return Phrase("worklist.today")
    way = "left" if days > 0 else "late"
    if abs(days) == 1:
        return Phrase(f"worklist.one_day_{way}")
    return phrase(f"worklist.days_{way}", days=abs(days))
