"""`bokvar relay`: send what the workers have to say to Kafka, in order."""

import os

from alerts import settings as options
from alerts.store.database import DatabaseError, open_database
from alerts.store.setup import SetupError, require_current
from streams.cli.refuse import refuse
from streams.cli.screen import say
from streams.cli.service import run_service
from streams.kafka import topics
from streams.kafka.clients import KafkaUnreachable
from streams.kafka.topics import TopicError
from streams.relay import Relay


def relay() -> None:
    """Send the outbox to Kafka until interrupted. Of several, one is active at a time."""
    try:
        settings = options.read(os.environ)
        engine = open_database(settings.database)
        require_current(engine)
        topics.check(settings)
        say("The relay runs; end it with Ctrl-C.")
        run_service(Relay(settings, engine))
    except (
        DatabaseError,
        KafkaUnreachable,
        options.SettingError,
        SetupError,
        TopicError,
    ) as error:
        refuse(str(error), status=1)
