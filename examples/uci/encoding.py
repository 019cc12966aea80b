"""What the card file says about rent: a monthly amount, months late, and money paid.

A card is not a lease. Its bills are revolving credit, not rent, so only two things are taken from
the file: how many months late a customer was at each month's end, and how much was paid.

Rent (of BILL_AMT1..6): 3 % of the mean of the six statements (negative ones count as nothing), at
least 1,000, the same every month: a minimum payment due, in place of rent. One dollar stands as
one krona.

Lateness (of PAY_0, PAY_2..PAY_6): at the end of month m the customer is `late[m]` months late, and
the rents of that month and of the `late[m] - 1` months before it are unpaid; so the oldest unpaid
rent is `late[m]` months old. -2, -1 and 0 are in order: nothing is unpaid. Who is k months late
was at least k - 1 months late a month before; where the file jumps (mostly from 0 to 2, 3 to 5 %
of the customers in a month) the earlier month is raised to that. September is always as in the
file. Who is more than one month late in April has rents from before April unpaid.

Payments (of PAY_AMT1..6): as much as the file says was paid in the month, raised or lowered to
what the lateness allows: rents that are paid by the month's end are paid in full; of the first
rent that stays unpaid at most half; and nobody is ever more than one month's rent ahead (what a
card pays above that lowers a debt which a rent account does not have).

Nothing here depends on chance, on the outcome, on sex, education, marriage, age or limit.
"""

import numpy as np
from msgspec import Struct

from examples.uci.table import Behaviour, Table

_NO_LIMIT = 10**12  # öre: more than anybody in the file pays


class Ledgers(Struct, frozen=True):
    """What the events of all leases say: a row a lease, a column a month; öre. `made_up` is the
    part of `paid` that the file does not tell of, but its lateness needs; nothing when capped."""

    rent: Table
    late: Table
    paid: Table
    made_up: Table


def ledgers(behaviour: Behaviour, *, capped: bool = True) -> Ledgers:
    """Rent, lateness and payments of every lease."""
    rent = _rent(behaviour.billed)
    late = _lateness(behaviour.status)
    card = behaviour.paid * 100
    paid = _payments(card, rent, late, capped)
    made_up = np.zeros_like(paid) if capped else np.maximum(paid - card, 0)
    return Ledgers(rent, late, paid, made_up)


def _rent(billed: Table) -> Table:
    mean = np.maximum(billed, 0).mean(axis=1)
    rent: Table = np.maximum(1000, np.rint(0.03 * mean)).astype(np.int64) * 100
    return rent


def _lateness(status: Table) -> Table:
    late = np.maximum(status, 0)
    for month in range(late.shape[1] - 2, -1, -1):
        late[:, month] = np.maximum(late[:, month], late[:, month + 1] - 1)
    return late


def _payments(card: Table, rent: Table, late: Table, capped: bool) -> Table:
    """What is paid for each month, from the sum that may be paid by each month's end."""
    rent = rent[:, None]
    months = np.arange(1, late.shape[1] + 1)
    least = (months - late) * rent
    most = least + np.where(late > 0, rent // 2, rent if capped else _NO_LIMIT)
    most = np.minimum.accumulate(most[:, ::-1], axis=1)[:, ::-1]
    paid = np.zeros_like(card)
    before = opening(late) * -rent[:, 0]
    for month in range(late.shape[1]):
        by_now = np.clip(before + card[:, month], least[:, month], most[:, month])
        paid[:, month] = np.maximum(by_now - before, 0)
        before = before + paid[:, month]
    return paid


def opening(late: Table) -> Table:
    """How many rents from before April are unpaid when April begins."""
    return np.maximum(late[:, 0] - 1, 0)
