"""The team leader's page: what is at risk, and the cases that nobody may open."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from starlette.responses import Response

from alerts.access import people
from alerts.contract.messages import VisitTask
from alerts.views.lists.in_lists import in_list
from alerts.views.lists.task_said import days_left
from alerts.views.team.clocks_at_risk import WITHIN, clocks_at_risk
from alerts.views.team.days_gone import days_gone
from alerts.views.team.unnamed import unnamed
from alerts.web.ask import Ask
from alerts.web.colleague import others
from alerts.web.named import Names
from alerts.web.present import Present, holders, last_seen
from models.phrase import phrase

_RISKS, _CASES = 25, 20  # rows of a table, cases to be given


class Risk(Struct, frozen=True):
    """A row of what is at risk; of a protected identity no district."""

    lease_id: str
    band: str
    days: str
    late: bool
    does: str
    district: str
    who: str
    planned_on: date | None
    protected: bool


def team(ask: Ask) -> Response:
    """The page."""
    town = ask.person.municipality or ""
    with ask.reading() as connection:
        day = ask.today(connection)
        known, now = people.colleagues(connection, town), ask.now.timestamp()
        here = people.here(known, now)
        risks = clocks_at_risk(connection, ask.scope, day, _RISKS, here)
        gone = days_gone(connection, ask.scope, here)
        hidden = unnamed(connection, ask.scope, here)
        shown = [*risks.tasks, *gone][:_RISKS]
        strangers = people.names(connection, _given(shown) - {one.subject for one in known})
    holding = holders(ask, Present(known, now, strangers), shown)
    return ask.page(
        "team.html",
        day=day,
        within=WITHIN,
        away=people.AWAY,
        risks=[_risk(in_list(task), day, holding, ask) for task in shown],
        risks_left=risks.every + len(gone) - len(shown),
        unnamed=[(one, days(ask, one.legal_deadline, day)) for one in hidden[:_CASES]],
        unnamed_left=len(hidden[_CASES:]),
        seen=last_seen(ask, known, [one.subject for one in known]),
        others=others(ask, known),
    )


def _given(tasks: Iterable[VisitTask]) -> set[str]:
    return {task.assigned_to for task in tasks if task.assigned_to is not None}


def days(ask: Ask, until: date | None, today: date) -> str:
    """The days that are left until a day of the law, and the day; empty without one."""
    if until is None:
        return ""
    return ask.say(phrase("team.days_on", left=days_left((until - today).days), on=until))


def _risk(task: VisitTask, today: date, holding: Names, ask: Ask) -> Risk:
    until = task.legal_deadline
    return Risk(
        lease_id=task.lease_id,
        band=task.priority.band,
        days=days(ask, until, today),
        late=until is not None and until < today,
        does=ask.say(task.does).partition(":")[0],
        district=task.district,
        who=holding.get(task.assigned_to or "", ""),
        planned_on=task.planned_on,
        protected=task.protected_identity,
    )
