"""Finding a lease by its id, or by the landlord's own number of it."""

from starlette.responses import Response

from alerts.views.lease.find_lease import find
from alerts.web.ask import Ask
from alerts.web.links import link

_LONGEST = 60


def search(ask: Ask) -> Response:
    """The leases of my scope that the words name."""
    words = ask.query.get("words", "").strip()[:_LONGEST]
    ask.noted["words"] = words
    with ask.reading() as connection:
        found = find(connection, words, ask.scope) if words else []
    if len(found) == 1:
        return ask.to(link("case", lease=found[0].lease_id))
    return ask.page("search.html", words=words, found=found)
