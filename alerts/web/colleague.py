"""The colleagues whom a form offers, and the one whom it names."""

from collections.abc import Iterable

from alerts.access import people
from alerts.access.people import Colleague
from alerts.web.ask import Ask


def colleague(ask: Ask, subject: str) -> Colleague | None:
    """Who of the person's municipality has that id, as it is now; None if nobody has."""
    with ask.reading() as connection:
        known = people.colleagues(connection, ask.person.municipality or "")
    return next((one for one in known if one.subject == subject), None)


def others(ask: Ask, known: Iterable[Colleague]) -> list[Colleague]:
    """To whom the leader can give cases: everybody but the leader (`handover.taker`)."""
    return [one for one in known if one.subject != ask.person.subject]
