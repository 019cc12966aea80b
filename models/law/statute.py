"""The provisions the clock applies, as dated data: section, length, and the first day we apply it.

Sources: jordabalken (JB, 1970:994) ch. 12 as consolidated to SFS 2024:313, and the social services
ordinance 2025:468. The week and the three weeks came with SFS 1993:400, issued 27 May 1993; its
commencement was not read, so nothing is computed before the new year that followed.
"""

from dataclasses import dataclass
from datetime import date

FIRST_DAY = date(1994, 1, 1)
LAST_DAY = date(2099, 12, 31)  # every deadline of such a day still falls inside the calendar


@dataclass(frozen=True, slots=True)
class Provision:
    """One rule in time: `weeks` is a time-limit, `vardagar` a waiting time; both may be 0.

    Weeks end on the weekday they are counted from (lag 1930:173 1 §).
    """

    name: str
    section: str
    in_force_from: date
    weeks: int = 0
    vardagar: int = 0

    def applies_on(self, day: date) -> bool:
        """Is the provision in force on `day`?"""
        return day >= self.in_force_from


DUE_DATE = Provision("due_date", "JB 12:20 1 st", FIRST_DAY)
PAYMENT_ORDER = Provision("payment_order", "JB 12:20 3 st", date(2024, 7, 1))
FORFEITURE = Provision("forfeiture", "JB 12:42 1 st 1", FIRST_DAY, weeks=1)
CURE = Provision("cure", "JB 12:43", FIRST_DAY)
RECOVERY = Provision("recovery", "JB 12:44 1 st 1", FIRST_DAY, weeks=3)
ASSUMPTION = Provision("assumption", "JB 12:44 4 st 1", FIRST_DAY, weeks=3)
EVICTION_WAIT = Provision("eviction_wait", "JB 12:44 2 st", FIRST_DAY, vardagar=2)
DISTURBANCE = Provision("disturbance", "JB 12:25 a", date(2024, 7, 1))
CONFIRMATION = Provision("confirmation", "2025:468 11 kap. 3 §", date(2025, 7, 1))

PROVISIONS = (
    DUE_DATE,
    PAYMENT_ORDER,
    FORFEITURE,
    CURE,
    RECOVERY,
    ASSUMPTION,
    EVICTION_WAIT,
    DISTURBANCE,
    CONFIRMATION,
)
