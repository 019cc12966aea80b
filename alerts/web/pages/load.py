"""How much work there is and whose it is, what came of it lately, and how it is handed over."""

from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType

from msgspec import Struct
from sqlalchemy import Connection
from starlette.responses import Response

from alerts.access import people
from alerts.access.people import Colleague
from alerts.views.lists.step_names import step_name
from alerts.views.team.outcomes_lately import outcomes_lately
from alerts.views.team.team_load import NOBODY, Counts, TeamLoad, team_load
from alerts.web.ask import Ask
from alerts.web.charts.load import Load, load_chart
from alerts.web.colleague import others
from alerts.web.present import last_seen
from alerts.web.rendering import begun

_BARS = 12  # of a picture


class Part(Struct, frozen=True):
    """One way of dividing the load: its name, its rows, and the picture of the first of them."""

    name: str
    rows: list[Load]
    picture: str


def load(ask: Ask) -> Response:
    """The page."""
    with ask.reading() as connection:
        day = ask.today(connection)
        found = team_load(connection, ask.scope)
        outcomes = outcomes_lately(connection, ask.scope, day)
        known = people.colleagues(connection, ask.person.municipality or "")
        names = _names(connection, known, found)
    seen = last_seen(ask, known, names)
    return ask.page(
        "load.html",
        day=day,
        parts=_parts(ask, found, names, seen),
        outcomes=outcomes,
        names=names,
        seen=seen,
        others=others(ask, known),
    )


def _names(connection: Connection, known: list[Colleague], found: TeamLoad) -> dict[str, str]:
    """The names of colleagues, and of all who have a task: who never logged in is shown by the
    words with which the task was given."""
    names = {one.subject: one.name for one in known}
    given = set(found.people) - {NOBODY, *names}
    return names | {one: one for one in sorted(given)} | people.names(connection, given)


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
