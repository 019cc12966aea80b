"""The team leader's page: what is at risk, whose the work is, and what came of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType

from msgspec import Struct
from sqlalchemy import Connection
from starlette.responses import Response

from alerts.access import people
from alerts.access.people import Colleague
from alerts.contract.messages import VisitTask
from alerts.views.lists.in_lists import in_list
from alerts.views.lists.step_names import step_name
from alerts.views.lists.task_said import days_left
from alerts.views.team.clocks_at_risk import WITHIN, clocks_at_risk
from alerts.views.team.outcomes_lately import outcomes_lately
from alerts.views.team.team_load import NOBODY, Counts, TeamLoad, team_load
from alerts.views.team.unnamed import unnamed
from alerts.web.ask import Ask
from alerts.web.charts.load import Load, load_chart
from alerts.web.present import Present, seen_on
from alerts.web.rendering import begun
from models.phrase import phrase

_RISKS, _CASES, _BARS = 25, 20, 12  # rows of a table, cases to be given, bars of a picture


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


class Part(Struct, frozen=True):
    """One way of dividing the load: its name, its rows, and the picture of the first of them."""

    name: str
    rows: list[Load]
    picture: str


def team(ask: Ask) -> Response:
    """The page."""
    with ask.reading() as connection:
        day = ask.today(connection)
        load = team_load(connection, ask.scope)
        known = people.colleagues(connection, ask.person.municipality or "")
        team_now = Present(known, ask.now.timestamp())
        risks = clocks_at_risk(connection, ask.scope, day, _RISKS, team_now.here)
        outcomes = outcomes_lately(connection, ask.scope, day)
        hidden = unnamed(connection, ask.scope, team_now.here)
        names = _names(connection, known, load, risks.tasks)
    seen, holding = last_seen(ask, known, names), _holding(ask, team_now, names)
    return ask.page(
        "team.html",
        day=day,
        within=WITHIN,
        away=people.AWAY,
        risks=[_risk(in_list(task), day, holding, ask) for task in risks.tasks],
        risks_left=risks.every - len(risks.tasks),
        unnamed=[(one, days(ask, one.legal_deadline, day)) for one in hidden[:_CASES]],
        unnamed_left=len(hidden[_CASES:]),
        parts=_parts(ask, load, names, seen),
        outcomes=outcomes,
        names=names,
        seen=seen,
        others=others(ask, known),
    )


def others(ask: Ask, known: Iterable[Colleague]) -> list[Colleague]:
    """To whom the leader can give cases: everybody but the leader (`handover.taker`)."""
    return [one for one in known if one.subject != ask.person.subject]


def days(ask: Ask, until: date | None, today: date) -> str:
    """The days that are left until a day of the law, and the day; empty without one."""
    if until is None:
        return ""
    return ask.say(phrase("team.days_on", left=days_left((until - today).days), on=until))


def _names(
    connection: Connection, known: list[Colleague], load: TeamLoad, tasks: list[VisitTask]
) -> dict[str, str]:
    """The names of colleagues, and of all who have a task: who never logged in is shown by the
    words with which the task was given."""
    names = {one.subject: one.name for one in known}
    given = {*load.people, *(task.assigned_to or NOBODY for task in tasks)} - {NOBODY, *names}
    return names | {one: one for one in sorted(given)} | people.names(connection, given)


def last_seen(ask: Ask, known: Iterable[Colleague], names: Iterable[str]) -> dict[str, str]:
    """When each last logged in, for the leader to hand over what somebody has left behind."""
    days = {one.subject: ask.say(phrase("away.last_seen", on=seen_on(one))) for one in known}
    return {one: days.get(one, ask.say("away.unknown")) for one in names}


def _holding(ask: Ask, team_now: Present, names: Mapping[str, str]) -> dict[str, str]:
    """What is said of who has a task at risk: also that they are not here."""
    others = {one: ask.say(phrase("away.stranger", name=name)) for one, name in names.items()}
    return others | team_now.said(ask)


def _risk(task: VisitTask, today: date, holding: dict[str, str], ask: Ask) -> Risk:
    until = task.legal_deadline
    return Risk(
        lease_id=task.lease_id,
        band=task.priority.band,
        days=days(ask, until, today),
        late=until is not None and until < today,
        does=ask.say(task.does).partition(":")[0],
        district=task.district,
        who=holding.get(task.assigned_to or NOBODY, ""),
        planned_on=task.planned_on,
        protected=task.protected_identity,
    )


def _parts(ask: Ask, load: TeamLoad, names: dict[str, str], seen: dict[str, str]) -> list[Part]:
    """The load by person, by district and by step; what is apart stands last."""
    towns, town = ask.site.towns, ask.person.municipality or ""
    people_, districts, steps = (
        _rows(load.people, lambda who: names.get(who, who), ask.say("team.nobody"), seen),
        _rows(load.districts, str, ask.say("team.nowhere")),
        _rows(load.steps, lambda step: begun(step_name(towns, town, step, ask.language)), ""),
    )
    if load.protected:
        districts.append(Load(ask.say("team.protected"), dict(load.protected)))
    every = {"people": people_, "districts": districts, "steps": steps}
    return [
        Part(name, rows, load_chart(ask.say(f"team.{name}"), rows[:_BARS], ask.language))
        for name, rows in every.items()
    ]


def _rows(
    counts: Counts,
    name: Callable[[str], str],
    apart: str,
    seen: Mapping[str, str] = MappingProxyType({}),
) -> list[Load]:
    """The rows, the heaviest first; what is nobody's or nowhere last."""
    rows = [
        Load(name(key), dict(by_band), seen.get(key, ""))
        for key, by_band in counts.items()
        if key != NOBODY
    ]
    rows.sort(key=lambda one: (-one.total, one.name))
    loose: Counter[str] = counts.get(NOBODY, Counter())
    return [*rows, Load(apart, dict(loose))] if loose else rows
