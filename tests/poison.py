"""A program with an error: its fold fails on reminders of invoice `POISON`, and on leases with the
numbers 900 to 999 whenever they are looked at.

`python -m tests.poison worker` is a bokvar command of that program.
"""

import re
from datetime import date
from typing import Any

import pytest

from models.contract import facts
from models.contract.events import Event
from models.contract.refusal import Refusal
from models.lease import fold
from models.lease.account import Outcome
from models.lease.state import Lease
from models.standing import arrears
from tests.builders import LEASE, lease_id, say

POISON = "poison"
SECRET = "what the tenant wrote"  # an exception's text may quote what somebody sent
_POISONED = re.compile(r":9\d\d$")
_remind = fold._HANDLERS[facts.RentReminded]
_read_arrears = arrears.read


def poisoned(number: int, lease: str = LEASE) -> Event:
    """A lawful event on which the fold fails; the number makes it one of many."""
    return say(
        facts.RentReminded,
        lease_id=lease,
        sent_on="2026-02-01",
        invoice_id=POISON,
        kind="reminder",
        event_id=f"poisoned {lease} {number}",
    )


def poisoned_lease(number: int) -> str:
    """A lease on which the end of a day fails."""
    return lease_id(900 + number)


def install(patch: pytest.MonkeyPatch) -> None:
    """Put the errors into this process's program."""
    patch.setitem(fold._HANDLERS, facts.RentReminded, _remind_or_fail)
    patch.setattr(arrears, "read", _read_or_fail)


def _remind_or_fail(lease: Lease, fact: facts.RentReminded, today: date, /) -> Outcome | Refusal:
    if fact.invoice_id == POISON:
        lease.account.payments.clear()
        lease.signals.failures.append(today)
        raise ValueError(SECRET)
    return _remind(lease, fact, today)


def _read_or_fail(lease: Lease, *arguments: Any) -> Any:
    if _POISONED.search(lease.lease_id):
        lease.account.payments.clear()
        raise ValueError(SECRET)
    return _read_arrears(lease, *arguments)


if __name__ == "__main__":
    install(pytest.MonkeyPatch())
    from streams.cli import main

    main()
