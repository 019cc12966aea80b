"""The first risk score: a few points a household can be told, from its own rent ledger alone.

Cold start, until a trained model beats it on a municipality's own later data. The points were
chosen on one half of a public set of monthly payment histories (examples/uci) and read on the
other; amounts in kronor, age, household and area give no points, a part of a rent counts as a part,
and a time set for an eviction is acute by itself. A negative total is meaningful: rent that is
habitually paid ahead.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from models.lease.lines import Settlement
from models.lease.rents import Rent, rents_due
from models.lease.state import Lease, Risk
from models.lease.trifles import TRIFLE, is_trifle
from models.phrase import Phrase
from models.risk.own_lines import own_lines
from models.standing.legal_steps import steps_until

LAST_RENTS = 6
MONTH_LATE = timedelta(days=28)
AHEAD = timedelta(days=14)
RECENT = timedelta(days=60)

_UNPAID = (0, 1, 5, 6)
_LATE = (0, 2, 3, 3, 4, 4, 5)
_AHEAD = (0, -1, -1, -2, -2, -3, -3)
_FAILED, _BROKEN = 1, 1
_EVICTION = 12  # acute, however much is paid ahead
_TIMED = ("eviction.scheduled", "eviction.deferred")
_BANDS = ((9, "acute"), (6, "high"), (2, "raised"))


class Features(Struct, frozen=True):
    """What the score reads off a ledger on a day.

    `rents_unpaid`: how many rents the unpaid due rent makes, one for a part begun. `late_months`:
    of the last six due rents, how many went at least 28 days before half of it was paid.
    `paid_ahead`: how many were paid at least 14 days before due. `failed`: direct debits failed in
    the last 60 days. `broken_plan`: the last plan was broken. `rents_known`: how many of the last
    six there are. `eviction_set`: a time for an eviction is set. `late_unpaid`: how many of the
    late months are unpaid still, which is said and gives no points.
    """

    rents_unpaid: int
    late_months: int
    paid_ahead: int
    failed: int
    broken_plan: bool
    rents_known: int = LAST_RENTS
    eviction_set: bool = False
    late_unpaid: int = 0


def features(lease: Lease, settlement: Settlement, day: date) -> Features:
    """The features at the end of `day`; `settlement` is of the account's open items. Rent that is
    disputed gives no points, neither paid nor unpaid, nor does rent that the board has to pay."""
    settlement = own_lines(lease, settlement, day)
    due = rents_due(lease.account, settlement, lease.started_on, day, LAST_RENTS)
    recent = due[-LAST_RENTS:]
    plans = [p for p in lease.signals.plans.values() if p.instalments]
    newest = max(plans, key=lambda p: p.instalments[0].due_on, default=None)
    return Features(
        rents_unpaid=_rents_unpaid(due),
        late_months=sum(_went_late(rent, day) for rent in recent),
        paid_ahead=sum(
            rent.paid_on is not None and rent.paid_on <= rent.due_on - AHEAD for rent in recent
        ),
        failed=sum(day - RECENT < on <= day for on in lease.signals.failures),
        broken_plan=newest is not None and newest.ended == "broken",
        rents_known=len(recent),
        eviction_set=_is_eviction_set(lease, day),
        late_unpaid=sum(_went_late(rent, day) and rent.paid_on is None for rent in recent),
    )


def _rents_unpaid(due: Sequence[Rent]) -> int:
    """How many rents the unpaid rent makes, begun ones too: what a small raise leaves of three
    months is not three rents."""
    unpaid = [rent for rent in due if rent.left]
    left = sum(rent.left for rent in unpaid) - (TRIFLE - 1)
    return -(-left // max(rent.ore for rent in unpaid)) if left > 0 else 0


def _went_late(rent: Rent, day: date) -> bool:
    if is_trifle(rent.left) and rent.paid_on is None:
        return False  # credited
    return (rent.half_paid_on or day) - rent.due_on >= MONTH_LATE


def _is_eviction_set(lease: Lease, day: date) -> bool:
    steps = steps_until(lease.legal.steps, "eviction.", day)
    return bool(steps) and steps[-1].step in _TIMED and steps[-1].day is not None


def changes_on(lease: Lease, settlement: Settlement) -> list[date]:
    """The days at whose end the features can change by time alone; `settlement` as above."""
    days = [line.last_day for line in settlement.lines if line.rent_ore]
    days += [line.due_on + MONTH_LATE for line in settlement.lines if line.rent_left]
    days += [on + span for on in lease.signals.failures for span in (timedelta(0), RECENT)]
    return days


def score(rows: Sequence[Features], day: date) -> list[Risk]:
    """Score many leases at once; each comes with its reasons, in falling weight."""
    return [_score(row, day) for row in rows]


def _score(row: Features, day: date) -> Risk:
    known = row.rents_known
    rules = [
        (_EVICTION * row.eviction_set, "eviction_set", {}),
        (_UNPAID[min(row.rents_unpaid, 3)], "rents_unpaid", {"count": row.rents_unpaid}),
        (_LATE[row.late_months], "late_months", _late_months(row)),
        (_AHEAD[row.paid_ahead], "paid_ahead", {"count": row.paid_ahead, "known": known}),
        (_FAILED * (row.failed > 0), "failed", {"count": row.failed}),
        (_BROKEN * row.broken_plan, "broken_plan", {}),
    ]
    counted = sorted((rule for rule in rules if rule[0]), key=lambda rule: -rule[0])
    points = sum(rule[0] for rule in counted)
    band = next((name for least, name in _BANDS if points >= least), "low")
    return Risk(points, band, tuple(Phrase(f"risk.{name}", args) for _, name, args in counted), day)


def _late_months(row: Features) -> dict[str, int]:
    said = {"count": row.late_months, "known": row.rents_known}
    return said | {"unpaid": row.late_unpaid} if row.late_unpaid else said
