"""What is learnt from was known before what is judged; and blocks with too little are left out."""

from datetime import date, timedelta

import numpy as np
import pytest

from alerts.learning import backtest
from alerts.learning.backtest import TooLittle, judged
from models.risk.examples import Groups
from models.risk.features import NAMES
from models.risk.rolling import blocks, looks
from models.risk.table import Examples

HORIZON = timedelta(days=90)
DAYS = looks(date(2022, 1, 31), date(2024, 12, 31), HORIZON)


def rows(trouble_from: date) -> Examples:
    """A hundred leases at each look; those in debt come into trouble, from a day on."""
    chance = np.random.default_rng(1)
    days = np.repeat([day.toordinal() for day in DAYS], 100)
    features = np.zeros((len(days), len(NAMES)))
    features[:, NAMES.index("debt_rents")] = chance.random(len(days)) > 0.7
    hit = (features.sum(axis=1) > 0) & (days >= trouble_from.toordinal())
    lease = np.tile(np.arange(100), len(DAYS))
    zeros = np.zeros(len(days), dtype=np.int64)
    groups = (Groups("unknown", "unknown", "-", "first_hand"),) * len(days)
    until = np.where(hit, 30, -1)
    return Examples(features, lease, days, until, zeros, zeros, zeros, zeros == 1, groups)


def test_the_outcome_of_every_look_that_is_learnt_from_was_known_at_the_first_judged() -> None:
    found = list(blocks(DAYS, HORIZON))
    assert len(found) == 4
    for block in found:
        assert max(block.learn) + HORIZON <= min(block.judge)
    judged_days = [day for block in found for day in block.judge]
    assert judged_days == sorted(set(judged_days)) == DAYS[len(DAYS) // 2 :]


def test_no_look_goes_beyond_what_is_known_and_none_comes_in_the_first_half_year() -> None:
    assert max(DAYS) + HORIZON == date(2024, 12, 31)
    assert min(DAYS) >= date(2022, 1, 31) + timedelta(days=180)
    assert looks(date(2024, 6, 1), date(2024, 12, 31), HORIZON) == []


def test_a_block_with_too_little_trouble_before_it_is_left_out_and_the_others_are_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(backtest, "CANDIDATES", {"steps": backtest.CANDIDATES["steps"]})
    whole = judged(rows(DAYS[0]), HORIZON, 1)
    late = judged(rows(DAYS[len(DAYS) // 2 + 2]), HORIZON, 1)
    assert 0 < len(late.rows.day) < len(whole.rows.day)
    assert len(late.probabilities["steps"]) == len(late.rows.day)
    in_debt = late.rows.features.sum(axis=1) > 0
    p = late.probabilities["steps"]
    assert p[in_debt].min() > p[~in_debt].max()
    with pytest.raises(TooLittle, match="too few leases came into trouble"):
        judged(rows(date(2030, 1, 1)), HORIZON, 1)
