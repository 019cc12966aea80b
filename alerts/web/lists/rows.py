"""A task as a row of a list: the days left first, what to do, and why it stands there; of one that
is closed first when and as what."""

from collections.abc import Collection, Iterable
from datetime import date

from msgspec import Struct

from alerts.contract.messages import VisitTask
from alerts.language.sentences import Language
from alerts.views.lists.in_lists import in_list
from alerts.views.lists.task_said import done_with, due, pressing_facts, where
from alerts.web.named import Names, task_named
from alerts.web.rendering import begun
from models.phrase import Phrase, phrase

CONFIRM_STEP = "confirm_eviction"
_AHEAD = {  # reasons that name a day which is no last day to save the home
    "reason.reply_by": "reply",
    "reason.message_alone": "floor",
    "reason.last_day_till_end": "ending",
}
_PASSED = {"reason.eviction_unheard": "unheard"}
FACTS = 2  # of a task's reasons, the most pressing


class Row(Struct, frozen=True):
    """`number` and `unit` are the days left to save the home, or, where the law counts none, until
    somebody should act; `late` if that day has passed. There is no number where the unit is a
    sentence of its own: that the day is today, or on which one the task closed. `closed` says that
    and what came of it, `came_of` the latter alone. `there` unless another town has the case."""

    task_id: str
    lease_id: str
    band: str
    number: str
    unit: str
    late: bool
    does: str
    due: str
    where: str
    why: str
    facts: list[str]
    done: list[str]
    tried: str
    protected: bool
    is_given: bool
    incomplete: bool
    closed: str | None
    came_of: str
    planned_on: date | None
    planned_who: str | None
    waits_until: date | None
    there: bool


def rows(
    tasks: Iterable[VisitTask],
    today: date,
    language: Language,
    names: Names,
    elsewhere: Collection[str] = (),
) -> list[Row]:
    """The rows of tasks, in their order and without what no list shows; `elsewhere` are leases that
    another town has now."""
    return [
        _row(task_named(in_list(task), names), today, language, task.lease_id not in elsewhere)
        for task in tasks
    ]


def _row(task: VisitTask, today: date, language: Language, there: bool) -> Row:
    say = language.say
    number, unit, late = _days(task, today) if task.closed_on is None else _closed_late(task)
    return Row(
        task_id=task.task_id,
        lease_id=task.lease_id,
        band=task.priority.band,
        number=number,
        unit=say(unit),
        late=late,
        does=say(task.does),
        due=begun(say(_due(task, today))),
        where=say(where(task, there)),
        why=say(task.priority.rule),
        facts=[f"{say(reason)}." for reason in pressing_facts(task, FACTS)],
        done=done_with(task, language),
        tried=say(phrase("tried.landlord", tries=task.landlord_tried.tries)),
        protected=task.protected_identity,
        is_given=task.assigned_to is not None,
        incomplete=task.record_incomplete or task.data_incomplete,
        closed=_closed(task, language),
        came_of="" if task.closed_on is None else f"{begun(say(task.reason))}.",
        planned_on=task.planned_on,
        planned_who=task.planned_who,
        waits_until=task.waits_until,
        there=there,
    )


def _due(task: VisitTask, today: date) -> Phrase:
    """By when; of what is closed in time without days left, for there are none to count."""
    on = task.closed_on
    return due(task.due_by, today if on is None else on if on > task.due_by else None)


def _closed(task: VisitTask, language: Language) -> str | None:
    if task.closed_on is None:
        return None
    return language.say(phrase("row.closed", on=task.closed_on, reason=task.reason))


def _closed_late(task: VisitTask) -> tuple[str, Phrase, bool]:
    """What leads a closed task: nothing is left to count, and it is late only if it closed so."""
    by = task.legal_deadline or task.due_by
    late = task.closed_on is not None and task.closed_on > by
    return "", phrase("row.closed_late" if late else "row.closed_day", on=task.closed_on), late


def _of_law(task: VisitTask, day: date, today: date) -> str:
    """What the days to a day of the law are left for, or have passed since."""
    if task.step == CONFIRM_STEP:
        return "confirm"
    about = _PASSED if day < today else _AHEAD
    named = (r for r in task.reasons if r.code in about and str(day) in map(str, r.args.values()))
    return next((about[reason.code] for reason in named), "law")


def _days(task: VisitTask, today: date) -> tuple[str, Phrase, bool]:
    """The leading number: days to the law's day, else to the task's own. To confirm an eviction
    time is the municipality's duty on a day of its own, and saves no home."""
    by_law = task.legal_deadline
    left = ((by_law or task.due_by) - today).days
    name = "own" if by_law is None else _of_law(task, by_law, today)
    one = "_one" if abs(left) == 1 else ""
    if left < 0:
        return str(-left), Phrase(f"row.{name}_passed{one}"), True
    if left == 0:
        return "", Phrase(f"row.{name}_today"), False
    return str(left), Phrase(f"row.{name}_left{one}"), False
