"""Who can still do what to save a home, on a given day: the acts the law leaves open.

Nothing here is legal advice.
"""

from datetime import date
from typing import NamedTuple

from models.law.booking_lag import known_through
from models.law.statute import ASSUMPTION, CURE, RECOVERY


class Act(NamedTuple):
    """Something `actor` (tenant, board or landlord) can still do, until and including `through`;
    None when no day is set. `section` is empty where no section gives the right."""

    actor: str
    name: str
    through: date | None
    section: str


PAY_BEFORE_NOTICE = Act("tenant", "pay_before_notice", None, CURE.section)
ILLNESS = Act("tenant", "pay_after_illness", None, "JB 12:44 4 st 2")
AGREEMENT = Act("landlord", "agree", None, "")
AGREEMENT_MEANWHILE = Act("landlord", "agree_meanwhile", None, "")
CHECK_PAYMENT = Act("board", "check_payment", None, "")
STOP = Act("landlord", "stop", None, "")
DEFERRAL = Act("tenant_or_board", "ask_deferral", None, "")


def who_may_act(
    on: date,
    *,
    notice_served_on: date | None,
    recovery_last_day: date | None,
    noticed: bool = False,
    lost: bool | None = None,
    municipal: bool = False,
) -> tuple[Act, ...]:
    """The acts open on the day `on`, the most useful first.

    Before notice, payment cures (JB 12:43). After it, the tenant can pay or deposit and the social
    welfare board take on the rent through the recovery day, without a last day while the three
    weeks have not begun (12:44). After that day an agreement, late payment for illness, or that the
    enforcement authority puts the eviction off; until a payment in time would be in the books the
    right is not `lost`, which two working days tell when it is not given. `noticed`: notice must
    have been given, though its day is not known, as there is an eviction. `municipal`: the
    municipality is the landlord, and takes on no rent towards itself.
    """
    if not noticed and (notice_served_on is None or on < notice_served_on):
        return (PAY_BEFORE_NOTICE,)
    if recovery_last_day is None or on <= recovery_last_day:
        acts = _recovery(recovery_last_day)
        return acts[:1] if municipal else acts
    if lost is None:
        lost = known_through(recovery_last_day) < on
    if not lost:
        return (CHECK_PAYMENT, AGREEMENT_MEANWHILE, ILLNESS, DEFERRAL)
    return (AGREEMENT, ILLNESS, DEFERRAL)


def who_may_answer(on: date, reply_by: date | None) -> tuple[Act, ...]:
    """The tenant's answer to a claim, through its day."""
    open_ = reply_by is not None and on <= reply_by
    return (Act("tenant", "answer_claim", reply_by, ""),) if open_ else ()


def who_may_stop(*, eviction: bool) -> tuple[Act, ...]:
    """The acts open where no rent saves the home: it is paid, or the ground is another."""
    return (STOP, DEFERRAL) if eviction else (STOP,)


def _recovery(through: date | None) -> tuple[Act, ...]:
    return (
        Act("tenant", "pay_or_deposit", through, RECOVERY.section),
        Act("board", "assume_rent", through, ASSUMPTION.section),
    )
