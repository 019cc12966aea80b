"""Operations: what is wrong, what waits for a decision, and how far everything is."""

from datetime import UTC, datetime

from msgspec import Struct
from starlette.responses import Response

from alerts.views.lists import worklist
from alerts.views.lists.worklist import StoredDeadRecord
from alerts.views.waiting_leases import waiting
from alerts.web.ask import Ask
from alerts.web.operations.on_call import age, faults, waits
from alerts.web.system_state import PartitionState, SystemState
from models.contract.refusal import mend
from models.stockholm import to_the_minute

MOST = 50  # rows of each list
_LEASES = 3  # of a record, that its row names


class Row(Struct, frozen=True):
    """A record that was set aside: where it lies, and what is wrong with it."""

    partition: int
    offset: int
    since: str
    source: str
    wrong: str
    leases: list[str]
    more_leases: int


def operations(ask: Ask) -> Response:
    """The page of whoever keeps the system running."""
    state = ask.site.status()  # asks Kafka: no connection is held meanwhile
    with ask.reading() as connection:
        dead = worklist.dead_letters(connection, limit=MOST)
        held = list(waiting(connection, "held", MOST))
        incomplete = list(waiting(connection, "incomplete", MOST))
    return ask.page(
        "operations.html",
        state=state,
        faults=faults(state),
        waits=waits(state),
        records=[_row(ask, one) for one in dead],
        held=held,
        incomplete=incomplete,
        feeds=state.feeds[:MOST],
        partitions=_worst(state.partitions),
        left_out={
            "records": state.set_aside - len(dead),
            "held": state.held - len(held),
            "incomplete": state.incomplete - len(incomplete),
            "feeds": len(state.feeds) - MOST,
            "partitions": len(state.partitions) - MOST,
        },
        verified=_verified(ask, state),
        age=age,
    )


def _row(ask: Ask, stored: StoredDeadRecord) -> Row:
    record = stored.record
    return Row(
        partition=stored.partition,
        offset=record.offset,
        since=record.since.isoformat(),
        source=record.source,
        wrong=ask.say(mend(record.refusal)),
        leases=record.leases[:_LEASES],
        more_leases=max(0, len(record.leases) - _LEASES),
    )


def _worst(partitions: tuple[PartitionState, ...]) -> list[PartitionState]:
    """All of them in order; of very many, those that stand still or are furthest behind."""
    if len(partitions) <= MOST:
        return list(partitions)
    return sorted(partitions, key=lambda one: (one.fault is None, -(one.lag or 0)))[:MOST]


def _verified(ask: Ask, state: SystemState) -> str:
    """What the last comparison of log and database found, in a sentence."""
    last = state.verified
    if last is None:
        return ask.say("operations.never_verified")
    when = to_the_minute(datetime.fromtimestamp(last.at, UTC))
    name = "operations.verified_differ" if last.differences else "operations.verified"
    return ask.say(
        name, when=when, count=last.differences, partitions=last.partitions, release=last.release
    )
