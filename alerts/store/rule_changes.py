"""Where in the log rules change, as the database remembers it from `bokvar init` and `upgrade`.

The log is the truth of which rules hold. These rows say what a program cannot know from the log
alone: which change is under way, and whether the checkpoint at it has been taken.
"""

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, func, insert, select, update

from alerts.fold.partition import Partition
from alerts.rules import reach
from alerts.rules.rulebook import Rulebook
from alerts.rules.rules import Rules
from alerts.store import schema

_TABLE = schema.rule_changes


class Place(Struct, frozen=True):
    """Where a change lies in one partition, None until Kafka has it; `saved` once the checkpoint
    there is taken and whoever knows the rules may fold on."""

    offset: int | None
    saved: bool


class Change(Struct, frozen=True):
    """One change of rules: its number, the digest, and its place in every partition."""

    sequence: int
    digest: str
    places: dict[int, Place]

    @property
    def event_id(self) -> str:
        """The id of its event, the same in every partition."""
        return event_id(self.digest, self.sequence)

    @property
    def finished(self) -> bool:
        """Is it in the log everywhere, and its checkpoint taken?"""
        return all(place.saved and place.offset is not None for place in self.places.values())


def event_id(digest: str, sequence: int) -> str:
    """The id of a change's event. The number makes going back to older rules another change."""
    return f"rules.changed:{digest}:{sequence}"


def newest(connection: Connection) -> Change | None:
    """The last change there is, under way or finished."""
    last = select(func.max(_TABLE.c.sequence)).scalar_subquery()
    rows = connection.execute(select(_TABLE).where(_TABLE.c.sequence == last)).all()
    if not rows:
        return None
    places = {row.partition: Place(row.offset, bool(row.saved)) for row in rows}
    return Change(rows[0].sequence, rows[0].digest, places)


def begin(connection: Connection, rules: Rules, partitions: int, *, saved: bool) -> Change:
    """Note a change to `rules` before it is published. With `saved` no checkpoint is awaited."""
    before = newest(connection)
    sequence = before.sequence + 1 if before else 1
    digest = rules.digest
    if read_rules(connection, digest) is None:
        body = msgspec.json.encode(rules).decode()
        connection.execute(insert(schema.rules), {"digest": digest, "body": body})
    rows = [
        {
            "sequence": sequence,
            "partition": number,
            "digest": digest,
            "offset": None,
            "saved": int(saved),
        }
        for number in range(partitions)
    ]
    connection.execute(insert(_TABLE), rows)
    return Change(sequence, digest, dict.fromkeys(range(partitions), Place(None, saved)))


def note_offset(connection: Connection, sequence: int, partition: int, offset: int) -> None:
    """The change is in the log there."""
    here = (_TABLE.c.sequence == sequence) & (_TABLE.c.partition == partition)
    connection.execute(update(_TABLE).where(here).values(offset=offset))


def note_saved(connection: Connection, sequence: int) -> None:
    """The checkpoint at the change is taken: from here on it is folded."""
    connection.execute(update(_TABLE).where(_TABLE.c.sequence == sequence).values(saved=1))


def is_held(connection: Connection, partition: int, event: str) -> bool:
    """Must the change with that event id wait for its checkpoint?"""
    query = select(_TABLE.c.digest, _TABLE.c.sequence).where(
        _TABLE.c.partition == partition, _TABLE.c.saved == 0
    )
    return any(event_id(*row) == event for row in connection.execute(query))


def read_rules(connection: Connection, digest: str) -> Rules | None:
    """The rules of a digest as the program wrote them that brought them."""
    query = select(schema.rules.c.body).where(schema.rules.c.digest == digest)
    body = connection.scalar(query)
    return None if body is None else msgspec.json.decode(body, type=Rules)


def model_of(connection: Connection, change: Change | None) -> str:
    """The sha256 of the model that a change brought or left in force; "" for the scorecard."""
    rules = read_rules(connection, change.digest) if change is not None else None
    return rules.model if rules is not None else ""


def model_in_force(connection: Connection) -> str:
    """The sha256 of the model that ranks the list; "" for the scorecard."""
    return model_of(connection, newest(connection))


def model_before(connection: Connection, change: Change) -> str:
    """The model that was in force before the last one was changed."""
    now = model_of(connection, change)
    for sequence in range(change.sequence - 1, 0, -1):
        digest = digest_of(connection, sequence)
        rules = read_rules(connection, digest) if digest is not None else None
        if rules is not None and rules.model != now:
            return rules.model
    return now


def digest_of(connection: Connection, sequence: int) -> str | None:
    """The digest that the change of that number brought."""
    query = select(_TABLE.c.digest).where(_TABLE.c.sequence == sequence).limit(1)
    found: str | None = connection.scalar(query)
    return found


def stands_at(partition: Partition, change: Change | None) -> Place | None:
    """The place of the newest change if the partition's watermark is right at it."""
    place = change.places.get(partition.number) if change is not None else None
    return place if place is not None and place.offset == partition.next_offset else None


def why_stopped(partition: Partition, change: Change | None, rulebook: Rulebook) -> str | None:
    """Why this program must not fold on, as far as the database tells; None if it may."""
    place = stands_at(partition, change)
    if place is None or change is None:
        return None if rulebook.knows(partition.rules) else reach.under(partition.rules).sentence
    if not rulebook.knows(change.digest):
        return reach.beginning(change.digest, partition.next_offset).sentence
    return None if place.saved else reach.waiting(partition.next_offset).sentence
