"""`bokvar train`: a risk model out of a landlord's history, judged on its own later data."""

from datetime import UTC, datetime

from msgspec import Struct

from alerts.learning import card
from alerts.learning.manifest import Manifest
from alerts.learning.run import Run, keep
from models.stockholm import day_of
from streams.cli.learning import (
    AsJson,
    Events,
    HistoryFolder,
    Horizon,
    Seed,
    Visits,
    asked,
    known_faults,
    models_folder,
    ran,
)
from streams.cli.learning_print import print_run
from streams.cli.screen import say, show_json


class Trained(Struct, frozen=True):
    """What `--json` prints."""

    model: str
    sha256: str
    run: Run


def train(
    history: HistoryFolder = None,
    events: Events = None,
    visits: Visits = None,
    horizon: Horizon = 90,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Train a risk model on a history, and keep it with its manifest and card.

    The validation report comes first, on standard error. The model is kept whether it may take the
    scorecard's place or not; it does not score anybody by that.
    """
    what = asked(history, events, visits, horizon, seed)
    with known_faults():
        folder = models_folder()
        done, rows = ran(what)
        today = day_of(datetime.now(UTC))
        kept: Manifest = keep(what, done, rows, folder, today)
        place = folder / kept.name
        (place / "card.md").write_text(card.markdown(kept, done), "utf-8")
        (place / "card.html").write_text(card.html(kept, done), "utf-8")
    if as_json:
        show_json(Trained(kept.name, kept.sha256, done))
    else:
        print_run(done)
        say(f"Kept as {kept.name}; its card: {place / 'card.html'}")
