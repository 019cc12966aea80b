"""Why a lease has a task or none, in one plain Swedish sentence."""

from collections.abc import Callable, Mapping, Sequence

from alerts.cases.priority import Situation, sort_key
from alerts.contract.messages import VisitTask
from alerts.language import words
from models.lease.cases import task_id
from models.lease.settlement import Line
from models.standing.arrears import is_disputed, judged_on

Tasks = Mapping[str, VisitTask]


def why(situation: Situation, tasks: Sequence[VisitTask]) -> str:
    """The sentence; `tasks` are all that the lease ever had, at their newest."""
    still_open = [task for task in tasks if task.state != "closed"]
    if still_open:
        first = min(still_open, key=lambda task: sort_key(task.priority, task.lease_id))
        step = words.STEPS[first.step].partition(":")[0].lower()
        return f"Det finns en uppgift, {step} senast {words.day(first.due_by)}: " + _lowered(
            first.priority.why
        )
    done = {task.task_id: task for task in tasks}
    for applies in _RULES:
        said = applies(situation, done)
        if said is not None:
            return f"Ingen uppgift: {said}."
    return "Ingen uppgift: hyran är betald och inget ärende pågår."


def _unregistered(situation: Situation, done: Tasks) -> str | None:
    if situation.lease.terms is not None:
        return None
    held = situation.lease.held_since
    since = f" sedan {words.day(held[0])}" if held and held[0].year > 1994 else ""
    return f"hyresvärden har inte registrerat avtalet, och dess händelser väntar{since}"


def _executed(situation: Situation, done: Tasks) -> str | None:
    return "avhysningen är verkställd" if situation.legal.executed else None


def _ended(situation: Situation, done: Tasks) -> str | None:
    ended = situation.lease.ended
    if ended is None or ended[0] >= situation.today:
        return None
    return f"hyresavtalet upphörde {words.day(ended[0])}"


def _done(situation: Situation, done: Tasks) -> str | None:
    """The case goes on, but everything it asked for has been done."""
    if situation.lease.case is None or not situation.lease.case.tasks:
        return None
    case = situation.lease.case
    last = max(case.tasks, key=lambda task: task.closed_on or task.opened_on)
    told = done.get(task_id(situation.lease.lease_id, case.episode, last.step, last.round))
    if last.closed_on is None or told is None:
        return None
    what = words.STEPS[last.step].partition(":")[0].lower()
    return (
        f"{what} avslutades {words.day(last.closed_on)} ({_lowered(told.reason)}), och inget nytt "
        "har hänt sedan dess"
    )


def _planned(situation: Situation, done: Tasks) -> str | None:
    return (
        "den sena hyran täcks av en betalningsplan som hålls" if situation.arrears.planned else None
    )


def _late_today(situation: Situation, done: Tasks) -> str | None:
    if situation.arrears.since is None and not situation.legal.running:
        return None
    return f"läget är nytt, och uppgiften kommer när dagen {words.day(situation.today)} är slut"


def _disputed(situation: Situation, done: Tasks) -> str | None:
    disputed = [
        x
        for x in _unpaid(situation)
        if x.last_day < situation.today and is_disputed(situation.lease, x, situation.today)
    ]
    if not disputed:
        return None
    return f"hyran för {disputed[0].period} är omtvistad, och räknas därför inte som sen"


def _awaited(situation: Situation, done: Tasks) -> str | None:
    passed = [line for line in _unpaid(situation) if line.last_day < situation.today]
    if not passed:
        return None
    line = passed[0]
    return (
        f"hyran skulle vara betald {words.day(line.last_day)}, men bankens bokföring får komma in "
        f"till och med {words.day(judged_on(line.due_on))} innan den räknas som sen"
    )


def _not_due(situation: Situation, done: Tasks) -> str | None:
    coming = _unpaid(situation)
    if not coming:
        return None
    return f"inget är sent; nästa hyra ska vara betald senast {words.day(coming[0].last_day)}"


def _unpaid(situation: Situation) -> list[Line]:
    return [line for line in situation.arrears.settlement.lines if line.rent_left]


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


_RULES: tuple[Callable[[Situation, Tasks], str | None], ...] = (
    _unregistered,
    _executed,
    _ended,
    _planned,
    _done,
    _late_today,
    _disputed,
    _awaited,
    _not_due,
)
