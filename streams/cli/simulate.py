"""`bokvar simulate`: a simulated municipality's events, as JSON lines."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Annotated, BinaryIO

import msgspec
import typer

from streams.cli.refuse import refuse
from streams.cli.screen import bars, say, show_json
from streams.simulate import TOWNS, Simulation, Town, default_size, full_size
from streams.simulate.faults import Faults

_encoder = msgspec.json.Encoder()

TownName = Annotated[str, typer.Option("--town", help=f"The town: {', '.join(TOWNS)}.")]
Leases = Annotated[
    int | None, typer.Option(min=1, help="Rented homes; by default a tenth of the town's.")
]
Full = Annotated[bool, typer.Option("--full", help="All of the town's rented homes.")]
Start = Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="The first day.")]
Days = Annotated[int, typer.Option(min=1, max=36_600, help="How many days.")]
Seed = Annotated[int, typer.Option(min=0, help="The same seed gives the same events.")]
Out = Annotated[Path, typer.Option(help="The file to write, or - for standard output.")]
Truth = Annotated[
    Path | None, typer.Option(help="Write who would be evicted here; for evaluation only.")
]
FaultRate = Annotated[
    float,
    typer.Option("--faults", min=0, max=1, help="The share of events spoilt, to test with."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")]


def simulate(
    town: TownName = "sodertalje",
    leases: Leases = None,
    full: Full = False,
    start: Start = "2026-01-01",
    days: Days = 365,
    seed: Seed = 1,
    out: Out = Path("events.jsonl"),
    truth: Truth = None,
    faults: FaultRate = 0.0,
    as_json: AsJson = False,
) -> None:
    """Write a simulated municipality's rents and lives as events, one JSON object a line.

    Everything is invented. With --out - the summary goes to standard error.
    """
    if full and leases is not None:
        refuse("--full and --leases both say how many homes there are; give one of them")
    place = _named(town)
    size = full_size(place) if full else default_size(place) if leases is None else leases
    simulation = Simulation(size, _first_day(start, days), days, seed, place)
    began = perf_counter()
    try:
        with _written(out) as sink:
            lines = _write(simulation, Faults(faults, seed) if faults else None, sink)
        if truth is not None:
            with _written(truth) as sink:
                sink.write(_encoder.encode_lines(simulation.truth()))
    except BrokenPipeError:
        refuse("the reader of the output went away; the events are not complete", status=1)
    _report(size, lines, perf_counter() - began, out, as_json)


def _named(name: str) -> Town:
    if name not in TOWNS:
        refuse(f"--town {name!r} is none of the towns that can be simulated: {', '.join(TOWNS)}")
    return TOWNS[name]


def _first_day(start: str, days: int) -> date:
    try:
        first = date.fromisoformat(start)
    except ValueError:
        refuse(f"--start {start!r} is not a date; write it as 2026-01-01")
    if not 1990 <= first.year <= first.year + days // 365 < 2150:
        refuse("the days must lie between 1990 and 2150; choose another --start or fewer --days")
    return first


def _write(simulation: Simulation, faults: Faults | None, sink: BinaryIO) -> int:
    """Write all events, with a progress bar on standard error; how many lines."""
    count = 0
    with bars() as progress:
        bar = progress.add_task("Simulating", total=simulation.days)
        for events in simulation.by_day():
            if faults is None:
                sink.write(_encoder.encode_lines(events))
                count += len(events)
            else:
                count += _write_lines(sink, (line.raw for line in faults.mix(events)))
            progress.advance(bar)
    if faults is not None:
        count += _write_lines(sink, (line.raw for line in faults.rest()))
    return count


def _write_lines(sink: BinaryIO, lines: Iterator[bytes]) -> int:
    count = 0
    for line in lines:
        sink.write(line + b"\n")
        count += 1
    return count


@contextmanager
def _written(path: Path) -> Iterator[BinaryIO]:
    """A file that is there whole or not at all; a pipe or device is written as it is."""
    if str(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    whole = path.is_file() or not path.exists()
    target = path.with_name(path.name + ".part") if whole else path
    try:
        with target.open("wb") as sink:
            yield sink
        if whole:
            target.replace(path)
    except BrokenPipeError:
        raise
    except OSError as error:
        refuse(f"cannot write {path}: {error.strerror}; choose another file", status=1)
    finally:
        if whole:
            target.unlink(missing_ok=True)


def _report(leases: int, events: int, seconds: float, out: Path, as_json: bool) -> None:
    on_stderr = str(out) == "-"
    rate = round(events / seconds)
    if as_json:
        summary = {
            "leases": leases,
            "events": events,
            "seconds": round(seconds, 2),
            "events_per_second": rate,
            "out": str(out),
        }
        show_json(summary, err=on_stderr)
    else:
        text = f"{events:,} events of {leases:,} leases in {seconds:.1f} s ({rate:,} a second)"
        say(text if on_stderr else f"{text}, in {out}", err=on_stderr)
