"""The page of a case that is closed to who asks: why, and what opens it."""

from starlette.responses import Response

from alerts.access import people
from alerts.access.person import Role
from alerts.access.scope import Opening
from alerts.views.lease import lease_known
from alerts.web.ask import Ask
from alerts.web.case.seen import holders_stamp
from alerts.web.colleague import others
from alerts.web.faults import ClosedCase


def closed(ask: Ask, fault: ClosedCase) -> Response:
    """The page. A team leader may say whose a protected case is; `colleagues` are those."""
    colleagues, seen = [], ""
    if ask.person.role is Role.TEAM_LEADER and fault.why is Opening.PROTECTED:
        with ask.reading() as connection:
            found = people.colleagues(connection, ask.person.municipality or "")
            known = lease_known.load(connection, fault.lease_id)
        colleagues, seen = others(ask, found), holders_stamp(known) if known else ""
    return ask.page("closed.html", 403, fault=fault, colleagues=colleagues, seen=seen)
