"""Streams the UCI behaviour through the whole of Bokvar and prints how well the score ranks.

Every event passes a real Kafka broker, the worker, the store and the relay. The score of a lease is
what the scorecard reads off its stored ledger at the end of September; beside it stands the
latest-status rule, that is the months late in September alone (PAY_0, 0 when in order). Both are
held against the file's own default in October, which no event carries.
"""

import json
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from msgspec import Struct
from rich.console import Console

from alerts.store.database import reading
from alerts.store.lease_rows import every_lease
from examples.uci.adapter import LAST_DAY, events, lease_id
from examples.uci.figures import auc, top_decile_precision
from examples.uci.table import read_behaviour, read_outcome
from models.contract.events import Event
from models.lease.settlement import settle
from models.lease.state import Lease, decode
from models.risk.scorecard import features, score
from streams.embedded.pipeline import Pipeline

PATIENCE = 1800.0  # seconds until everything must be folded


class Streamed(Struct, frozen=True):
    """What came out: the stored leases, how log and store compare, and the time it took."""

    leases: Mapping[str, Lease]
    events: int
    seconds: float
    verify: Mapping[str, int]


def main() -> None:
    """Run it; the last line printed is one JSON object."""
    console = Console(stderr=True)
    console.print("30,000 leases, April to September 2005 (UCI, CC BY 4.0), through Kafka ...")
    result = summary(stream(events(read_behaviour())))
    console.print(_in_words(result))
    print(json.dumps(result), flush=True)


def stream(source: Iterable[Event]) -> Streamed:
    """Broker, store, worker and relay up; all events in; stored leases out; everything down."""
    with TemporaryDirectory("-bokvar-uci") as folder, Pipeline(Path(folder)) as pipeline:
        began = time.perf_counter()
        published = pipeline.publish(source)
        pipeline.wait_idle(PATIENCE)
        seconds = time.perf_counter() - began
        verified = pipeline.ask("verify")
        with reading(pipeline.engine) as connection:
            leases = {
                row.lease_id: decode(row.state, row.state_version)
                for row in every_lease(connection)
            }
        zeros = {name: verified[name] for name in ("lost", "doubled", "different")}
        return Streamed(leases, published.events, seconds, zeros)


def points(leases: Mapping[str, Lease]) -> dict[str, int]:
    """The scorecard's points of each lease at the end of 30 September."""
    rows = [
        features(lease, settle(lease.account, lease.started_on, LAST_DAY), LAST_DAY)
        for lease in leases.values()
    ]
    scores = score(rows, LAST_DAY)
    return {lease: risk.points for lease, risk in zip(leases, scores, strict=True)}


def summary(streamed: Streamed) -> dict[str, Any]:
    """The figures. A lease that never came out counts with the lowest score there is."""
    behaviour, defaulted = read_behaviour(), read_outcome().tolist()
    found = points(streamed.leases)
    lowest = min(found.values(), default=0) - 1
    scored = [found.get(lease_id(number), lowest) for number in behaviour.number.tolist()]
    months_late = behaviour.status[:, -1].clip(min=0).tolist()
    return {
        "events": streamed.events,
        "leases": len(found),
        "auc": round(auc(defaulted, scored), 4),
        "top_decile_precision": round(top_decile_precision(defaulted, scored), 4),
        "rule_auc": round(auc(defaulted, months_late), 4),
        "rule_top_decile_precision": round(top_decile_precision(defaulted, months_late), 4),
        "verify": dict(streamed.verify),
        "seconds": round(streamed.seconds, 1),
        "events_per_second": round(streamed.events / streamed.seconds),
    }


def _in_words(result: Mapping[str, Any]) -> str:
    return (
        f"{result['events']:,} events of {result['leases']:,} leases in {result['seconds']} s\n"
        f"scorecard            AUC {result['auc']:.3f}"
        f"   top decile {result['top_decile_precision']:.3f}\n"
        f"latest-status rule   AUC {result['rule_auc']:.3f}"
        f"   top decile {result['rule_top_decile_precision']:.3f}"
    )
