"""One lease, lived through in memory: what is said of it, what its landlord is answered, and the
second opinion on its money."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from alerts.contract.messages import LandlordFeedback
from alerts.contract.topics import LANDLORD_FEEDBACK
from alerts.fold.announce import key_of
from alerts.fold.record import Record
from models.contract.events import Event, day_ended
from streams.kafka.decode import decode
from streams.proof.balance_oracle import Money
from tests.memory import MemoryStore

DATA = Path(__file__).parent / "data"
encode = msgspec.json.Encoder().encode
LATER = 1_900_000_000_000  # in 2030: loaded when all of it has happened


class Answer(msgspec.Struct):
    """An answer as it leaves, as far as it is looked at."""

    data: LandlordFeedback


class Life:
    """Events lived through in memory, with the records they came in."""

    def __init__(self, *events: Event | bytes) -> None:
        self.store = MemoryStore()
        self.records: list[Record] = []
        self.tell(*events)

    def tell(self, *events: Event | bytes) -> "Life":
        """Fold more events; the same as a frame of the log."""
        first, found = len(self.records), list[Record]()
        for offset, event in enumerate(events, first):
            raw = event if isinstance(event, bytes) else encode(event)
            found.append(decode(offset, key_of(raw), raw, (), LATER))
        self.records += found
        if found:
            self.store.take(found)
        return self

    def through(self, last: str) -> "Life":
        """Let days end until `last`, each by itself."""
        day, end = self.store.partition.last_day, date.fromisoformat(last)
        assert day is not None
        coming = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
        return self.tell(*(day_ended(day) for day in coming))

    @property
    def ore(self) -> int:
        """What the one lease owes, öre."""
        return self.store.lease(self.lease_id).account.balance_ore

    @property
    def lease_id(self) -> str:
        """The only lease."""
        (only,) = self.store.states()
        return only

    @property
    def told(self) -> dict[str, Any]:
        """All that anybody outside sees of tasks and risk."""
        tasks = {key: msgspec.to_builtins(task) for key, task in self.store.tasks.items()}
        return {"tasks": tasks, "said": self.store.said(), "history": self.lines}

    @property
    def lines(self) -> list[Any]:
        """The history's lines, as people read them."""
        return [(row.day, msgspec.to_builtins(row.said)) for row in self.store.history]

    @property
    def answers(self) -> list[tuple[str, str, str]]:
        """What the landlord was told: event, outcome and code."""
        said = self.store.said(LANDLORD_FEEDBACK)
        found = [msgspec.json.decode(one, type=Answer).data for one in said]
        return [(one.event_id, one.outcome, one.error) for one in found]

    def check_money(self) -> None:
        """The second opinion on the money finds nothing."""
        money, aside = Money(0, 1), set(self.store.dead)
        money.take(self.records, aside)
        assert list(money.differs([(self.lease_id, self.ore)])) == []


def case(name: str) -> list[bytes]:
    """The lines of a case's file."""
    return (DATA / f"{name}.jsonl").read_bytes().splitlines()
