"""Which lines of a settlement tell of the tenant's own paying."""

from datetime import date

from models.lease.disputes import is_disputed
from models.lease.lines import Settlement
from models.lease.state import Lease
from models.standing.assumed import assumed_before


def own_lines(lease: Lease, settlement: Settlement, day: date) -> Settlement:
    """The settlement without what is disputed, and without unpaid rent that the board took on."""
    account = lease.account
    if not (account.disputes or lease.legal.assumed):
        return settlement
    assumed = assumed_before(lease, day) or date.min
    lines = [
        x
        for x in settlement.lines
        if not is_disputed(account, x.invoice_id, day) and not (x.rent_left and x.due_on < assumed)
    ]
    return Settlement(lines, settlement.surplus_ore)
