"""Why a lease has a task or none, in one plain Swedish sentence."""

from collections.abc import Callable, Mapping, Sequence

from alerts.cases.priority import Situation, sort_key
from alerts.contract.messages import VisitTask
from alerts.language import words
from models.lease.cases import task_id
from models.lease.settlement import Line
from models.standing.arrears import is_disputed, judged_on

Tasks = Mapping[str, VisitTask]


def why(s: Situation, tasks: Sequence[VisitTask]) -> str:
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
        said = applies(s, done)
        if said is not None:
            return f"Ingen uppgift: {said}."
    return "Ingen uppgift: hyran är betald och inget ärende pågår."


def _unregistered(s: Situation, done: Tasks) -> str | None:
    if s.lease.terms is not None:
        return None
    held = s.lease.held_since
    since = f" sedan {words.day(held[0])}" if held and held[0].year > 1994 else ""
    return f"hyresvärden har inte registrerat avtalet, och dess händelser väntar{since}"


def _executed(s: Situation, done: Tasks) -> str | None:
    return "avhysningen är verkställd" if s.legal.executed else None


def _ended(s: Situation, done: Tasks) -> str | None:
    ended = s.lease.ended
    if ended is None or ended[0] >= s.today:
        return None
    return f"hyresavtalet upphörde {words.day(ended[0])}"


def _done(s: Situation, done: Tasks) -> str | None:
    """The case goes on, but everything it asked for has been done."""
    if s.lease.case is None or not s.lease.case.tasks:
        return None
    case = s.lease.case
    last = max(case.tasks, key=lambda task: task.closed_on or task.opened_on)
    told = done.get(task_id(s.lease.lease_id, case.episode, last.step, last.round))
    if last.closed_on is None or told is None:
        return None
    what = words.STEPS[last.step].partition(":")[0].lower()
    return (
        f"{what} avslutades {words.day(last.closed_on)} ({_lowered(told.reason)}), och inget nytt "
        "har hänt sedan dess"
    )


def _planned(s: Situation, done: Tasks) -> str | None:
    return "den sena hyran täcks av en betalningsplan som hålls" if s.arrears.planned else None


def _late_today(s: Situation, done: Tasks) -> str | None:
    if s.arrears.since is None and not s.legal.running:
        return None
    return f"läget är nytt, och uppgiften kommer när dagen {words.day(s.today)} är slut"


def _disputed(s: Situation, done: Tasks) -> str | None:
    disputed = [x for x in _unpaid(s) if x.last_day < s.today and is_disputed(s.lease, x, s.today)]
    if not disputed:
        return None
    return f"hyran för {disputed[0].period} är omtvistad, och räknas därför inte som sen"


def _awaited(s: Situation, done: Tasks) -> str | None:
    passed = [line for line in _unpaid(s) if line.last_day < s.today]
    if not passed:
        return None
    line = passed[0]
    return (
        f"hyran skulle vara betald {words.day(line.last_day)}, men bankens bokföring får komma in "
        f"till och med {words.day(judged_on(line.due_on))} innan den räknas som sen"
    )


def _not_due(s: Situation, done: Tasks) -> str | None:
    coming = _unpaid(s)
    if not coming:
        return None
    return f"inget är sent; nästa hyra ska vara betald senast {words.day(coming[0].last_day)}"


def _unpaid(s: Situation) -> list[Line]:
    return [line for line in s.arrears.settlement.lines if line.rent_left]


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
