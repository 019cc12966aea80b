"""Ends a process in time once it is asked to, whatever it waits for.

Nothing is lost by an end at any moment (docs/reliability.md), and who asks does not wait for long:
a service manager that loses patience kills, and a machine that goes down takes the rest with it.
"""

import logging
import os
import sys
import threading

PATIENCE = 6.0  # seconds to end in good order, of the ten that a process has in all
CRASHED = 70

log = logging.getLogger("bokvar")


def end_in_time(patience: float = PATIENCE) -> None:
    """This process has been asked to end: see to it that it does, with status 0."""
    timer = threading.Timer(patience, _end_now, (patience,))
    timer.daemon = True
    timer.start()


def _end_now(patience: float) -> None:
    log.warning(
        "still waiting %g s after the end was asked for, for Kafka or the database it seems: ended "
        "at once; nothing is lost, what was under way comes again",
        patience,
    )
    leave(0)


def leave(status: int) -> None:
    """End this process at once, its log written."""
    logging.shutdown()
    sys.stdout.flush()
    os._exit(status)
