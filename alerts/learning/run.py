"""One run: a history read, lived through, learnt from and judged; and a model of it, if wanted."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import msgspec
import numpy as np
from msgspec import Struct

from alerts.learning import artefact, watch
from alerts.learning.backtest import CANDIDATES, Backtest, backtest, fitted, judged, sample
from alerts.learning.events_file import EventsFile, lines
from alerts.learning.export_files import FILES, find
from alerts.learning.history import History
from alerts.learning.learnt import learnt
from alerts.learning.manifest import Manifest
from alerts.learning.validation import Report
from models.risk.evidence import evidence_by_group
from models.risk.features import NAMES
from models.risk.gate import GroupFigures
from models.risk.measures import Bin, bins
from models.risk.table import Examples

_CHUNK = 1 << 20


class Asked(Struct, frozen=True):
    """What to run: the folder of an export, or a file of events; the visits at each look (None: one
    in twenty), days ahead, seed."""

    source: Path
    is_events: bool
    capacity: int | None
    horizon: timedelta
    seed: int


class Steps(Struct, frozen=True):
    """Who hears how far a run is: rows read of a file, the report, a lease lived, a model made."""

    read: Callable[[str, int], None]
    reported: Callable[[Report], None]
    lived: Callable[[], None]
    trained: Callable[[], None]


class Run(Struct, frozen=True):
    """What came of a run; `reliability` has the chosen model's tenths, expected and observed."""

    report: Report
    examples: int
    backtest: Backtest
    reliability: list[Bin]
    fairness: dict[str, dict[str, GroupFigures]]


def run(asked: Asked, steps: Steps) -> tuple[Run, Examples]:
    """Read, live through, learn and judge. `ExportError`, or `TooLittle`, in one sentence."""
    with _opened(asked, steps.read) as source:
        steps.reported(source.report)
        rows = learnt(source, asked.horizon, steps.lived)
        report = source.report
    found = judged(rows, asked.horizon, asked.seed, steps.trained)
    compared = backtest(found, asked.horizon, asked.capacity, asked.seed)
    p = found.probabilities[compared.chosen]
    chance = np.random.default_rng(asked.seed)
    fairness = evidence_by_group(found.rows, p, compared.capacity, chance)
    return Run(report, len(rows.day), compared, bins(found.rows.hit, p), fairness), rows


def keep(asked: Asked, done: Run, rows: Examples, folder: Path, today: date) -> Manifest:
    """Train the chosen candidate on all there is, and keep it under `folder`."""
    chance = np.random.default_rng(asked.seed)
    kind = done.backtest.chosen
    model = fitted(CANDIDATES[kind], sample(rows, chance), chance)
    data = artefact.fingerprint(_bytes_of(asked))
    metrics = msgspec.json.decode(msgspec.json.encode(done), type=dict)
    manifest = Manifest(
        name=f"{today}-{kind}",
        form=artefact.FORM,
        kind=kind,
        features=NAMES,
        trained_on=today.isoformat(),
        sha256="",
        data=data,
        versions=artefact.versions(),
        seed=asked.seed,
        promotable=done.backtest.promotable,
        failed=[test.name for test in done.backtest.gate if not test.passed],
        metrics=metrics,
        reference=watch.references(model, rows),
    )
    return artefact.save(model, folder, manifest)


def _opened(asked: Asked, read: Callable[[str, int], None]) -> History | EventsFile:
    if asked.is_events:
        return EventsFile(asked.source.name, lines(asked.source), read)
    return History(asked.source, read)


def _bytes_of(asked: Asked) -> Iterator[bytes]:
    files = [asked.source] if asked.is_events else [find(asked.source, name) for name in FILES]
    for path in files:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield chunk
