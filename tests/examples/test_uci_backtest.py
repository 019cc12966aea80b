"""The backtest's road on a part of the file: from events to figures, and no leak on the way."""

from functools import lru_cache

import msgspec
import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from examples.uci import backtest
from examples.uci.backtest import Histories, compare, histories
from examples.uci.table import Behaviour, read_behaviour, read_outcome
from models.risk.features import NAMES
from models.risk.training import Estimator

STEP = 15  # every fifteenth customer: 2,000
KEYS = (
    "rule_auc", "rule_top_decile_precision", "scorecard_auc", "scorecard_top_decile_precision",
    "scorecard_average_precision", "model_auc", "model_top_decile_precision",
    "model_average_precision", "model_ece", "auc_gain_low", "folds", "seeds", "features",
)  # fmt: skip


@lru_cache
def held() -> Histories:
    whole = read_behaviour()
    names = Behaviour.__struct_fields__
    some = Behaviour(**{name: getattr(whole, name)[::STEP] for name in names})
    return histories(some, read_outcome()[::STEP])


def plain(seed: int) -> Estimator:
    found: Estimator = make_pipeline(StandardScaler(), LogisticRegression(C=0.01))
    return found


def test_the_figures_have_the_names_that_were_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backtest, "boosted", plain)
    found = compare(held(), seeds=(0,))
    assert tuple(found) == KEYS
    assert (found["folds"], found["seeds"], found["features"]) == (5, 1, len(NAMES))
    assert 0.65 < found["model_auc"] < 0.83
    assert found["scorecard_auc"] > found["rule_auc"]


def test_a_model_of_shuffled_outcomes_knows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backtest, "boosted", plain)
    shuffled = np.random.default_rng(1).permutation(held().defaulted)
    found = compare(msgspec.structs.replace(held(), defaulted=shuffled), seeds=(0,))
    assert 0.44 < found["model_auc"] < 0.56
    assert found["auc_gain_low"] < 0.02
