"""`bokvar scheduler`: tell every partition of each day that has ended."""

import os
from datetime import UTC, date, datetime
from typing import Annotated

import msgspec
import typer
from sqlalchemy.exc import DBAPIError

from alerts import settings as options
from alerts.store.database import DatabaseError, open_database
from alerts.store.setup import SetupError, require_current
from models.stockholm import day_of
from streams.checkpoint_schedule import CheckpointSchedule
from streams.cli.refuse import refuse
from streams.cli.screen import say
from streams.cli.service import run_service
from streams.days_due import MOST_BY_ITSELF
from streams.kafka import topics
from streams.kafka.clients import KafkaUnreachable
from streams.kafka.sender import NotTaken
from streams.kafka.topics import TopicError
from streams.scheduler import DaysHeldBack, Scheduler
from streams.service import Together

Once = Annotated[bool, typer.Option("--once", help="Publish what is due and end.")]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="YYYY-MM-DD",
        help="The first day, in a system that has had none; default yesterday.",
    ),
]
Through = Annotated[
    str | None,
    typer.Option(
        metavar="YYYY-MM-DD",
        help=f"Publish all days missing up to this one, also more than {MOST_BY_ITSELF}, and end.",
    ),
]


def scheduler(once: Once = False, from_day: From = None, through: Through = None) -> None:
    """Publish each day that has ended in Sweden. Of several, one is active at a time.

    It never tells a day that has not ended by Kafka's clock too; after a long pause it tells none
    until a person has looked and given --through. It also takes a checkpoint every
    BOKVAR_CHECKPOINT_HOURS.
    """
    first_day, last_day = _day("--from", from_day), _day("--through", through)
    try:
        settings = options.read(os.environ)
        engine = open_database(settings.database)
        require_current(engine)
        topics.check(settings)
        made = Scheduler(settings, engine, first_day=first_day)
        if last_day is not None:
            say(f"{made.publish_through(last_day)} records published")
        elif once:
            _once(made)
        else:
            say("The scheduler runs; end it with Ctrl-C.")
            run_service(Together(made, CheckpointSchedule(settings, engine)))
    except (
        DatabaseError,
        DaysHeldBack,
        KafkaUnreachable,
        NotTaken,
        options.SettingError,
        SetupError,
        TopicError,
    ) as error:
        refuse(str(error), status=1)
    except DBAPIError as error:
        refuse(f"the database failed ({type(error.orig).__name__}): try again", status=1)


def _once(made: Scheduler) -> None:
    say(f"{made.publish_due()} records published")
    return refuse(made.held_back, status=1) if made.held_back else None


def _day(option: str, text: str | None) -> date | None:
    """A day that has ended, as it was written."""
    if text is None:
        return None
    try:
        day = msgspec.convert(text, date)
    except msgspec.ValidationError:
        refuse(f"{option} {text} is not a day of the calendar; write it as 2027-03-24")
    if day >= day_of(datetime.now(UTC)):
        refuse(f"{option} {text} has not ended yet; give yesterday or a day before it")
    return day
