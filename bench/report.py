"""The figures: a table for people, and one JSON object for machines."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.job import Run

Turn = dict[str, Run]
NAMES = {
    "pure": "pure fold, one process, no I/O",
    "bokvar": "Bokvar on SQLite, all of it",
    "quix": "Quix Streams, same fold, RocksDB",
    "faust": "plain Faust, decoding only",
}
GOALS = {"pure": 0.4, "quix": 1.5, "faust": 3.0}


def summary(turns: Sequence[Turn], events: int) -> dict[str, Any]:
    """Events a second, by peer, and Bokvar's ratio to each: medians over the turns.

    `..._computing` are the same by processor time of each peer's own processes.
    """
    share = events / all_records(turns)
    by_clock, by_computing = attrgetter("rate"), attrgetter("computing_rate")

    def rate(name: str) -> int:
        return round(share * median(turn[name].rate for turn in turns))

    def ratio(name: str, of: Callable[[Run], float]) -> float:
        return round(median(of(turn["bokvar"]) / of(turn[name]) for turn in turns), 3)

    last = turns[-1]
    return {
        "events": events,
        "records": all_records(turns),
        "turns": len(turns),
        "pure_fold": rate("pure"),
        "bokvar": rate("bokvar"),
        "quix": rate("quix"),
        "faust": rate("faust"),
        **{f"ratio_{name}": ratio(name, by_clock) for name in GOALS},
        **{f"ratio_{name}_computing": ratio(name, by_computing) for name in GOALS},
        "bar_met": ratio("pure", by_clock) >= GOALS["pure"],
        "from_start": {name: round(median(from_start(t[name], events) for t in turns))
                       for name in NAMES},
        "settings": {name: last[name].settings for name in NAMES if last[name].settings},
        "made": {name: last[name].made for name in NAMES if last[name].made},
        "stages": {
            name: {stage: round(seconds, 2) for stage, seconds in last[name].stages.items()}
            for name in NAMES
        },
    }  # fmt: skip


def all_records(turns: Sequence[Turn]) -> int:
    """Records of the log; events without a lease are in it once for each partition."""
    return turns[0]["pure"].records


def from_start(run: Run, events: int) -> float:
    """Events a second with the start of the process counted in."""
    return events / (run.start_seconds + run.seconds)


def show(console: Console, turns: Sequence[Turn], events: int) -> None:
    """Print the tables; seconds by stage are those of the last turn."""
    console.print(_rates(turns, events))
    console.print(_stages(turns[-1], events))
    for name, run in turns[-1].items():
        if run.settings:
            console.print(f"{NAMES[name]}: {run.settings}", highlight=False)


def _rates(turns: Sequence[Turn], events: int) -> Table:
    found = summary(turns, events)
    table = Table(title=f"{events:,} events, medians of {len(turns)}")
    for heading in ("", "events/s", "with start-up", "µs computed an event", "MB", "Bokvar is",
                    "by computing", "wanted"):  # fmt: skip
        table.add_column(heading, justify="left" if not heading else "right")
    for name, words in NAMES.items():
        own = found[{"pure": "pure_fold"}.get(name, name)]
        micros = median(1e6 / turn[name].computing_rate for turn in turns)
        micros *= found["records"] / events
        peak = max(turn[name].peak_bytes for turn in turns) / 1e6
        ratios = ["", "", ""]
        if name in GOALS:
            by_clock, by_computing = found[f"ratio_{name}"], found[f"ratio_{name}_computing"]
            ratios = [f"{by_clock:.2f} x", f"{by_computing:.2f} x", f"{GOALS[name]:.1f} x"]
        start = "-" if name == "pure" else f"{found['from_start'][name]:,}"
        table.add_row(words, f"{own:,}", start, f"{micros:.1f}", f"{peak:.0f}", *ratios)
    return table


def _stages(turn: Turn, events: int) -> Table:
    table = Table(title="Where the time goes, seconds of the last turn")
    names = [stage for run in turn.values() for stage in run.stages]
    table.add_column("")
    for name in NAMES:
        table.add_column(name, justify="right")
    for stage in dict.fromkeys(names):
        table.add_row(stage, *(_seconds(turn[name].stages.get(stage)) for name in NAMES))
    table.add_section()
    table.add_row("all, by the clock", *(_seconds(turn[name].seconds) for name in NAMES))
    for name, run in turn.items():
        for process, seconds in run.computed.items() if len(run.computed) > 1 else ():
            cells = [_seconds(seconds) if other == name else "" for other in NAMES]
            table.add_row(f"computing, {process}", *cells)
    return table


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"
