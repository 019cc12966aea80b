"""The page of a case that is closed to who asks: why, and what opens it."""

from starlette.responses import Response

from alerts.access import people
from alerts.access.person import Role
from alerts.access.scope import Opening
from alerts.web.ask import Ask
from alerts.web.colleague import others
from alerts.web.faults import ClosedCase


def closed(ask: Ask, fault: ClosedCase) -> Response:
    """The page. A team leader may say whose a protected case is; `colleagues` are those."""
    colleagues = []
    if ask.person.role is Role.TEAM_LEADER and fault.why is Opening.PROTECTED:
        with ask.reading() as connection:
            known = people.colleagues(connection, ask.person.municipality or "")
        colleagues = others(ask, known)
    return ask.page("closed.html", 403, fault=fault, colleagues=colleagues)
