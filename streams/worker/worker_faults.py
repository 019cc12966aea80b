"""What a fault means for the worker: try again, stop the partition, or end the process."""

import logging

from kafka.errors import KafkaError

from alerts.fold.faults import PartitionStops, place, stop
from alerts.store import database
from alerts.store.protocol import UnknownPartition
from streams.ending import CRASHED, leave
from streams.kafka.clients import KafkaUnreachable
from streams.quiet.logs import trail
from streams.worker.fetch_thread import Fetched

log = logging.getLogger("bokvar.worker")


def why_it_stops(fetched: Fetched, error: Exception) -> PartitionStops:
    """The fault of a frame as the reason for which its partition stops."""
    if isinstance(error, PartitionStops | UnknownPartition):
        return PartitionStops(str(error))
    what = f"a frame of {len(fetched.records)} records cannot be folded, the first"
    return stop(fetched.start, what, place(error))


def is_passing(error: BaseException) -> bool:
    """Is this a fault of the database or of Kafka that may pass?"""
    return isinstance(error, KafkaUnreachable | KafkaError) or database.is_passing(error)


def end_process(error: BaseException) -> None:
    """End the process at once, so that nothing acknowledges the frame that failed."""
    log.critical("the worker ends, nothing of the frame is written: %s", trail(error))
    leave(CRASHED)
