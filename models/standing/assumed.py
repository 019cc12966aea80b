"""Rent that the social welfare board has taken on (JB 12:44 4 st 1): the board's to pay from then
on, and not the tenant's late rent."""

from datetime import date

from models.lease.state import Lease


def assumed_before(lease: Lease, today: date) -> date | None:
    """The board has taken on the rent that fell due before this day; None: it has taken on none.

    It is the rent that a notice rests on, if there is one, and else all that has fallen due.
    """
    taken = [on for on in lease.legal.assumed if on <= today]
    if not taken:
        return None
    notices = [
        n.served_on
        for n in lease.legal.notices.values()
        if n.served and n.reason == "arrears" and n.served_on is not None
    ]
    return max(max((day for day in notices if day <= on), default=on) for on in taken)


def assumed_on(lease: Lease, today: date) -> date | None:
    """The newest day on which the board took on rent."""
    return max((on for on in lease.legal.assumed if on <= today), default=None)
