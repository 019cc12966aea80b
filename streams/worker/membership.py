"""Hears what keeps the worker out of its group, and has it try again.

Kafka's client keeps what it cannot mend until it is asked for it, and does nothing until then.
Faust never asks: the worker would stand for ever, without a word.
"""

import logging
from typing import Any

from aiokafka.errors import KafkaError

from streams.ending import CRASHED, leave
from streams.quiet.logs import trail
from streams.troubles import KAFKA, cause

log = logging.getLogger("bokvar.worker")

SECONDS_BETWEEN_TRIES = 1.0
PART = "group"


def hear(app: Any, consumer: Any) -> None:
    """Tell what keeps the worker out of its group, and let it try again. Runs in the thread of
    Faust's consumer. Where the client has given up for good, the process ends, to be started
    again."""
    coordinator, troubles = consumer._coordinator, app.worker.troubles
    try:
        coordinator.check_errors()
    except KafkaError as error:
        if coordinator._coordination_task.done():
            log.critical("the worker ends, its part in the group is lost: %s", trail(error))
            leave(CRASHED)
        coordinator.request_rejoin()  # else a heartbeat that failed is not begun again
        troubles.away(PART, KAFKA, cause(error), _kept_out(app, error))
    else:
        if consumer.assignment():
            troubles.over(PART)


def _kept_out(app: Any, error: KafkaError) -> str:
    return (
        f"Kafka at {app.worker.settings.kafka} does not let this worker into its group "
        f"{app.conf.id} ({cause(error)}): see that no other program is in that group and that this "
        "one may be; nothing is lost, and it tries again every second"
    )
