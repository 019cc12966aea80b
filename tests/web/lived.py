"""A small town that was lived until 19 March 2026: what the pages are tried on.

February's rent was due on 31 January. Nobody of 1 to 6 has paid it; 7 pays; 8 is another town's.
"""

from models.contract import facts
from models.contract.events import Event
from tests.builders import ORGNR, days, invoiced, lease_id, paid, registered, say

MISSING = range(1, 7)
PROTECTED, OTHER_DISTRICT, PAYS, OTHER_TOWN, SERVED = 2, 3, 7, 8, 4


def events() -> list[Event]:
    """Everything that happened."""
    homes = [registered(lease_id(n), **_home(n)) for n in range(1, 9)]
    rents = [
        invoiced(period, lease_id(n)) for n in range(1, 9) for period in ("2026-02", "2026-03")
    ]
    money = [paid(on, lease_id(PAYS), payment_id=on) for on in ("2026-01-30", "2026-02-27")]
    notice = say(
        facts.NoticeServed,
        lease_id=lease_id(SERVED),
        notice_id="N1",
        served_on="2026-03-12",
        reason="arrears",
        recovery_notice_served_on="2026-03-12",
    )
    return [*homes, *rents, *money, *days("2026-01-15", "2026-03-12"), notice,
            *days("2026-03-13", "2026-03-19")]  # fmt: skip


def _home(number: int) -> dict[str, object]:
    return {
        "landlord_id": ORGNR,
        "district": "Hovsjö" if number == OTHER_DISTRICT else "Ronna",
        "protected_identity": number == PROTECTED,
        "municipality": "0180" if number == OTHER_TOWN else "0181",
    }
