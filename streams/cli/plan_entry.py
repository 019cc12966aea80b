"""What a printed day's plan says of a task: where, what, by when and why."""

from datetime import date, datetime

from rich.text import Text

from alerts.contract.messages import VisitTask
from alerts.language.sentences import Language
from alerts.planning.day_plan import LeftOver, Stop
from alerts.planning.needs import need
from alerts.planning.why_left import names_day, risk
from alerts.views.lists.task_said import due, where
from models.phrase import Phrase, phrase
from models.stockholm import STOCKHOLM
from streams.cli.screen import bold, lines

ROOM = "_" * 56  # to write on


def stop_entry(stop: Stop, who: tuple[str, ...], day: date, language: Language) -> Text:
    """A case on a list, with a line to write on; a reason is said once."""
    say, first = language.say, stop.tasks[0]
    told: list[str | Text] = [
        bold(say(where(first)), f", {say(phrase('plan_page.minutes', minutes=stop.minutes))}")
    ]
    if stop.protected:
        told.append(bold(say("worklist.protected")))
    before = ""
    for task in stop.tasks:
        told.append(_what(task, day, language))
        why = say(task.priority.rule)
        told += [why] if why != before else []
        told += [say(note) for note in _notes(task, who)]
        before = why
    return lines([*told, "", f"{say('plan_page.notes')} {ROOM}"])


def left_entry(left: LeftOver, day: date, language: Language) -> Text:
    """A task on nobody's list: what it risks, and why it is left where time is not the reason."""
    say, task = language.say, left.task
    what = say(phrase("plan_page.left_task", does=task.does))
    told: list[str | Text] = [bold(say(where(task)), f": {what}")]
    if task.protected_identity:
        told.append(bold(say("worklist.protected")))
    told.append(say(risk(task, day)))
    if not names_day(task):
        told.append(say(task.priority.rule))
    if left.because.code != "plan_page.full":
        told.append(say(left.because))
    return lines(told)


def _what(task: VisitTask, day: date, language: Language) -> str:
    return f"{language.say(task.does)}, {language.say(_by(task, day))}."


def _by(task: VisitTask, day: date) -> Phrase:
    if task.due_at is None or task.due_by < day:
        return due(task.due_by, day)
    at = datetime.fromisoformat(task.due_at).astimezone(STOCKHOLM)
    return phrase("plan_page.at", on=at.date(), clock=f"{at:%H:%M}")


def _notes(task: VisitTask, who: tuple[str, ...]) -> list[Phrase]:
    """Who goes along from outside, what was planned, whose it is else, and what is not known."""
    said = []
    if partners := need(task).partners:
        said.append(phrase("plan_page.partner", who=[f"plan_page.role_{one}" for one in partners]))
    if task.planned_on is not None:
        planned = {"on": task.planned_on, "who": task.planned_who or ""}
        said.append(phrase("plan_page.planned", **planned))
    elif task.assigned_to is not None and task.assigned_to not in who:
        said.append(phrase("plan_page.belongs", who=task.assigned_to))
    if task.data_incomplete or task.record_incomplete:
        said.append(Phrase("worklist.incomplete"))
    return said
