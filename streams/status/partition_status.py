"""How far each partition is: the database's watermark beside the log's end."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from alerts.fold.partition import Partition
from streams.kafka.topics import Span
from streams.status.log_status import LogStatus


class PartitionStatus(Struct):
    """How far one partition is, and the digest of its rules, empty if its log has named none;
    `fault` says why it cannot go on. The log's end is None, and the lag, while Kafka is silent."""

    partition: int
    log_end: int | None
    watermark: int
    lag: int | None
    newest_day: date | None
    rules: str = ""
    fault: str | None = None


def partitions_status(held: Iterable[Partition], log: LogStatus) -> list[PartitionStatus]:
    """Every partition that the database holds."""
    if log.away is not None:
        return [_unknown(partition) for partition in held]
    return [_known(partition, log) for partition in held]


def _unknown(held: Partition) -> PartitionStatus:
    return PartitionStatus(held.number, None, held.next_offset, None, held.last_day, held.rules)


def _known(held: Partition, log: LogStatus) -> PartitionStatus:
    number, mark, fault = held.number, held.next_offset, log.foreign
    span = log.spans[number] if number < len(log.spans) else Span(0, 0)
    if fault is None and not span.first <= mark <= span.end:
        fault = (
            f"partition {number} was read up to offset {mark}, but the log holds {span.first} "
            f"to {span.end}: restore the pair that belongs together, or run "
            "`bokvar init --adopt`"
        )
    if fault is None and number in log.stopped:
        fault = f"partition {number}: {log.stopped[number]}"
    lag = max(0, span.end - mark)
    return PartitionStatus(number, span.end, mark, lag, held.last_day, held.rules, fault)
