"""Examples to learn from: a lease at the end of a day, and what came of it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from models.contract import facts
from models.contract.events import Event
from models.lease.groups import has_children, has_old, has_young
from models.lease.settlement import settle
from models.lease.state import Lease
from models.lease.trifles import is_trifle
from models.risk import scorecard
from models.risk.lived import lived
from models.risk.outcome import (
    HORIZON,
    is_cut_off,
    is_in_question,
    is_over_limit,
    judged_days,
    notices,
    trouble_in,
)
from models.risk.reading import Reading, read


class Groups(Struct, frozen=True):
    """Whom a lease belongs to, for tables of fairness alone: never a feature. `age` is young (25 or
    younger), old (over 65), between or unknown; `children` yes, no or unknown."""

    age: str
    children: str
    district: str
    kind: str


class Example(Struct, frozen=True):
    """A lease at the end of `day`: reading, the scorecard's points, groups. `trouble_on`
    is the day of trouble within the horizon, None when there was none. `owes` when rent is unpaid
    today beyond a trifle."""

    lease_id: str
    day: date
    reading: Reading
    points: int
    owes: bool
    trouble_on: date | None
    groups: Groups


def examples(
    lease_id: str,
    told: Sequence[tuple[date, Event]],
    looks: Iterable[date],
    through: date,
    horizon: timedelta = HORIZON,
) -> Iterator[Example]:
    """The examples of one lease, on those of the days `looks` on which it is in question and after
    which all of the horizon is known. `told` is all that was ever told of it, in order; `through`
    the last day that is known whole."""
    started_on = next(
        (e.data.started_on for _, e in told if isinstance(e.data, facts.LeaseRegistered)), None
    )
    judged = [day for day in judged_days(told, started_on) if day <= through]
    wanted = {day for day in looks if day + horizon <= through}
    days = sorted({*judged, *wanted, through})
    found, bad, lease = list[Example](), list[date](), Lease(lease_id)
    for day, lease in lived(lease_id, told, days):
        if day in wanted and is_in_question(lease, day):
            found.append(_example(lease, day))
        if day in judged and is_over_limit(lease, day):
            bad.append(day)
    bad = sorted([*bad, *notices(lease)])
    ended_on = lease.ended[0] if lease.ended is not None else None
    last_judged = max(judged_days(told, started_on), default=date.min)
    for one in found:
        trouble_on = trouble_in(one.day, horizon, bad)
        if trouble_on is not None or not is_cut_off(one.day + horizon, ended_on, last_judged):
            yield replace(one, trouble_on=trouble_on)


def _example(lease: Lease, day: date) -> Example:
    reading = read(lease, day)
    settlement = settle(lease.account, lease.started_on, day)
    (risk,) = scorecard.score([scorecard.features(lease, settlement, day)], day)
    owes = not is_trifle(reading.owed_ore)
    return Example(lease.lease_id, day, reading, risk.points, owes, None, groups(lease, day))


def groups(lease: Lease, day: date) -> Groups:
    """The groups of a lease on a day."""
    home, terms = lease.household, lease.terms
    if any(tenant.birth_year is None for tenant in home.tenants) or not home.tenants:
        age = "unknown"
    else:
        age = "young" if has_young(home, day) else "old" if has_old(home, day) else "between"
    children = "yes" if has_children(home, day) else "no" if home.known == "yes" else "unknown"
    district, kind = (terms.district, terms.kind) if terms is not None else ("-", "-")
    return Groups(age, children, district, kind)
