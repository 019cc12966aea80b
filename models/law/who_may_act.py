"""Who can still do what to save a home, on a given day: the acts the law leaves open.

Texts are plain Swedish for the people who act. Arrears only; nothing here is legal advice.
"""

from datetime import date
from typing import NamedTuple

from models.law.statute import ASSUMPTION, CURE, RECOVERY


class Act(NamedTuple):
    """Something `actor` can still do, until and including `through`; None when no day is set."""

    actor: str
    what: str
    through: date | None
    section: str


PAY_BEFORE_NOTICE = Act(
    "Hyresgästen",
    "betala hela hyresskulden innan uppsägningen har delgetts; då kan hyresrätten inte sägas upp "
    "på den grunden",
    None,
    CURE.section,
)
ILLNESS = Act(
    "Hyresgästen",
    "betala så snart det går, om sjukdom eller liknande hindrade betalning i tid; senast när "
    "tvisten avgörs i första instans",
    None,
    "JB 12:44 4 st 2",
)
AGREEMENT = Act(
    "Hyresvärden",
    "komma överens med hyresgästen om att få bo kvar; rätten att få tillbaka hyresrätten är "
    "förlorad, men en överenskommelse kan ännu rädda hemmet",
    None,
    "avtal",
)


def who_may_act(
    on: date,
    *,
    notice_served_on: date | None,
    recovery_last_day: date | None,
    noticed: bool = False,
) -> tuple[Act, ...]:
    """The acts open on the day `on`, the most useful first.

    Before notice, payment cures (JB 12:43). After it, the tenant can pay or deposit and the social
    welfare board take on the rent through the recovery day, without a last day while the three
    weeks have not begun (12:44). After that day an agreement, or late payment for illness.
    `noticed`: notice must have been given, though its day is not known, as there is an eviction.
    """
    if not noticed and (notice_served_on is None or on < notice_served_on):
        return (PAY_BEFORE_NOTICE,)
    if recovery_last_day is None or on <= recovery_last_day:
        return _recovery(recovery_last_day)
    return (AGREEMENT, ILLNESS)


def _recovery(through: date | None) -> tuple[Act, ...]:
    return (
        Act(
            "Hyresgästen",
            "betala hyran, eller deponera den hos länsstyrelsen vid tvist, och få tillbaka "
            "hyresrätten",
            through,
            RECOVERY.section,
        ),
        Act(
            "Socialnämnden",
            "skriftligen meddela hyresvärden att nämnden åtar sig betalningsansvaret för hyran",
            through,
            ASSUMPTION.section,
        ),
    )
