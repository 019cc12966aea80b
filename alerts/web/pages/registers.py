"""The register of rent guarantees, and the contracts that are to be reviewed."""

from datetime import date

from msgspec import Struct
from starlette.responses import Response

from alerts.access.scope import Scope
from alerts.store.registers import in_registers
from alerts.views.team.contract_ladder import Contract, contract_ladder
from alerts.views.team.guarantee_register import Line, lines_of
from alerts.web.ask import Ask
from alerts.web.links import link
from models.lease.state import Lease

ROWS = 50  # of a table at a time


class Sheet(Struct, frozen=True):
    """A part of a long table: its rows, how many there are in all, and its pages' addresses."""

    rows: list[Line] | list[Contract]
    count: int
    pages: list[tuple[int, str]]
    here: int


def guarantees(ask: Ask) -> Response:
    """Both tables, a sheet of each at a time. They decode the few leases that a register has."""
    town = ask.person.municipality or ""
    with ask.reading() as connection:
        day = ask.today(connection)
        leases = [one for one in in_registers(connection, town) if _shown(ask.scope, one)]
    over = "over" in ask.query
    lines = [one for one in lines_of(leases, day, town) if over or one.state != "over"]
    contracts = contract_ladder(leases, ask.site.towns, day, town)
    return ask.page(
        "registers.html",
        day=day,
        over=over,
        register=_sheet(ask, lines, "sheet"),
        ladder=_sheet(ask, contracts, "ladder"),
        overdue=_overdue(contracts, day),
    )


def _shown(scope: Scope, lease: Lease) -> bool:
    """Of a lease that has moved the district is another town's: what the guarantee's own town knows
    of it is none, as of one whose district nobody knows."""
    terms = lease.terms
    return terms is None or terms.municipality != scope.municipality or scope.has(lease)


def _overdue(contracts: list[Contract], today: date) -> int:
    return sum(one.review_on < today for one in contracts)


def _sheet(ask: Ask, rows: list[Line] | list[Contract], name: str) -> Sheet:
    """The sheet that the address asks for; the nearest there is to one that there is not."""
    last = max(1, -(-len(rows) // ROWS))
    asked = ask.query.get(name, "1")
    here = min(max(1, int(asked) if asked.isdecimal() and len(asked) < 7 else 1), last)
    kept = {key: ask.query[key] for key in ("over", "sheet", "ladder") if key in ask.query}
    pages = [(n, f"{link('guarantees', **{**kept, name: n})}#{name}") for n in range(1, last + 1)]
    first = (here - 1) * ROWS
    return Sheet(rows[first : first + ROWS], len(rows), pages if last > 1 else [], here)
