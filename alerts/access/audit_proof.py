"""Is the audit what was written? What it can prove, and what only an anchor can: the chain's page
(`alerts.access.chain`)."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, RowMapping, Select, select

from alerts.access import chain
from alerts.access.chain import NOTHING, Anchor
from alerts.store import access_schema

MOST_FAULTS = 10  # that are told; the rest mostly follows from the first
_AT_ONCE = 1_000  # rows in memory
_TABLE = access_schema.audit


class Verified(Struct, frozen=True):
    """What was found: how many rows there are, the first faults in plain sentences, and the anchor
    to keep, which is worth nothing while there are faults."""

    rows: int
    faults: list[str]
    anchor: Anchor

    @property
    def is_sound(self) -> bool:
        """Nothing speaks against it."""
        return not self.faults


def verify(connection: Connection, anchor: Anchor | None = None) -> Verified:
    """Read the whole audit, in a moment that the connection holds still (`alerts.proof.snapshot`),
    and say what was edited, removed, moved, put in or cut off.

    Who can write the database can write all of it anew. Only `anchor`, which an earlier run gave
    and somebody kept elsewhere, shows that the rows up to it are those of then.
    """
    return _read(connection, _Reading(anchor), head(connection))


def verify_newest(connection: Connection, most: int) -> Verified:
    """The same of the newest rows alone, at most `most`: they, and that they follow on the row
    before them. What is older is not looked at."""
    last, found = head(connection), _Reading(None)
    after = max(0, last[0] - most) if last is not None else 0
    if after > 0:
        before = connection.scalar(select(_TABLE.c.hash).where(_TABLE.c.seq == after))
        found.last = (after, before or NOTHING)
    return _read(connection, found, last)


def _read(connection: Connection, found: "_Reading", last: Anchor | None) -> Verified:
    """What the rows after the last that is taken as read show."""
    query = select(_TABLE).where(_TABLE.c.seq > found.last[0]) if found.last[0] else select(_TABLE)
    for row in _rows(connection, query):
        found.take(row)
    found.end(last)
    return Verified(found.rows, found.faults[:MOST_FAULTS], found.last)


def _rows(connection: Connection, query: Select[Any]) -> Iterator[RowMapping]:
    options = connection.execution_options(yield_per=_AT_ONCE)
    with options.execute(query.order_by(_TABLE.c.seq)) as found:
        yield from found.mappings()


def head(connection: Connection) -> Anchor | None:
    """The number of the last row that was written, and its hash, as the audit says of itself; None
    if somebody took that away."""
    table = access_schema.audit_head
    row = connection.execute(select(table.c.seq, table.c.hash).where(table.c.id == 1)).first()
    return None if row is None else (row.seq, row.hash)


class _Reading:
    """How far it has been read, and what was found."""

    def __init__(self, anchor: Anchor | None) -> None:
        self.rows = 0
        self.faults = list[str]()
        self.last: Anchor = (0, NOTHING)
        self._anchor = anchor
        self._met = anchor in (None, self.last)

    def take(self, row: RowMapping) -> None:
        """One more row."""
        told: dict[str, Any] = {**row}
        seq, previous, given = told["seq"], told["previous_hash"], told["hash"]
        if not isinstance(seq, int):  # SQLite keeps anything in any column
            self._fault("a row without a number was put in")
            return
        if seq != self.last[0] + 1:
            self._gap(self.last[0] + 1, seq - 1)
        elif previous != self.last[1]:
            self._fault(
                f"row {seq} does not follow on the row before it: one of them was edited, moved or "
                "put in"
            )
        if chain.digest(seq, told, previous) != given:
            self._fault(f"row {seq} is not as it was written: it was edited, moved or put in")
        self.rows, self.last = self.rows + 1, (seq, given)
        self._meet()

    def end(self, head: Anchor | None) -> None:
        """There are no more rows, and this is what the head says."""
        if head is None:
            self._fault("the audit's head is missing: where it should end is not known")
        elif head[0] > self.last[0]:
            self._fault(
                f"the end was cut off: row {head[0]} was written, the last is row {self.last[0]}"
            )
        elif head[0] < self.last[0]:
            self._fault(f"rows were put in after row {head[0]}, the last that was written")
        elif head[1] != self.last[1]:
            self._fault(f"row {head[0]} is not the one that the audit's head was told of")
        if not self._met and self._anchor is not None:
            self._fault(
                f"the anchor's row {self._anchor[0]} is not there: the audit ends before it"
            )

    def _meet(self) -> None:
        if self._anchor is not None and self.last[0] == self._anchor[0]:
            self._met = True
            if self.last != self._anchor:
                self._fault(
                    f"row {self.last[0]} is not the anchor's: it, or any row before it, was "
                    "written anew"
                )

    def _gap(self, first: int, last: int) -> None:
        if last < first:
            self._fault(f"row {last + 1} stands before the first there can be: it was put in")
            return
        are = f"row {first} is" if first == last else f"rows {first} to {last} are"
        self._fault(f"{are} missing: removed, or given another number")

    def _fault(self, sentence: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(sentence)
