"""Shows a case as it stands after an act: the task it was about, or what is open."""

from msgspec import Struct

from alerts.commands.case_act import Told
from alerts.commands.stored_cases import stand_of
from alerts.commands.undo_act import undoable
from alerts.contract.messages import VisitTask
from alerts.language.outgoing import visit_task
from alerts.language.sentences import Language
from alerts.views.lease import lease_page
from alerts.views.lease.lease_contacts_parts import CaseAct
from alerts.views.lease.lease_known import Known
from alerts.views.lease.lease_page_parts import Page
from alerts.views.lists.task_said import done_with
from models.phrase import Phrase, phrase
from streams.cli.refuse import refuse
from streams.cli.screen import Screen, show_json


class Shown(Struct):
    """What `--json` prints: the act's event, and the case as it stands; `tasks` has the task that
    the act was about, or those that are open."""

    event_id: str
    lease_id: str
    folded: bool
    tasks: list[VisitTask]
    case_acts: list[CaseAct]
    child_question: str | None


class Listed(Struct):
    """What `bokvar case undo` without an act prints with `--json`."""

    lease_id: str
    case_acts: list[CaseAct]


def show(told: Told, known: Known, language: Language, *, as_json: bool, waits: bool) -> None:
    """Print the case after an act; `waits` if the act is to make its tasks wait. Status 1 if no
    worker has folded the act yet."""
    page, tasks = lease_page.page(known, language), _tasks(told, known)
    if as_json:
        spoken = [visit_task(task, language) for task in tasks]
        show_json(
            Shown(told.event_id, told.lease_id, told.folded, spoken, page.case_acts,
                  page.child_question)
        )  # fmt: skip
    elif told.folded:
        _print(page, tasks, told, language, waits)
    if not told.folded:
        refuse(
            f"the act {told.event_id} is in the log, but has not taken effect yet: it will when a "
            "worker has read it (see `bokvar status`)",
            status=1,
        )


def show_acts(known: Known, language: Language, *, as_json: bool) -> None:
    """Print what can be undone, each act with its id: those of the case's own municipality."""
    page, console = lease_page.page(known, language), Screen(soft_wrap=True)
    own = {act.act_id for act in undoable(stand_of(known))}
    acts = [act for act in page.case_acts if act.act_id in own]
    if as_json:
        show_json(Listed(page.lease_id, acts))
        return
    head = "case_act.can_be_undone" if acts else "case_act.nothing_to_undo"
    console.print(language.say(head))
    for act in acts:
        console.print(f"{act.act_id}  {act.text}")


def _tasks(told: Told, known: Known) -> list[VisitTask]:
    if told.task_id is not None:
        return [task for task in known.tasks if task.task_id == told.task_id]
    return [task for task in known.tasks if task.state != "closed"]


def _print(page: Page, tasks: list[VisitTask], told: Told, language: Language, waits: bool) -> None:
    console = Screen(soft_wrap=True)
    for act in page.case_acts:
        if act.act_id == told.event_id:
            console.print(f"{act.text}.")
    for task in tasks:
        console.print(language.say(_task(task, page)))
        for line in done_with(task, language):
            console.print(f"  {line}")
        if waits and task.waits_until is None:
            console.print(f"  {language.say('case_act.not_waiting')}")
    if not tasks:
        console.print(language.say("case_act.no_tasks"))
    if page.back_on is not None:
        console.print(language.say(phrase("case_act.back_on", on=page.back_on)))


def _task(task: VisitTask, page: Page) -> Phrase:
    if task.closed_on is not None:
        return phrase("case_act.closed", step=task.does, on=task.closed_on, reason=task.reason)
    name = "task_overdue" if task.due_by < page.today else "task"
    band = task.priority.band
    return phrase(f"lease_page.{name}", band=band, step=task.does, due_by=task.due_by)
