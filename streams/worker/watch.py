"""Looks now and then whether a partition must stop or may go on."""

import asyncio
import logging
from typing import Any

from faust.types import TP

from alerts.metrics import observe_log_ends
from streams.worker.frame_app import BokvarApp
from streams.worker.standstill import go_on, stop
from streams.worker.worker_faults import end_process, is_passing

log = logging.getLogger("bokvar.worker")

SECONDS_BETWEEN_CHECKS = 20.0
SECONDS_BETWEEN_LOOKS_AT_RULES = 1.0


def watch_log(app: BokvarApp) -> Any:
    """A task of the app that looks at the log and says how far it goes."""

    async def watch() -> None:
        """Look now and then whether the log is still the right one, and how far it goes."""
        while not app.should_stop:
            await app.sleep(SECONDS_BETWEEN_CHECKS)
            places = sorted({*app.worker.watermarks, *app.worker.stopped})
            observe_log_ends({tp.partition: app.consumer.highwater(tp) or 0 for tp in places})
            if places and not app.rebalancing:
                await _look(app, places)

    return watch


def watch_rules(app: BokvarApp) -> Any:
    """A task of the app that looks for rules that have begun."""

    async def watch() -> None:
        """Go on at once where another release has read up to this one's rules."""
        while not app.should_stop:
            await app.sleep(SECONDS_BETWEEN_LOOKS_AT_RULES)
            if app.worker.rules.standing and not app.rebalancing:
                await _pass_opened(app)

    return watch


async def _pass_opened(app: BokvarApp) -> None:
    generation = app.consumer_generation_id
    try:
        opened = await asyncio.to_thread(app.worker.rules.opened)
    except Exception as error:
        if not is_passing(error):
            end_process(error)
        return
    if not app.rebalancing and app.consumer_generation_id == generation:
        for tp in [tp for tp in app.worker.stopped if tp.partition in opened]:
            await go_on(app, tp)


async def _look(app: BokvarApp, places: list[TP]) -> None:
    """Stop the partitions that must not go on, and let those go on that may again; neither while
    Kafka or the database does not answer.

    On a thread of its own: a broker that is silent must not keep frames from being folded.
    """
    generation = app.consumer_generation_id
    try:
        reasons = await asyncio.to_thread(app.worker.check, places)
    except Exception as error:
        if not is_passing(error):
            end_process(error)
        log.warning("%s while looking at the log; the next look is soon", type(error).__name__)
        return
    if app.rebalancing or app.consumer_generation_id != generation:
        return  # these may be another's by now
    stopped = set(app.worker.stopped)
    stop(app, {tp: why for tp, why in reasons.items() if tp not in stopped})
    for tp in stopped - reasons.keys():
        await go_on(app, tp)
