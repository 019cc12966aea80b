"""A household that has paid for a year, then half of a month, then nothing: told to the board and
served on 12 March 2026, so that the last day to save the home is 2 April. It is 20 March.

A second one, with a protected identity, has the same; a third pays in time.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from models.contract import facts
from models.contract.events import Event
from tests.builders import LEASE, RENT_ORE, days, invoiced, lease_id, paid, registered, say
from tests.papers import WHOLE

HIDDEN, PAYS = lease_id(2), lease_id(3)
_LATE = ("2025-05", "2025-09")
_MONTHS = [f"2025-{month:02}" for month in range(1, 13)]


def events() -> list[Event]:
    """Everything that happened."""
    early = [event for lease in (LEASE, HIDDEN, PAYS) for event in _early(lease)]
    late = [event for lease in (LEASE, HIDDEN) for event in _papers(lease)]
    return [*early, *days("2025-12-20", "2026-03-12"), *late, *days("2026-03-13", "2026-03-19")]


def _early(lease: str) -> Iterable[Event]:
    yield registered(lease, protected_identity=lease == HIDDEN)
    for period in (*_MONTHS, "2026-01", "2026-02", "2026-03"):
        yield invoiced(period, lease)
    for period in _MONTHS:
        yield paid(_paid_on(period), lease, payment_id=period)
    if lease == PAYS:
        for day in ("2025-12-30", "2026-01-30", "2026-02-27"):
            yield paid(day, lease, payment_id=day)
        return
    yield paid("2026-01-09", lease, RENT_ORE // 2)
    yield say(
        facts.RentReminded,
        lease_id=lease,
        invoice_id="I2026-01",
        sent_on="2026-01-12",
        kind="reminder",
    )
    yield say(
        facts.TenantContacted,
        lease_id=lease,
        on="2026-02-11",
        by="landlord",
        direction="outbound",
        channel="phone",
        reached=False,
    )


def _paid_on(period: str) -> str:
    """On the last day before the month, but twice in the middle of it."""
    if period in _LATE:
        return f"{period}-14"
    return str(date.fromisoformat(f"{period}-01") - timedelta(days=1))


def _papers(lease: str) -> Iterable[Event]:
    told: dict[str, Any] = {
        **WHOLE,
        "due_on": "2026-01-31",
        "matter": "arrears",
        "sent_on": "2026-03-12",
    }
    yield say(facts.CouncilNotified, lease_id=lease, how="registered", **told)
    yield say(
        facts.NoticeServed,
        lease_id=lease,
        notice_id="N1",
        served_on="2026-03-12",
        reason="arrears",
        recovery_notice_served_on="2026-03-12",
    )
