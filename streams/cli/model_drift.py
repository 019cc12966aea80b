"""`bokvar model drift`: whether the leases still look as they did, and what it says comes true."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from alerts import settings as options
from alerts.learning import drift as kept
from alerts.learning import watch
from alerts.learning.artefact import content, opened
from alerts.learning.drift import CHANCE, Drift
from alerts.learning.events_file import EventsFile, lines
from alerts.learning.manifest import Manifest, ModelRefused, read_manifest
from alerts.learning.shelf import Shelf
from alerts.settings import Settings
from alerts.store import model_rows, rule_changes
from alerts.store.database import reading
from models.risk.drift import MOVED, STEADY
from models.risk.gate import Interval
from models.risk.training import Model
from streams.cli.learning import AsJson, known_faults, rows_read
from streams.cli.screen import bars, say, show_json
from streams.cli.system import opened as system_opened
from streams.kafka import log, topics

Name = Annotated[
    str | None, typer.Argument(metavar="MODEL", help="By default the model that ranks the list.")
]
Events = Annotated[
    Path | None, typer.Option("--events", help="A file of events; by default the system's own log.")
]


def drift(name: Name = None, events: Events = None, as_json: AsJson = False) -> None:
    """Compare what a model sees with what it learnt from, and what it said with what came.

    Reads the whole log. What is found of the model that ranks the list goes to the metrics, of one
    that is named to its folder, for `model show`.
    """
    with known_faults():
        settings = options.read(os.environ)
        if name is not None:
            manifest, body = read_manifest(settings.models, name), content(settings.models, name)
            found = _watched(settings, manifest, opened(manifest, body), events)
            kept.keep(settings.models, name, found)
        else:
            found = _of_the_one_in_force(events)
    if as_json:
        show_json(found)
    else:
        for line in told(found):
            say(line)


def _of_the_one_in_force(events: Path | None) -> Drift:
    """What is found of the model that ranks the list, noted in the database. `ModelRefused` where
    the scorecard does."""
    with system_opened() as system:
        settings, engine = system
        with reading(engine) as connection:
            version = rule_changes.model_in_force(connection)
        held = Shelf(engine, settings.models).read(version) if version else None
        if held is None:
            raise ModelRefused("no model ranks the list: name one, as `bokvar model list` has it")
        found = _watched(settings, held[0], opened(*held), events)
        with engine.begin() as connection:
            model_rows.note_drift(connection, version, kept.encoded(found))
    return found


def _watched(settings: Settings, manifest: Manifest, model: Model, events: Path | None) -> Drift:
    raw = lines(events) if events is not None else _of_the_log(settings)
    with bars() as progress:
        loading = progress.add_task("Reading", total=None)
        living = progress.add_task("Living through", total=None)
        told_rows = rows_read(progress, loading)
        with EventsFile(str(events or "the log"), raw, told_rows) as source:
            return watch.watched(
                model, manifest, source, manifest.seed, lambda: progress.advance(living)
            )


def _of_the_log(settings: Settings) -> Iterator[bytes]:
    """Every event of the log as a line, partition by partition, each with its own days."""
    topic = topics.event_topic(settings)
    for number, span in enumerate(topics.spans(settings, topic)):
        for records in log.records(settings, topic.name, number, span.first, span.end):
            for record in records:
                if record.event is not None:
                    yield msgspec.json.encode(record.event)


def told(found: Drift) -> Iterator[str]:
    """What came of it, a fact a line."""
    chance = found.indices.get(CHANCE)
    if chance is not None:
        yield (
            f"{found.rows:,} looks in the year up to {found.through}: the chance has moved by "
            f"{chance:.3f} ({_word(chance)})"
        )
    others = [(n, i) for n, i in found.indices.items() if n != CHANCE and i >= STEADY]
    for name, index in others:
        yield f"  {name} has moved by {index:.3f} ({_word(index)})"
    if not others:
        yield f"  no feature has moved by {STEADY} or more"
    for look in found.looks:
        yield (
            f"{look.day}: {look.rows:,} leases, {look.trouble:,} came into trouble; "
            f"expected over observed {_interval(look.ratio)}"
        )
    for kind, groups in found.groups.items():
        for group, figures in groups.items():
            yield (
                f"{kind} {group}: {figures.trouble:,} of {figures.rows:,}; expected over observed "
                f"{_interval(figures.ratio)}, recall {_interval(figures.recall)}"
            )


def _word(index: float) -> str:
    return "steady" if index < STEADY else "look at it" if index < MOVED else "another population"


def _interval(found: Interval) -> str:
    return f"{found.value:.2f} ({found.low:.2f} to {found.high:.2f})"
