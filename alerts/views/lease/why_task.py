"""Why a lease has a task or none."""

from collections.abc import Callable, Mapping, Sequence

from alerts.cases.follow_up import days_of, waits_until
from alerts.cases.law_steps import last_step
from alerts.cases.outreach import is_muted
from alerts.cases.priority import sort_key
from alerts.cases.rent_known import rent_unknown
from alerts.cases.rent_reasons import due_moved
from alerts.cases.situation import Situation
from alerts.contract.messages import VisitTask
from alerts.fold.partition import BEGINNING
from alerts.views.lease.case_back import back_on, waits_no_longer
from models.law.weekdays import add_working_days
from models.lease.disputes import is_disputed
from models.lease.lines import Line
from models.lease.trifles import is_trifle
from models.phrase import Phrase, phrase
from models.standing.arrears import judged_on
from models.standing.plans import read_plans

Tasks = Mapping[str, VisitTask]


def why(situation: Situation, tasks: Sequence[VisitTask]) -> Phrase:
    """The sentence; `tasks` are all that the lease ever had, at their newest."""
    still_open = [task for task in tasks if task.state != "closed"]
    if still_open:
        if all(task.waits_until is not None for task in still_open):
            return _waits(still_open, situation)
        still_open = [task for task in still_open if task.waits_until is None]
        first = min(still_open, key=lambda task: sort_key(task.priority, task.lease_id))
        return _open(first, situation)
    done = {task.task_id: task for task in tasks}
    for applies in _RULES:
        said = applies(situation, done)
        if said is not None:
            return said
    return Phrase("why.nothing")


def _open(task: VisitTask, situation: Situation) -> Phrase:
    """The task and its day, and why it stands where it does; its day is said once."""
    is_late, rule = task.due_by < situation.today, task.priority.rule
    said = {"step": task.does, "due_by": task.due_by}
    if rule.code in ("rank.clock_is_running_out", "rank.clock_has_run_out"):
        name = "why.task_overdue_of" if is_late else "why.task_of"
        return Phrase(name, phrase(name, **said).args | {"household": rule.args["household"]})
    return phrase("why.task_overdue" if is_late else "why.task", why=rule, **said)


def _waits(tasks: Sequence[VisitTask], situation: Situation) -> Phrase:
    """All that is to be done waits, for the same reason and until the same day."""
    first = min(tasks, key=lambda task: sort_key(task.priority, task.lease_id))
    waits, waits_for = waits_until(situation), f"waits_for.{first.waits_for}"
    until = first.waits_until if waits is None else waits_no_longer(situation, waits)
    return phrase("why.waits", step=first.does, until=until, why=waits_for)


def _unregistered(situation: Situation, done: Tasks) -> Phrase | None:
    if situation.lease.terms is not None:
        return None
    held = situation.lease.held_since
    if held is None or held[0].year <= BEGINNING.year:
        return Phrase("why.unregistered")
    return phrase("why.unregistered_since", on=held[0])


def _executed(situation: Situation, done: Tasks) -> Phrase | None:
    step = last_step(situation, "eviction.")
    if not situation.legal.executed or step is None:
        return None
    return phrase("why.executed_on", on=step.on)


def _ended(situation: Situation, done: Tasks) -> Phrase | None:
    ended = situation.lease.ended
    if ended is None or not situation.is_over:
        return None
    return phrase("why.lease_ended", on=ended[0])


def _case_waits(situation: Situation, done: Tasks) -> Phrase | None:
    """Somebody has put the case off: what was done is not followed up before that has ended."""
    waits = waits_until(situation) if situation.lease.case is not None else None
    if waits is None:
        return None
    until = waits_no_longer(situation, waits)
    return phrase("why.case_waits", until=until, why=f"waits_for.{waits.code}")


def _done(situation: Situation, done: Tasks) -> Phrase | None:
    """The case goes on, but everything it asked for has been done."""
    case = situation.lease.case
    if case is None or not case.tasks:
        return None
    last = max(case.tasks, key=lambda task: task.closed_on or task.opened_on)
    told = done.get(case.id_of(situation.lease.lease_id, last))
    if last.closed_on is None or told is None:
        return None
    said = {"step": told.does, "on": last.closed_on, "reason": told.reason}
    back = back_on(situation)
    if back is None:
        return phrase("why.done", **said)
    return phrase("why.followed_up", **said, back=back)


