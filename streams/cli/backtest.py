"""`bokvar backtest`: how well a model and simple rules would have done on a history."""

from streams.cli.learning import (
    AsJson,
    Events,
    HistoryFolder,
    Horizon,
    Seed,
    Visits,
    asked,
    known_faults,
    ran,
)
from streams.cli.learning_print import print_run
from streams.cli.screen import show_json


def backtest(
    history: HistoryFolder = None,
    events: Events = None,
    visits: Visits = None,
    horizon: Horizon = 90,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Train on the past of a history and judge on what came later; nothing is kept.

    Beside the models: the scorecard, the latest status (days since the oldest unpaid rent fell due)
    and the largest debt, on the same rows.
    """
    with known_faults():
        done, _ = ran(asked(history, events, visits, horizon, seed))
    if as_json:
        show_json(done)
    else:
        print_run(done)
