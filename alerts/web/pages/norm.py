"""Does the household live under the income-support norm? Reckoned for one visit, and kept nowhere.

The form is sent, not put into an address: what somebody earns belongs in no log of a server.
"""

from starlette.responses import Response

from alerts.web.ask import Ask
from alerts.web.case.norm_form import INCOMES, Checked, checked, fields
from alerts.web.case.opening import open_case
from alerts.web.faults import Wrong


def norm_form(ask: Ask) -> Response:
    """The form, with the lease's rent."""
    return _page(ask)


def norm(ask: Ask) -> Response:
    """The norm line by line, and what is left of the income after rent."""
    try:
        return _page(ask, checked(ask))
    except Wrong as fault:
        return _page(ask, fault=str(fault), status=422)


def _page(ask: Ask, answer: Checked | None = None, fault: str = "", status: int = 200) -> Response:
    with ask.reading() as connection:
        known = open_case(ask, connection)
        today = ask.today(connection)
    terms = known.lease.terms
    rent = f"{terms.rent_ore / 100:.2f}".removesuffix(".00").replace(".", ",") if terms else ""
    first = {"on": today.isoformat(), "adults": "1", "rent": rent}
    return ask.page(
        "norm.html",
        status,
        lease_id=known.lease.lease_id,
        given=fields(ask, first),
        incomes=INCOMES,
        answer=answer,
        fault=fault,
    )
