"""What a model adds to the scorecard on the UCI histories: `make uci-backtest`.

The features are read off the ledgers that the events fold into, as of the end of September
(`models.risk.lived`); the outcome is the file's own default in October. Five folds dealt at random,
for each of three seeds; the models are calibrated inside each fold, and judged on rows that they
have not seen, pooled. No broker and no database.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from alerts.learning.estimators import boosted
from examples.uci.adapter import FIRST_DAY, LAST_DAY, events, lease_id
from examples.uci.table import Behaviour, read_behaviour, read_outcome
from models.contract.events import Event
from models.contract.facts import CalendarDay
from models.lease.settlement import settle
from models.risk import measures, scorecard
from models.risk.features import NAMES, features, numbers
from models.risk.lived import lived
from models.risk.measures import Floats, Ranking
from models.risk.reading import Reading, read
from models.risk.training import dealt, out_of_fold, train

FOLDS, SEEDS, DRAWS = 5, (0, 1, 2), 400


class Histories(Struct, frozen=True):
    """A row a customer, in the file's order: the features, the scorecard's points, the months late
    now, and who defaulted."""

    features: Floats
    points: NDArray[np.int64]
    months_late: NDArray[np.int64]
    defaulted: NDArray[np.bool_]


def main() -> None:
    """Run it; the last line printed is one JSON object."""
    console = Console(stderr=True)
    console.print("30,000 histories (UCI, CC BY 4.0) as rent events, lived through and read ...")
    result = compare(histories(read_behaviour(), read_outcome(), console), console)
    console.print(_in_words(result))
    print(json.dumps(result), flush=True)


def histories(
    behaviour: Behaviour, defaulted: NDArray[np.bool_], console: Console | None = None
) -> Histories:
    """Live every history through, and read it at the end of September."""
    told = by_lease(events(behaviour, capped=False))
    names = [lease_id(number) for number in behaviour.number.tolist()]
    readings, points = list[Reading](), list[int]()
    for name in track(names, "Reading", console=console, disable=console is None):
        for day, lease in lived(name, told.pop(name), [LAST_DAY]):
            readings.append(read(lease, day))
            settlement = settle(lease.account, lease.started_on, day)
            row = scorecard.features(lease, settlement, day)
            points += [risk.points for risk in scorecard.score([row], day)]
    late = behaviour.status[:, -1].clip(min=0)
    return Histories(features(numbers(readings)), np.array(points), late, defaulted)


def by_lease(source: Iterator[Event]) -> dict[str, list[tuple[date, Event]]]:
    """The events of each lease, each with the day on which it is told."""
    found: dict[str, list[tuple[date, Event]]] = defaultdict(list)
    today = FIRST_DAY
    for event in source:
        if isinstance(event.data, CalendarDay):
            today = date.fromordinal(event.data.day.toordinal() + 1)
        elif event.subject is not None:
            found[event.subject].append((today, event))
    return found


def compare(
    held: Histories, console: Console | None = None, seeds: Sequence[int] = SEEDS
) -> dict[str, Any]:
    """The figures of the model, the scorecard and the latest-status rule, on the same rows."""
    tries = [
        _predicted(held, seed)
        for seed in track(seeds, "Training", console=console, disable=console is None)
    ]
    y, places = held.defaulted, len(held.defaulted) // 10
    rankings = [Ranking(y, p) for p in tries]
    card, rule = Ranking(y, held.points), Ranking(y, held.months_late)
    return {
        "rule_auc": round(rule.auc(), 4),
        "rule_top_decile_precision": round(rule.hits(places) / places, 4),
        "scorecard_auc": round(card.auc(), 4),
        "scorecard_top_decile_precision": round(card.hits(places) / places, 4),
        "scorecard_average_precision": round(card.average_precision(), 4),
        "model_auc": _mean([one.auc() for one in rankings]),
        "model_top_decile_precision": _mean([one.hits(places) / places for one in rankings]),
        "model_average_precision": _mean([one.average_precision() for one in rankings]),
        "model_ece": _mean([measures.calibration_error(y, p) for p in tries]),
        "auc_gain_low": round(_gain_low(rankings, card, len(y)), 4),
        "folds": FOLDS,
        "seeds": len(seeds),
        "features": len(NAMES),
    }


def _predicted(held: Histories, seed: int) -> Floats:
    """The probability of each row, by models of the other folds."""
    chance = np.random.default_rng(seed)
    each = np.arange(len(held.defaulted))
    folds = list(dealt(each, held.defaulted, chance, FOLDS))
    fit = partial(train, boosted, chance=chance)
    return out_of_fold(
        lambda X, y, rows: fit(X, y, rows).probability,
        held.features,
        held.defaulted,
        each,
        folds,
    )


def _gain_low(models: Sequence[Ranking], card: Ranking, rows: int) -> float:
    """The lower 95 % bound of the gain in AUC over the scorecard, on the same bootstrap samples."""
    drawn = measures.resampled(np.arange(rows), np.random.default_rng(0), DRAWS)
    gains = [np.mean([one.auc(w) for one in models]) - card.auc(w) for w in drawn]
    return float(np.quantile(gains, 0.025))


def _mean(values: Sequence[float]) -> float:
    return round(float(np.mean(values)), 4)


def _in_words(result: dict[str, Any]) -> str:
    rows = [
        f"{name:<20} AUC {result[f'{name}_auc']:.3f}"
        f"   top decile {result[f'{name}_top_decile_precision']:.3f}"
        for name in ("rule", "scorecard", "model")
    ]
    gain, ece = result["auc_gain_low"], result["model_ece"]
    return "\n".join([*rows, f"at least {gain:+.3f} AUC over the scorecard, ECE {ece:.3f}"])


if __name__ == "__main__":
    main()
