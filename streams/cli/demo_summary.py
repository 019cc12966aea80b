"""What a demo came to, for programs and for people."""

from pathlib import Path
from typing import Any

import msgspec

from alerts.views.lists import worklist
from streams.cli.screen import Screen

TOP = 10


class Summary(msgspec.Struct):
    """What the demo's `--json` prints."""

    events: int
    leases: int
    tasks: int
    tasks_by_priority: dict[str, int]
    dead_letters: int
    incomplete_leases: int
    verify: dict[str, int]
    seconds: float
    events_per_second: int


def summary_of(
    counts: worklist.Counts, events: int, seconds: float, verified: dict[str, Any]
) -> Summary:
    """The figures of a demo of `events` events in `seconds`."""
    return Summary(
        events=events,
        leases=counts.leases,
        tasks=sum(counts.tasks_by_band.values()),
        tasks_by_priority=counts.tasks_by_band,
        dead_letters=counts.dead_letters,
        incomplete_leases=counts.incomplete_leases,
        verify={name: verified[name] for name in ("lost", "doubled", "different")},
        seconds=round(seconds, 2),
        events_per_second=int(events / seconds),
    )


def print_summary(console: Screen, summary: Summary, folder: Path | None) -> None:
    """Print it, with where to look around in a `folder` that is kept."""
    waits = summary.tasks - min(summary.tasks, TOP)
    console.print(
        f"{waits:,} more tasks wait. {summary.events:,} events of {summary.leases:,} leases in "
        f"{summary.seconds:.0f} s ({summary.events_per_second:,} a second); "
        f"lost {summary.verify['lost']}, doubled {summary.verify['doubled']}, "
        f"different {summary.verify['different']}."
    )
    if folder is not None:
        console.print(f"Look around: BOKVAR_DATA={folder} bokvar tasks, or bokvar lease show ID.")