def _planned(situation: Situation, done: Tasks) -> Phrase | None:
    if not situation.arrears.planned:
        return None
    today, lines = situation.today, situation.arrears.settlement.lines
    plans = [p for p in read_plans(situation.lease, lines, today) if p.ended is None]
    coming = [part for part in plans[-1].instalments if part.due_on >= today] if plans else []
    if not coming:
        return Phrase("why.planned")
    part = coming[0]
    return phrase("why.planned_on", plan=plans[-1].plan_id, ore=part.amount_ore, due=part.due_on)


def _objected(situation: Situation, done: Tasks) -> Phrase | None:
    unpaid = situation.arrears.late or situation.arrears.disputed
    if situation.objected_on is None or situation.legal.running or not unpaid:
        return None
    return phrase("why.objected", on=situation.objected_on)


def _as_always(situation: Situation, done: Tasks) -> Phrase | None:
    if situation.legal.running or not situation.arrears.late or not is_muted(situation):
        return None
    named, forfeited = situation.lease.habit_named_on, situation.arrears.forfeited_from
    return phrase("why.as_always", named=named, forfeited=forfeited)


def _late_today(situation: Situation, done: Tasks) -> Phrase | None:
    arrears = situation.arrears
    if arrears.since is None and not arrears.disputed and not situation.legal.running:
        return None
    return phrase("why.new_today", on=situation.today)


def _disputed(situation: Situation, done: Tasks) -> Phrase | None:
    account = situation.lease.account
    for line in _passed(situation):
        if is_disputed(account, line.invoice_id, situation.today):
            return phrase("why.disputed", period=line.span)
    return None


def _unreported(situation: Situation, done: Tasks) -> Phrase | None:
    """Nothing is asked of a tenant whose landlord has not reported."""
    lines = situation.arrears.unreported
    return phrase("why.unreported", on=lines[0].last_day) if lines else None


def _phoned(situation: Situation, done: Tasks) -> Phrase | None:
    """The town waits for who has got in touch."""
    for step in situation.way.steps:
        phoned = situation.way.stopped_on(step, situation)
        if phoned is not None and not situation.legal.running:
            until = add_working_days(phoned, days_of(situation, "phoned"))
            return phrase("why.phoned", on=phoned, until=until)
    return None


def _trifle(situation: Situation, done: Tasks) -> Phrase | None:
    left = sum(line.rent_left for line in _passed(situation))
    return phrase("why.trifle", ore=left) if left and is_trifle(left) else None


def _awaited(situation: Situation, done: Tasks) -> Phrase | None:
    for line in _passed(situation):
        return phrase("why.awaited", on=line.last_day, until=judged_on(line.due_on))
    return None


def _not_due(situation: Situation, done: Tasks) -> Phrase | None:
    for line in _unpaid(situation):
        if line.moved:
            return phrase("why.not_due_moved", on=line.last_day, why=due_moved(line))
        return phrase("why.not_due", on=line.last_day)
    return None


def _unknown(situation: Situation, done: Tasks) -> Phrase | None:
    """Nothing is unpaid that is known: whether any rent is, is not known."""
    rent = rent_unknown(situation)
    return phrase("why.unknown", rent=rent) if rent is not None else None


def _passed(situation: Situation) -> list[Line]:
    """The unpaid rent whose last day in time has passed."""
    return [line for line in _unpaid(situation) if line.last_day < situation.today]


def _unpaid(situation: Situation) -> list[Line]:
    return [line for line in situation.arrears.settlement.lines if line.rent_left]


_RULES: tuple[Callable[[Situation, Tasks], Phrase | None], ...] = (
    _unregistered,
    _executed,
    _ended,
    _planned,
    _case_waits,
    _done,
    _objected,
    _as_always,
    _phoned,
    _unreported,
    _late_today,
    _disputed,
    _trifle,
    _awaited,
    _unknown,
    _not_due,
)
