"""How the running system stands, as the page for operations shows it."""

from datetime import date

from msgspec import Struct

from alerts.store.verified import LastVerified
from alerts.views.feeds import Feed
from models.phrase import Phrase


class Fault(Struct, frozen=True):
    """What keeps the system from its work: `said` says what it means and what to do, in whatever
    language; `detail` is what commands say of it, in English."""

    said: Phrase
    detail: str = ""


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
    """All of it. `rules` are the digests in force, `own_rules` that of this release; `model` is ""
    for the scorecard; `silent` are the landlords whose feeds are late; `verified` is what the last
    comparison with the log found, None if nobody made one."""

    partitions: tuple[PartitionState, ...]
    parts: tuple[PartState, ...]
    lag: int | None
    unsent: int
    unsent_seconds: float | None
    refused: int
    rules: str
    model: str
    faults: tuple[Fault, ...]
    own_rules: str = ""
    held: int = 0
    incomplete: int = 0
    set_aside: int = 0
    feeds: tuple[Feed, ...] = ()
    silent: tuple[str, ...] = ()
    verified: LastVerified | None = None
