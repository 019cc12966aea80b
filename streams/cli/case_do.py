"""Does an act in a case of the running system, and shows the case as it stands then."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime

from alerts.commands.case_act import Cases, Deed, Refused, Told
from alerts.commands.event_log import EventLog
from alerts.commands.stored_cases import StoredCases
from alerts.language.sentences import language
from streams.cli.case_show import show, show_acts
from streams.cli.refuse import refuse
from streams.cli.system import System, day, opened
from streams.kafka.event_log import KafkaEventLog
from streams.proof.places import own_topic

Act = Callable[[EventLog, Cases, Deed], Told | Refused]


def do(act: Act, case: str, by: str, on: str | None, as_json: bool, *, waits: bool = False) -> None:
    """Do an act, and show the case as it stands then."""
    now, told_on = datetime.now(UTC), day(on, "--on")
    deed = Deed(case, by, told_on, now, _event_id(now))
    with _ready() as (system, log, cases):
        told = act(log, cases, deed)
        if isinstance(told, Refused):
            refuse(told.sentence, status=1)
        known = cases.known(told.lease_id)
        assert known is not None, "what was just told of is known"
        show(told, known, language(system.settings.language), as_json=as_json, waits=waits)


def list_acts(case: str, as_json: bool) -> None:
    """Show what has been done in a case and can be undone."""
    with opened() as system:
        known = StoredCases(system.engine).known(case)
        if known is None:
            refuse(f"no task and no lease has the id {case}: see `bokvar tasks`", status=1)
        show_acts(known, language(system.settings.language), as_json=as_json)


@contextmanager
def _ready() -> Iterator[tuple[System, EventLog, StoredCases]]:
    with opened() as system:
        settings, engine = system
        log = KafkaEventLog(settings, engine, lambda: own_topic(settings, engine))
        with closing(log):
            yield system, log, StoredCases(engine)


def _event_id(now: datetime) -> str:
    """An id of its own, which sorts by when the act was told: of one day the last act holds."""
    return f"case-{now:%Y%m%dT%H%M%S.%f}-{secrets.token_hex(4)}"
