"""What a lease's ledger says at the end of a day: what it owes, and the bills that fell due."""

from datetime import date
from typing import NamedTuple

from models.lease.archive import open_as_of
from models.lease.ledger import Account
from models.lease.lines import Settlement
from models.lease.settlement import settle
from models.lease.state import Lease
from models.risk.bills import Bill, bills
from models.risk.own_lines import own_lines


class Books(NamedTuple):
    """The account as it is open on the day, the tenant's own lines of it, and the bills."""

    account: Account
    settlement: Settlement
    due: list[Bill]


def books(lease: Lease, day: date, settled: Settlement | None = None) -> Books:
    """The books of a lease at the end of `day`; `settled`, if it is at hand, is the settlement of
    its account on that day."""
    account = open_as_of(lease.account, day)
    if settled is None or account is not lease.account:
        settled = settle(account, lease.started_on, day)
    settlement = own_lines(lease, settled, day)
    return Books(account, settlement, bills(account, settlement, lease.started_on, day))
