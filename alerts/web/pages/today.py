"""Today: what is mine and nobody's, or everybody's, first to be done first, cut at capacity."""

from datetime import timedelta
from urllib.parse import parse_qsl, quote

from sqlalchemy import Connection
from starlette.responses import Response

from alerts.views.lists import worklist
from alerts.views.lists.closed_since import closed_since
from alerts.views.lists.filters import Filter
from alerts.views.lists.list_choices import Choices
from alerts.views.lists.list_counts import list_counts
from alerts.views.lists.step_names import playbook_name, step_name
from alerts.views.lists.worklist import Worklist
from alerts.web.ask import Ask
from alerts.web.cookies import FILTER, keep
from alerts.web.cookies import kept as kept_for
from alerts.web.faults import Wrong
from alerts.web.lists.chosen import CAPACITIES, NAMES, SPANS, Chosen, chosen
from alerts.web.lists.rows import rows
from alerts.web.lists.tabs import tabs
from alerts.web.named import names_here

_YEAR = 365 * 86_400  # seconds that a browser keeps the filter
_DAY = timedelta(days=1)


def today(ask: Ask) -> Response:
    """The tasks that are mine, and those that are nobody's."""
    return _list(ask, "today", ask.person.subject)


def everyone(ask: Ask) -> Response:
    """The tasks of everybody in my scope."""
    return _list(ask, "everyone", None)


def _list(ask: Ask, tab: str, mine: str | None) -> Response:
    wanted, remembered = kept(ask), ask.site.remembered
    with ask.reading() as connection:
        day = ask.today(connection)
        found = _found(ask, connection, wanted.filter(day, mine), wanted, mine)
        outside = _outside(ask, connection, found, mine)
        counts = list_counts(connection, ask.scope, ask.person.subject, day)
        closed = closed_since(connection, ask.scope, day - _DAY)
        offered = remembered.choices(connection, ask.scope)
        names = names_here(ask, connection)
    response = ask.page(
        "today.html",
        day=day,
        yesterday=day - _DAY,
        tabs=tabs(counts, tab),
        tab=tab,
        chosen=wanted,
        choices=offered,
        names=_names(ask, offered),
        capacities=CAPACITIES,
        spans=SPANS,
        rows=rows(found.tasks, day, ask.language, names),
        left=_left(ask, found),
        outside=outside,
        opened=counts.opened,
        closed=closed,
    )
    _keep(response, ask, wanted)
    return response


def _found(
    ask: Ask, connection: Connection, filtered: Filter, wanted: Chosen, mine: str | None
) -> Worklist:
    """The list; of one that is not filtered it is remembered how much there is."""
    counts = None
    if not wanted.chips():
        counts = ask.site.remembered.open_counts(connection, ask.scope).by_band(mine)
    return worklist.worklist(connection, ask.scope, filtered, limit=wanted.show, counts=counts)


def _outside(ask: Ask, connection: Connection, found: Worklist, mine: str | None) -> int:
    """How many tasks of band A the filter hides: no filter hides that there are some."""
    every = ask.site.remembered.open_counts(connection, ask.scope).by_band(mine).get("A", 0)
    shown = sum(task.priority.band == "A" for task in found.tasks)
    return max(0, every - shown - found.left_out.get("A", 0))


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
