"""The scorecard, read off the ledger that the UCI events fold into, without broker or store."""

from functools import lru_cache
from typing import Any

from examples.uci.adapter import FIRST_DAY, events, lease_id
from examples.uci.figures import auc, top_decile_precision
from examples.uci.run import Streamed, points, summary
from examples.uci.table import Behaviour, read_behaviour, read_outcome
from models.contract.facts import CalendarDay
from models.lease.account import Outcome
from models.lease.fold import fold
from models.lease.state import Lease

VERIFY = {"lost": 0, "doubled": 0, "different": 0}
STEP = 10  # every tenth customer: 3,000 leases


@lru_cache
def customers() -> Behaviour:
    whole = read_behaviour()
    return Behaviour(**{name: getattr(whole, name)[::STEP] for name in Behaviour.__struct_fields__})


@lru_cache
def leases() -> dict[str, Lease]:
    found: dict[str, Lease] = {}
    today = FIRST_DAY
    for event in events(customers()):
        if isinstance(event.data, CalendarDay):
            today = event.data.day
        elif event.subject is not None:
            lease = found.setdefault(event.subject, Lease(event.subject))
            assert fold(lease, event, today) is Outcome.APPLIED
    return found


@lru_cache
def scored() -> list[int]:
    found = points(leases())
    return [found[lease_id(number)] for number in customers().number.tolist()]


@lru_cache
def defaulted() -> list[bool]:
    found: list[bool] = read_outcome()[::STEP].tolist()
    return found


@lru_cache
def result() -> dict[str, Any]:
    return summary(Streamed(leases(), events=432_316, seconds=2.0, verify=VERIFY))


def test_a_lease_that_never_came_out_counts_with_the_lowest_score_there_is() -> None:
    assert result()["leases"] == 3_000
    assert result()["auc"] < 0.65


def test_the_points_of_payment_behaviour_alone_clear_the_bar() -> None:
    assert top_decile_precision(defaulted(), scored()) >= 0.66
    assert auc(defaulted(), scored()) >= 0.74


def test_the_points_rank_better_than_the_latest_status_alone() -> None:
    latest = customers().status[:, -1].clip(min=0).tolist()
    assert auc(defaulted(), scored()) > auc(defaulted(), latest) + 0.03


def test_more_points_go_with_more_defaults() -> None:
    shares = []
    for least, most in ((-9, 1), (2, 5), (6, 8), (9, 99)):
        hits = [
            hit for hit, sum_ in zip(defaulted(), scored(), strict=True) if least <= sum_ <= most
        ]
        shares.append(sum(hits) / len(hits))
    assert shares == sorted(shares)
    assert shares[-1] > 4 * shares[0]


def test_the_summary_sets_the_score_beside_the_latest_status_rule() -> None:
    assert result()["rule_auc"] == 0.6992
    assert result()["rule_top_decile_precision"] == 0.6957
    assert result()["events_per_second"] == 216_158
    assert result()["verify"] == VERIFY
