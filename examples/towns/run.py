"""What a model is worth in a town that it did not learn from: `make towns-backtest`.

Three simulated years of one town teach, by what was known when the other town's last year began.
In that year the other town is looked at every fourth week, and each score orders its list, of which
the first are visited. Everything is invented, and the simulator's parameters were chosen in sight
of these figures (docs/decisions/simulator.md): they say that the road holds and how far a model
carries over, and nothing of a real town.
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from math import isnan
from multiprocessing import get_context
from typing import Any

import msgspec
import numpy as np
from rich.console import Console

from alerts.learning.backtest import CANDIDATES, Backtest, Judged, backtest, fitted, sample
from examples.towns.lives import Years, rows
from models.risk.evidence import evidence_by_group
from models.risk.gate import GroupFigures, Interval
from models.risk.lists import Figures
from models.risk.outcome import HORIZON
from models.risk.table import Examples

LEASES, SEED = 5_000, 1
VISITS = 24  # each look, six a week
JUDGED_FROM = date(2025, 10, 1)
_UNTIL = JUDGED_FROM + timedelta(days=365) + HORIZON
LEARNT = Years("sodertalje", LEASES, SEED, date(2022, 7, 1), date(2022, 7, 1), JUDGED_FROM)
JUDGED = Years("askholma", LEASES, SEED + 1, date(2024, 7, 1), JUDGED_FROM, _UNTIL)


def main() -> None:
    """Run it; the last line printed is one JSON object."""
    console = Console(stderr=True)
    console.print(f"{LEARNT.town} teaches, {JUDGED.town} is judged: {LEASES:,} homes each ...")
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        learn, judge = pool.map(rows, (LEARNT, JUDGED))
    found, fairness = compare(learn, judge, VISITS, SEED)
    console.print("\n".join(in_words(found, fairness)), soft_wrap=True)
    print(msgspec.json.encode(summary(found, fairness)).decode(), flush=True)


def compare(
    learn: Examples, judge: Examples, visits: int, seed: int
) -> tuple[Backtest, dict[str, dict[str, GroupFigures]]]:
    """Every candidate out of the one town's rows, judged on the other's; and by group."""
    chance = np.random.default_rng(seed)
    kept = sample(learn, chance)
    models = {name: fitted(make, kept, chance) for name, make in CANDIDATES.items()}
    p = {name: model.probability(judge.features) for name, model in models.items()}
    found = backtest(Judged(judge, p), HORIZON, visits, seed)
    return found, evidence_by_group(judge, p[found.chosen], visits, chance)


def in_words(found: Backtest, fairness: Mapping[str, Mapping[str, GroupFigures]]) -> Iterator[str]:
    """The figures with their 95 % intervals, as a table."""
    yield (
        f"{found.rows:,} looks at {found.leases:,} leases on {len(found.looks)} days; "
        f"{found.base_rate:.2%} came into trouble within {found.horizon_days} days, "
        f"{found.owing_nothing:.1%} owed nothing; {found.capacity} visits each look"
    )
    yield _row("", "precision", "recall", "average precision", "AUC", "days ahead")
    yield from _methods(found.methods)
    yield "where nothing is owed that day"
    yield from _methods(found.nothing_owed)
    yield _row(f"groups, by {found.chosen}", "recall", "precision", "expected/observed", "trouble")
    for kind, groups in fairness.items():
        for name, one in groups.items():
            cells = map(_said, (one.recall, one.precision, one.ratio))
            yield _row(f"{kind}: {name}", *cells, f"{one.trouble:,}")
    for test in found.gate:
        if not test.passed:
            yield f"the gate fails {test.name}: {test.measured:.4f}; asked is {test.asked}"


def summary(found: Backtest, fairness: Mapping[str, Mapping[str, GroupFigures]]) -> dict[str, Any]:
    """All of it as one JSON object."""
    towns = {"learnt_in": LEARNT.town, "judged_in": JUDGED.town}
    groups: dict[str, Any] = msgspec.to_builtins(fairness)
    return {**towns, **msgspec.to_builtins(found), "groups": groups}


def _methods(methods: Mapping[str, Figures]) -> Iterator[str]:
    for name, one in methods.items():
        cells = (one.precision_at_k, one.recall_at_k, one.average_precision, one.auc)
        yield _row(name, *map(_said, cells), _days(one.lead_days))


def _row(name: str, *cells: str) -> str:
    return f"{name:<26}" + "".join(f"{cell:<22}" for cell in cells).rstrip()


def _days(days: float) -> str:
    return "-" if isnan(days) else f"{days:.0f}"  # nobody who was visited came into trouble


def _said(one: Interval) -> str:
    return f"{one.value:.3f} ({one.low:.3f}-{one.high:.3f})"
