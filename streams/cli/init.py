"""`bokvar init`: topics and database made ready for each other."""

from typing import Annotated

import typer
from sqlalchemy.engine import make_url

from alerts.contract.topics import EVENTS
from alerts.rules.rulebook import shipped_rulebook
from alerts.rules.rules import short
from alerts.store import adoption, setup
from streams.cli.screen import say, show_json
from streams.cli.system import opened
from streams.kafka import topics
from streams.proof.take_checkpoint import begin_anew
from streams.raised import is_raised, take_on
from streams.rules.announce import name_first

Adopt = Annotated[
    bool,
    typer.Option(
        "--adopt",
        help="Take the log on as it is, also with more partitions (stop the workers first): leases "
        "and tasks stay, reading goes on where it can.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


def init(adopt: Adopt = False, as_json: AsJson = False) -> None:
    """Make the topics and the database, and tie them to each other. Harmless to repeat."""
    with opened(current=False) as (settings, engine):
        if make_url(settings.database).get_backend_name() == "sqlite":
            settings.data.mkdir(parents=True, exist_ok=True)
        made, moved, rehomed = topics.create(settings), list[int](), 0
        topic = topics.check(settings)
        setup.migrate(engine)
        tied = setup.tied_topic(engine, EVENTS)
        if adopt and tied is not None and is_raised(tied, topic):
            rehomed = take_on(settings, engine, topic, tied[1])
            begin_anew(settings, engine)
        elif adopt and tied is not None:
            spans = [(span.first, span.end) for span in topics.spans(settings, topic)]
            moved = adoption.adopt(engine, EVENTS, topic.topic_id, spans)
            if moved or tied[0] != topic.topic_id:
                begin_anew(settings, engine)
        else:
            setup.tie(engine, EVENTS, topic.topic_id, topic.partitions)
        in_force = name_first(settings, engine, topic)
    found = {
        "made": made,
        "topic": topic.name,
        "topic_id": topic.topic_id,
        "partitions": topic.partitions,
        "moved": moved,
        "rehomed": rehomed,
        "rules": shipped_rulebook().digest,
        "rules_in_force": in_force,
    }
    if as_json:
        show_json(found)
        return
    new = f"Made {', '.join(made)}. " if made else "All topics were there. "
    say(f"{new}{topic.name} has {topic.partitions} partitions, and the database is its.")
    if rehomed:
        say(f"{rehomed:,} leases have moved to their new homes: start the workers again.")
    if not in_force:
        say(
            f"The rules of this release ({short(shipped_rulebook().digest)}) are not in force "
            "there: let the workers that run read to the log's end, and run `bokvar upgrade`."
        )
