"""A day's plan as `bokvar plan --json` prints it: texts in the system's language, and no district
of a protected identity."""

from datetime import date

from msgspec import Struct

from alerts.contract.messages import VisitTask
from alerts.language.sentences import Language
from alerts.planning.day_plan import DayPlan, Hours, LeftOver, Round, Stop
from alerts.planning.needs import need
from alerts.planning.why_left import risk


class Task(Struct):
    """A task on a list, or left over."""

    task_id: str
    lease_id: str
    municipality: str
    district: str | None
    protected_identity: bool
    band: str
    step: str
    does: str
    channel: str
    actor: str
    partners: tuple[str, ...]
    why: str
    due_by: date
    due_at: str | None
    legal_deadline: date | None
    planned_on: date | None
    planned_who: str | None
    assigned_to: str | None
    incomplete: bool


class Visited(Struct):
    """A case on a list; `out` where somebody goes there."""

    lease_id: str
    district: str | None
    protected_identity: bool
    out: bool
    minutes: int
    tasks: list[Task]


class Listed(Struct):
    """The list of a person, or of two who go together."""

    people: tuple[str, ...]
    minutes: int
    stops: list[Visited]


class Left(Struct):
    """A task on nobody's list: why, and what it risks."""

    task: Task
    because: str
    because_code: str
    risk: str


class Answer(Struct):
    """What `--json` prints. `as_of` is the newest day that had ended."""

    day: date
    as_of: date | None
    municipality: str | None
    rounds: list[Listed]
    left_over: list[Left]
    hours: list[Hours]
    waiting: int
    later: int
    unseen_districts: list[str]


def answer(plan: DayPlan, as_of: date | None, municipality: str | None, spoken: Language) -> Answer:
    """The plan with its words."""
    return Answer(
        day=plan.day,
        as_of=as_of,
        municipality=municipality,
        rounds=[_listed(one, spoken) for one in plan.rounds],
        left_over=[_left(one, plan.day, spoken) for one in plan.left_over],
        hours=plan.hours,
        waiting=plan.waiting,
        later=plan.later,
        unseen_districts=plan.unseen,
    )


def _listed(one: Round, spoken: Language) -> Listed:
    return Listed(one.people, one.minutes, [_visited(stop, spoken) for stop in one.stops])


def _visited(stop: Stop, spoken: Language) -> Visited:
    tasks = [_task(task, spoken) for task in stop.tasks]
    lease_id = stop.tasks[0].lease_id
    return Visited(lease_id, stop.district, stop.protected, stop.out, stop.minutes, tasks)


def _left(one: LeftOver, day: date, spoken: Language) -> Left:
    code = one.because.code.partition(".")[2]
    because, what = spoken.say(one.because), spoken.say(risk(one.task, day))
    return Left(_task(one.task, spoken), because, code, what)


def _task(task: VisitTask, spoken: Language) -> Task:
    return Task(
        task_id=task.task_id,
        lease_id=task.lease_id,
        municipality=task.municipality,
        district=None if task.protected_identity else task.district,
        protected_identity=task.protected_identity,
        band=task.priority.band,
        step=task.step,
        does=spoken.say(task.does),
        channel=task.channel,
        actor=task.actor,
        partners=need(task).partners,
        why=spoken.say(task.priority.rule),
        due_by=task.due_by,
        due_at=task.due_at,
        legal_deadline=task.legal_deadline,
        planned_on=task.planned_on,
        planned_who=task.planned_who,
        assigned_to=task.assigned_to,
        incomplete=task.data_incomplete or task.record_incomplete,
    )
