"""Looks now and then whether a partition must stop or may go on, and says that the worker lives."""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Engine

from alerts.metrics import log_is_silent
from alerts.store import database, refused
from alerts.store.database import reading
from alerts.store.heartbeats import Heart
from streams.troubles import DATABASE, KAFKA
from streams.worker.frame_app import BokvarApp
from streams.worker.health import not_ready
from streams.worker.standstill import go_on, stop
from streams.worker.worker_faults import end_process, is_passing

SECONDS_BETWEEN_CHECKS = 20.0
SECONDS_BETWEEN_LOOKS_AT_RULES = 1.0
SECONDS_BETWEEN_BEATS = 1.0  # a beat that has no news waits for its time
# Seconds after which what does not answer counts as away. A look asks both servers, a heartbeat the
# database alone, which must be found out first.
LOOK_PATIENCE, HEARTBEAT_PATIENCE = 25.0, 15.0
T = TypeVar("T")


def watch_log(app: BokvarApp) -> Any:
    """A task of the app that looks at the log and says how far it goes."""

    async def watch() -> None:
        """Look now and then whether the log is still the right one, and how far it goes."""
        while not app.should_stop:
            await app.sleep(SECONDS_BETWEEN_CHECKS)
            await _look(app)

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


def say_alive(app: BokvarApp, heart: Heart) -> Any:
    """A task of the app that tells the database that this worker lives, and what ails it."""

    async def watch() -> None:
        """Beat, and so find out whether the database answers."""
        while not app.should_stop:
            trouble = "; ".join(not_ready(app, app.worker))
            try:
                app.worker.refused = await _answered(
                    app, "heartbeat", HEARTBEAT_PATIENCE, _beat, app.worker.engine, heart, trouble
                )
            except Exception as error:
                _passing(app, "heartbeat", error)
            await app.sleep(SECONDS_BETWEEN_BEATS)

    return watch


def _beat(engine: Engine, heart: Heart, trouble: str) -> int:
    """Beat; the messages that Kafka does not take."""
    heart.beat(trouble)
    with reading(engine) as connection:
        return refused.count_open(connection)


async def _answered(
    app: BokvarApp, part: str, patience: float, work: Callable[..., T], *arguments: Any
) -> T:
    """What blocking work gives, done on a thread of its own: a server that is silent must not
    keep frames from being folded. That it is silent is told meanwhile."""
    doing = asyncio.ensure_future(asyncio.to_thread(work, *arguments))
    while not (await asyncio.wait({doing}, timeout=patience))[0]:
        _tell_silence(app, part)
    found = doing.result()
    app.worker.troubles.over(part)
    return found


def _tell_silence(app: BokvarApp, part: str) -> None:
    troubles = app.worker.troubles
    if part == "heartbeat":
        troubles.away(part, DATABASE, "no answer")
    elif not troubles.of(DATABASE):
        log_is_silent()
        troubles.away(part, KAFKA, "no answer")


def _passing(app: BokvarApp, part: str, error: Exception) -> None:
    if not is_passing(error):
        end_process(error)
    app.worker.troubles.failed(part, error)


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


async def _look(app: BokvarApp) -> None:
    """Stop the partitions that must not go on, and let those go on that may again; neither while
    Kafka or the database does not answer, which `/ready` tells."""
    generation = app.consumer_generation_id
    places = sorted({*app.worker.watermarks, *app.worker.stopped})
    try:
        reasons = await _answered(app, "look", LOOK_PATIENCE, app.worker.check, places)
    except Exception as error:
        if not database.is_passing(error):
            log_is_silent()
        _passing(app, "look", error)
        return
    if app.rebalancing or app.consumer_generation_id != generation:
        return  # these may be another's by now
    stopped = set(app.worker.stopped)
    stop(app, {tp: why for tp, why in reasons.items() if tp not in stopped})
    for tp in stopped - reasons.keys():
        await go_on(app, tp)
