"""Today: what is mine and nobody's, or everybody's, first to be done first, cut at capacity."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import parse_qsl, quote

from msgspec import Struct
from sqlalchemy import Connection
from starlette.responses import Response

from alerts.views.lists import worklist
from alerts.views.lists.closed_since import Closed, closed_since
from alerts.views.lists.filters import Filter
from alerts.views.lists.list_choices import Choices
from alerts.views.lists.list_counts import ListCounts, list_counts
from alerts.views.lists.open_counts import OpenCounts
from alerts.views.lists.planned import Planned, of_others, planned
from alerts.views.lists.step_names import playbook_name, step_name
from alerts.views.lists.worklist import Worklist
from alerts.web.ask import Ask
from alerts.web.cookies import FILTER, keep
from alerts.web.cookies import kept as kept_for
from alerts.web.faults import Wrong
from alerts.web.lists.chosen import CAPACITIES, NAMES, SPANS, Chosen, chosen
from alerts.web.lists.rows import rows
from alerts.web.lists.tabs import tabs
from alerts.web.named import Names
from alerts.web.present import holders, present

_YEAR = 365 * 86_400  # seconds that a browser keeps the filter
_DAY = timedelta(days=1)


def today(ask: Ask) -> Response:
    """The tasks that are mine or nobody's, and where I am one of those who go."""
    return _list(ask, "today", mine=True)


def everyone(ask: Ask) -> Response:
    """The tasks of everybody in my scope."""
    return _list(ask, "everyone", mine=False)


class _Read(Struct, frozen=True):
    """What the page shows, as the database has it."""

    day: date
    found: Worklist
    outside: int
    counts: ListCounts
    closed: Closed
    offered: Choices
    names: Names


def _list(ask: Ask, tab: str, *, mine: bool) -> Response:
    wanted = kept(ask)
    read = _read(ask, wanted, mine=mine)
    response = ask.page(
        "today.html",
        day=read.day,
        yesterday=read.day - _DAY,
        tabs=tabs(read.counts, tab),
        tab=tab,
        chosen=wanted,
        choices=read.offered,
        names=_names(ask, read.offered),
        capacities=CAPACITIES,
        spans=SPANS,
        rows=rows(read.found.tasks, read.day, ask.language, read.names),
        left=_left(ask, read.found),
        outside=read.outside,
        opened=read.counts.opened,
        closed=read.closed,
    )
    _keep(response, ask, wanted)
    return response


def _read(ask: Ask, wanted: Chosen, *, mine: bool) -> _Read:
    """The list, what the filter hides, and what is told around it."""
    with ask.reading() as connection:
        day, team = ask.today(connection), present(ask, connection)
        visits, reader = planned(connection, ask.scope, day), team.reader(ask)
        others = reader.others if mine else None
        also = of_others(visits, reader) if mine else []
        counted = ask.site.remembered.open_counts(connection, ask.scope)
        every = _every(counted, others, also)
        found = _found(ask, connection, wanted.filter(day, others, also), wanted, every)
        return _Read(
            day=day,
            found=found,
            outside=_outside(found, every),
            counts=list_counts(connection, ask.scope, day, visits, reader, counted.back),
            closed=closed_since(connection, ask.scope, day - _DAY),
            offered=ask.site.remembered.choices(connection, ask.scope),
            names=holders(ask, team, found.tasks),
        )


def _found(
    ask: Ask, connection: Connection, filtered: Filter, wanted: Chosen, every: Mapping[str, int]
) -> Worklist:
    """The list; of one that is not filtered it is known how much there is."""
    counts = None if wanted.chips() else every
    return worklist.worklist(connection, ask.scope, filtered, limit=wanted.show, counts=counts)


def _every(
    counted: OpenCounts, others: tuple[str, ...] | None, also: list[Planned]
) -> Counter[str]:
    """How much there is without a filter, by band."""
    return Counter(counted.by_band(others)) + Counter(one.band for one in also)


def _outside(found: Worklist, every: Mapping[str, int]) -> int:
    """How many tasks of band A the filter hides: no filter hides that there are some."""
    shown = sum(task.priority.band == "A" for task in found.tasks)
    return max(0, every.get("A", 0) - shown - found.left_out.get("A", 0))


def _names(ask: Ask, offered: Choices) -> dict[str, dict[str, str]]:
    """What playbooks and steps are called."""
    towns, language = ask.site.towns, ask.language
    town = ask.person.municipality or ""
    return {
        "playbook": {name: playbook_name(towns, name, language) for name in offered.playbooks},
        "step": {name: step_name(towns, town, name, language) for name in offered.steps},
    }


def kept(ask: Ask) -> Chosen:
    """What was chosen now, or before; `Wrong`, in words, for what cannot be chosen."""
    given = {name: ask.query[name] for name in NAMES if name in ask.query}
    if not given and "clear" not in ask.query:
        given = _from_cookie(kept_for(ask, FILTER))
    try:
        return chosen(given)
    except Wrong as fault:
        raise Wrong(ask.say("today.wrong_choice", name=f"today.{fault}")) from None


def _keep(response: Response, ask: Ask, wanted: Chosen) -> None:
    words = "&".join(f"{name}={quote(value)}" for name, value in wanted.words().items())
    keep(response, ask, FILTER, words, _YEAR)


def _from_cookie(text: str) -> dict[str, str]:
    """What the cookie keeps; nothing of one that is not ours or has grown old."""
    given = {name: value for name, value in parse_qsl(text) if name in NAMES}
    try:
        return chosen(given).words()
    except Wrong:
        return {}


def _left(ask: Ask, found: Worklist) -> list[str]:
    """What the list has no room for, and what that risks, the gravest first."""
    return [ask.say(f"today.left_{band}", count=count) for band, count in found.left_out.items()]
