"""The pure fold: one process, no input or output while the clock runs.

Decode, state decode, fold, score, tasks and messages, state encode, in frames as large as the
worker's, over a dict of bytes: the store in memory that keeps leases in their stored form, for one
with live leases would be another measure. The records are read into memory beforehand.
"""

import gc
from collections import Counter
from functools import lru_cache
from time import monotonic, perf_counter

from bench.folding import FrameFold
from bench.job import Job, Run, Stopwatch, answer, told
from streams.kafka import log
from streams.kafka.decode import decode
from streams.kafka.partitioning import home
from streams.worker.app import FRAME_RECORDS, GC_THRESHOLD
from streams.worker.frame_worker import HOMES_REMEMBERED

Raw = tuple[int, bytes | None, bytes | None]


def main() -> None:
    """Run the job in the argument."""
    job = told()
    frames = read(job)
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLD)
    answer(run(frames, len(job.ends)))


def read(job: Job) -> list[tuple[int, list[Raw]]]:
    """The log in frames, one of each partition in turn."""
    found: list[list[list[Raw]]] = []
    for partition, end in enumerate(job.ends):
        records = [
            (m.offset(), m.key(), m.value())
            for chunk in log.messages(job.settings, job.topic, partition, 0, end)
            for m in chunk
        ]
        starts = range(0, len(records), FRAME_RECORDS)
        found.append([records[at : at + FRAME_RECORDS] for at in starts])
    rounds = max(len(frames) for frames in found)
    return [
        (number, frames[turn])
        for turn in range(rounds)
        for number, frames in enumerate(found)
        if turn < len(frames)
    ]


def run(frames: list[tuple[int, list[Raw]]], partitions: int) -> Run:
    """Fold the frames."""
    find_home = lru_cache(HOMES_REMEMBERED)(lambda lease_id: home(lease_id, partitions))
    stored: dict[str, bytes] = {}
    folds = [FrameFold(number, find_home, stored) for number in range(partitions)]
    made: Counter[str] = Counter()
    decoding = 0.0
    watch = Stopwatch(monotonic())
    watch.worked(0)
    for number, raw in frames:
        at = perf_counter()
        records = [decode(offset, key, value) for offset, key, value in raw]
        decoding += perf_counter() - at
        made["messages"] += len(folds[number].run(records))
        made["frames"] += 1
        watch.worked(len(raw))
    made["leases"] = len(stored)
    stages = {"decode": decoding} | {
        stage: sum(fold.seconds[stage] for fold in folds) for stage in folds[0].seconds
    }
    return watch.run(
        "pure fold",
        stages=stages,
        made=dict(made),
        settings={"frame_records": FRAME_RECORDS, "gc_threshold": GC_THRESHOLD},
    )


if __name__ == "__main__":
    main()
