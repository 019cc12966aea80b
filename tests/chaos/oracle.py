"""What is compared when all is quiet: the database and the deliveries with the log, the log with
what producers were told, and the money with code of its own."""

from msgspec import Struct, field
from sqlalchemy import select

from alerts.fold.faults import FOLD_FAILED
from alerts.store import schema
from alerts.store.database import reading
from streams.proof.verified import Verified
from streams.proof.verify import verify
from tests.chaos.sent import not_sent
from tests.chaos.system import System
from tests.chaos.town import Town


class Found(Struct):
    """What differs; all zeros when nothing was lost or doubled."""

    events: int = 0
    lost: int = 0
    doubled: int = 0
    different: int = 0
    repeated_deliveries: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Is nothing lost, doubled or different?"""
        return not (self.lost or self.doubled or self.different)


def compare(system: System, *towns: Town) -> Found:
    """Fold the whole log again and compare everything with it; the system may go on meanwhile."""
    missing = [place for town in towns for place in not_in_log(system, town)]
    missing += not_sent(system) + not_folded(system)
    seen: Verified = verify(system.settings, system.engine, deliveries=True)
    return Found(
        events=seen.events,
        lost=seen.lost + len(missing),
        doubled=seen.doubled,
        different=seen.different,
        repeated_deliveries=seen.repeated_deliveries or 0,
        examples=[str(example) for example in seen.examples] + missing[:20],
    )


def not_folded(system: System) -> list[str]:
    """Records on which the fold itself failed: they are set aside, so verify finds nothing."""
    table = schema.dead_records
    failed = select(table.c.partition, table.c.offset).where(table.c.error == FOLD_FAILED)
    with reading(system.engine) as connection:
        rows = connection.execute(failed).all()
    return [f"offset {row.offset} of partition {row.partition} could not be folded" for row in rows]


def not_in_log(system: System, town: Town) -> list[str]:
    """Messages that Kafka acknowledged and that are not where it said, or nowhere if it did not."""
    missing = []
    for number, acknowledged in town.acknowledged.items():
        wanted, unplaced = dict(acknowledged), set(town.unplaced[number])
        values = system.digests.read(system.topic.name, number).values
        for offset, digest in wanted.items():
            if values.get(offset) != digest:
                fate = "is another" if offset in values else "is gone"
                missing.append(f"offset {offset} of partition {number} {fate}")
        lost = unplaced.difference(values.values())
        missing += [f"a message of partition {number} is nowhere in it" for _ in lost]
    return missing


def assert_whole(system: System, *towns: Town, least: int = 1) -> Found:
    """Wait until all is folded and sent; then nothing may be lost, doubled or different.

    At least `least` events must have been compared: a comparison of nothing proves nothing.
    """
    system.wait_idle()
    found = compare(system, *towns)
    assert found.whole, f"{found}; ended: {system.supervisor.ends}; see {system.folder}"
    assert found.events >= least, f"only {found.events} events were folded"
    return found
