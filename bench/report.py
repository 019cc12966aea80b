"""The figures: a table for people, and one JSON object for machines."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.job import Run

Turn = dict[str, Run]
NAMES = {"pure": "pure fold", "bokvar": "Bokvar", "quix": "Quix Streams", "faust": "plain Faust"}
_RATE = {"pure": "pure_fold"}
_FOLDING = ("pure", "bokvar", "quix")  # all must give the same number of messages
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
        "bar_met": min(ratio("pure", by_clock), ratio("pure", by_computing)) >= GOALS["pure"],
        "quiet_machine": all(run.quiet for turn in turns for run in turn.values()),
        "same_messages": len({last[name].made["messages"] for name in _FOLDING}) == 1,
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
    console.print(_stages(turns[-1]))
    found = summary(turns, events)
    if not found["quiet_machine"]:
        console.print("The machine had other work to do: only the ratios by processor time hold.")
    if not found["same_messages"]:
        console.print(
            "The three that fold did not make the same number of messages: do not compare."
        )
    for name, run in turns[-1].items():
        if run.settings:
            told = ", ".join(f"{option}={value}" for option, value in run.settings.items())
            console.print(f"{NAMES[name]}: {told}", highlight=False)


def _rates(turns: Sequence[Turn], events: int) -> Table:
    found = summary(turns, events)
    table = Table(
        title=f"{events:,} events, medians of {len(turns)}",
        caption="µs: processor time an event. (µs): the ratio by processor time.",
    )
    table.add_column("")
    for heading in ("events/s", "from start", "µs", "MB", "Bokvar is", "(µs)", "wanted"):
        table.add_column(heading, justify="right")
    for name, words in NAMES.items():
        run = turns[-1][name]
        micros = median(1e6 / turn[name].computing_rate for turn in turns)
        cells = [
            f"{found[_RATE.get(name, name)]:,}",
            f"{found['from_start'][name]:,}",
            f"{micros * found['records'] / events:.0f}",
            f"{run.peak_bytes / 1e6:.0f}",
        ]
        if name in GOALS:
            cells += [f"{found[key]:.2f} x" for key in (f"ratio_{name}", f"ratio_{name}_computing")]
            cells.append(f"{GOALS[name]:.1f} x")
        table.add_row(words, *cells)
    return table


def _stages(turn: Turn) -> Table:
    table = Table(title="Where the time goes, seconds of the last turn")
    table.add_column("")
    for words in NAMES.values():
        table.add_column(words, justify="right")

    def row(title: str, value: Callable[[Run], float | None]) -> None:
        table.add_row(title, *(_seconds(value(turn[name])) for name in NAMES))

    for stage in dict.fromkeys(stage for run in turn.values() for stage in run.stages):
        row(stage, lambda run, stage=stage: run.stages.get(stage))  # type: ignore[misc]
    row("rest: fetching, framework, waiting", lambda run: run.seconds - sum(run.stages.values()))
    row("all, by the clock", lambda run: run.seconds)
    table.add_section()
    row("processor, its own", lambda run: sum(run.computed.values()))
    row("   of which the relay", lambda run: run.computed.get("relay"))
    row("processor, the broker's", lambda run: run.broker_seconds)
    return table


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{max(value, 0.0):.1f}"
