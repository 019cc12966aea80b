"""What commands about a running system begin with: settings, database, and faults in words."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from alerts import settings as options
from alerts.commands.event_log import NotTold
from alerts.fold.faults import PartitionStops
from alerts.playbooks.read import PlaybookError
from alerts.proof.checkpoint import CheckpointError
from alerts.rules.reach import UnknownRules
from alerts.settings import Settings
from alerts.store.database import DatabaseError, open_database
from alerts.store.protocol import UnknownPartition
from alerts.store.setup import SetupError, require_current
from streams.cli.refuse import refuse
from streams.cli.screen import bars, say
from streams.kafka.clients import KafkaUnreachable
from streams.kafka.log import LogEndsEarlyError, LogExpiredError
from streams.kafka.sender import NotTaken
from streams.kafka.topics import TopicError
from streams.rules.announce import UpgradeError

_TOLD = (
    CheckpointError,
    DatabaseError,
    KafkaUnreachable,
    LogEndsEarlyError,
    LogExpiredError,
    NotTaken,
    NotTold,
    PartitionStops,
    SetupError,
    TopicError,
    UnknownPartition,
    UnknownRules,
    UpgradeError,
    options.SettingError,
)


class System(NamedTuple):
    """The settings in the environment and the database they name."""

    settings: Settings
    engine: Engine


@contextmanager
def told() -> Iterator[None]:
    """Every known fault ends the command with its own sentence and status 1."""
    try:
        yield
    except _TOLD as error:
        refuse(str(error), status=1)
    except PlaybookError as error:
        *before, last = error.faults
        for fault in before:
            say(f"bokvar: {fault}", err=True)
        refuse(last, status=1)
    except DBAPIError as error:
        refuse(
            f"the database failed ({type(error.orig).__name__}): check that it runs and that "
            "BOKVAR_DATABASE is right, then try again",
            status=1,
        )
    except OSError as error:
        refuse(f"{error.filename or 'the system'}: {error.strerror}", status=1)


@contextmanager
def opened(*, current: bool = True) -> Iterator[System]:
    """The system, with its schema known to be `current`; faults are told as by `told`."""
    with told():
        settings = options.read(os.environ)
        engine = open_database(settings.database)
        try:
            if current:
                require_current(engine)
            yield System(settings, engine)
        finally:
            engine.dispose()


@contextmanager
def bar(name: str) -> Iterator[Progress]:
    """A progress bar on standard error, where a person may see it."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with bars(*columns, TimeRemainingColumn()) as progress:
        progress.add_task(name, total=None)
        yield progress


def move(progress: Progress, done: int, total: int | None = None) -> None:
    """Move the one bar there is."""
    progress.update(progress.task_ids[0], completed=done, total=total)


def day(text: str | None, option: str) -> date | None:
    """The date given to an option; refused in words if it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        refuse(f"{option} {text!r} is not a date; write it as 2026-01-31")
