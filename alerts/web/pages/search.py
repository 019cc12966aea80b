"""Finding a lease by its id, or by the landlord's own number of it."""

from starlette.responses import Response

from alerts.views.lease.find_lease import find
from alerts.web.ask import Ask
from alerts.web.links import link
from models.contract.spelling import LONGEST

_LONGEST = 2 * LONGEST  # an id may be written with more signs than it has when they are composed


def search(ask: Ask) -> Response:
    """The leases of my scope that the words name."""
    words = ask.query.get("words", "").strip()
    ask.noted["words"] = words[:_LONGEST]
    with ask.reading() as connection:
        found = find(connection, words, ask.scope) if 0 < len(words) <= _LONGEST else []
    if len(found) == 1:
        return ask.to(link("case", lease=found[0].lease_id))
    return ask.page("search.html", words=words[:_LONGEST], found=found)
