"""Today: what is mine and nobody's, or everybody's, first to be done first, cut at capacity."""

from datetime import timedelta
from urllib.parse import parse_qsl, quote

from starlette.responses import Response

from alerts.views import worklist
from alerts.views.since import since
from alerts.views.step_names import playbook_name, step_name
from alerts.views.worklist import Worklist
from alerts.web.ask import Ask
from alerts.web.chosen import CAPACITIES, COOKIE, NAMES, SPANS, Chosen, chosen
from alerts.web.faults import Wrong
from alerts.web.named import names_here
from alerts.web.rows import rows
from alerts.web.tabs import tabs

_YEAR = 365 * 86_400  # seconds that a browser keeps the filter
_DAY = timedelta(days=1)


def today(ask: Ask) -> Response:
    """The tasks that are mine, and those that are nobody's."""
    return _list(ask, "today", ask.person.subject)


def everyone(ask: Ask) -> Response:
    """The tasks of everybody in my scope."""
    return _list(ask, "everyone", None)


def _list(ask: Ask, tab: str, mine: str | None) -> Response:
    wanted, towns = kept(ask), ask.site.towns
    with ask.reading() as connection:
        day = ask.today(connection)
        filtered = wanted.filter(day, mine)
        found = worklist.worklist(connection, ask.scope, filtered, limit=wanted.show)
        offered = ask.site.choices(connection, ask.scope)
        news = since(connection, ask.scope, day - _DAY)
        names = names_here(ask, connection)
        shown = tabs(ask, connection, tab, day)
    response = ask.page(
        "today.html",
        day=day,
        tabs=shown,
        tab=tab,
        chosen=wanted,
        choices=offered,
        playbooks={n: playbook_name(towns, n, ask.language) for n in offered.playbooks},
        steps={n: step_name(towns, n, ask.language) for n in offered.steps},
        capacities=CAPACITIES,
        spans=SPANS,
        rows=rows(found.tasks, day, ask.language, names),
        left=_left(ask, found),
        news=news,
    )
    _keep(response, ask, wanted)
    return response


def kept(ask: Ask) -> Chosen:
    """What was chosen now, or before; `Wrong`, in words, for what cannot be chosen."""
    given = {name: ask.query[name] for name in NAMES if name in ask.query}
    if not given and "clear" not in ask.query:
        given = _from_cookie(ask.cookies.get(COOKIE, ""))
    try:
        return chosen(given)
    except Wrong as fault:
        raise Wrong(ask.say("today.wrong_choice", name=f"today.{fault}")) from None


def _keep(response: Response, ask: Ask, wanted: Chosen) -> None:
    words = "&".join(f"{name}={quote(value)}" for name, value in wanted.words().items())
    response.set_cookie(
        COOKIE, words, max_age=_YEAR, secure=ask.site.secure, httponly=True, samesite="lax"
    )


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
