"""How fast `bokvar deadlines --jsonl` reads, and how much memory it keeps.

    python bench/deadlines.py [LINES]

Feeds a child process LINES cases (default 1,000,000) of random dates 2022-2032 through its
standard input, as a pipe feeds the command, and prints cases a second and the child's peak memory.
"""

import random
import resource
import subprocess
import sys
from datetime import date, timedelta
from threading import Thread
from time import perf_counter
from typing import IO

_CHILD = (
    "import typer; from streams.cli.deadlines import deadlines; "
    "app = typer.Typer(); app.command()(deadlines); app(['--jsonl', '-'])"
)
_FIRST = date(2022, 1, 1)
_DAYS = 11 * 365
_BLOCK = 200_000


def case(chance: random.Random, number: int) -> str:
    """A full case: rent month, notice, message and eviction time at random distances."""
    start = _FIRST + timedelta(days=chance.randrange(_DAYS))
    served = start + timedelta(days=chance.randrange(10, 60))
    told = served + timedelta(days=chance.randrange(-5, 10))
    eviction = served + timedelta(days=chance.randrange(30, 120))
    return (
        f'{{"id":{number},"rent_month":"{start:%Y-%m}","notice_served_on":"{served}",'
        f'"council_notified_on":"{told}","eviction_notified_on":"{eviction}"}}\n'
    )


def main(lines: int) -> None:
    """Prints one line of figures; RuntimeError if an answer is missing."""
    chance = random.Random(5)
    block = min(lines, _BLOCK)
    cases = "".join(case(chance, number) for number in range(block)).encode()
    repeats = max(1, lines // block)
    started = perf_counter()
    answered = run_child(cases, repeats)
    seconds = perf_counter() - started
    if answered != block * repeats:
        raise RuntimeError(f"{answered} answers to {block * repeats} lines")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{answered} cases, {answered / seconds:.0f} cases/s, peak memory {peak} MB")


def run_child(cases: bytes, repeats: int) -> int:
    """Feeds the command `cases` that many times from a thread; the number of lines it answers."""
    command = [sys.executable, "-c", _CHILD]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        if child.stdin is None or child.stdout is None:
            raise RuntimeError("the child has no pipes")
        feeder = Thread(target=feed, args=(child.stdin, cases, repeats))
        feeder.start()
        answered = 0
        while piece := child.stdout.read(1 << 16):
            answered += piece.count(b"\n")
        feeder.join()
    return answered


def feed(pipe: IO[bytes], cases: bytes, repeats: int) -> None:
    """Writes the cases again and again, and closes."""
    with pipe:
        for _ in range(repeats):
            pipe.write(cases)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
