"""How the running system stands, as the page for operations shows it."""

from datetime import date

from msgspec import Struct


class PartitionState(Struct, frozen=True):
    """How far one partition is; the log's end and the lag are None while Kafka is silent."""

    partition: int
    log_end: int | None
    watermark: int
    lag: int | None
    newest_day: date | None
    fault: str | None


class PartState(Struct, frozen=True):
    """A worker, relay or scheduler, and the seconds since it was heard of."""

    part: str
    process: str
    lives: bool
    heard_seconds: float
    trouble: str


class SystemState(Struct, frozen=True, kw_only=True):
    """All of it; `faults` are whole sentences, `verified` what the last comparison with the log
    found, None if nobody made one."""

    partitions: tuple[PartitionState, ...]
    parts: tuple[PartState, ...]
    lag: int | None
    unsent: int
    unsent_seconds: float | None
    refused: int
    rules: str
    model: str
    faults: tuple[str, ...]
    verified: str | None = None
