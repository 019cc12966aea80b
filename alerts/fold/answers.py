"""What a landlord is told of its own events, so that it can mend them.

An answer says nothing of any household, and echoes no more than `ECHO` characters of what came.
What a message to the board lacks stands in the lease's history too. The rest does not: it has a
list of its own until it is mended, or is about single fields of what a system sends by thousands.
"""

from alerts.contract.messages import LandlordFeedback
from alerts.fold.record import LEASE_UNKNOWN, Record
from alerts.fold.senders import sender
from alerts.fold.speaking import answer, answer_and_remember
from alerts.fold.workspace import Workspace
from models.contract import facts, form3
from models.contract.events import Event
from models.contract.refusal import Refusal, mend
from models.contract.source import landlord_of
from models.lease.account import Outcome
from models.lease.groups import impossible_birth_year
from models.lease.state import Lease
from models.phrase import Phrase

ECHO = 200  # characters of what was sent that go back to its sender
WRONG_PARTITION = "wrong_partition"
OTHER_SPELLING = "lease_id_in_other_spelling"
_FORM3 = "form_3_lacks_fields"
_BIRTH_YEAR = "birth_year_impossible"
# What tells money apart that is the same but for that.
_KEY_FIELD: dict[type, str] = {
    facts.RentPaid: "data.payment_id",
    facts.RentCredited: "data.credit_id",
}


def answer_set_aside(work: Workspace, record: Record, refusal: Refusal) -> None:
    """Tell the sender of a record that it was set aside, and how to mend it."""
    landlord = sender(record.source, refusal.code, record.leases, record.key)
    if landlord is not None:
        lease_id = record.leases[0] if record.leases else None
        said = _about(landlord, lease_id, record.event_id, refusal)
        answer(work, _event_id(work, record.offset), said)


def answer_form3(work: Workspace, offset: int, event: Event) -> None:
    """Tell the landlord what its message to the board lacks; it is received all the same."""
    lacks = form3.to_mend(event.data) if event.data.matter == "arrears" else ()
    landlord = landlord_of(event.source)
    if lacks and landlord is not None:
        said = LandlordFeedback(
            landlord, event.data.lease_id, event.id, "defective", _FORM3, list(lacks)
        )
        answer_and_remember(work, _event_id(work, offset), said)


def answer_birth_year(work: Workspace, offset: int, event: Event) -> None:
    """Tell the landlord of a tenant's birth year that cannot be; the rest is received, and the age
    is unknown. Before the first day has ended nobody knows which can."""
    last_day = work.partition.last_day
    path = impossible_birth_year(event.data, work.today) if last_day is not None else None
    if path is not None:
        refusal = Refusal(_BIRTH_YEAR, path, Phrase("expected.birth_year"))
        answer_received(work, offset, event, refusal)


def answer_received(
    work: Workspace, offset: int, event: Event, refusal: Refusal, kind: str = "feedback"
) -> None:
    """Tell the landlord what of its event is left out; the rest is received. Of a record that has
    several answers each is of another `kind`."""
    landlord = landlord_of(event.source)
    if landlord is not None:
        said = _about(landlord, event.data.lease_id, event.id, refusal, outcome="received")
        answer(work, _event_id(work, offset, kind), said)


def answer_held(work: Workspace, lease: Lease) -> None:
    """Tell the landlord that its events of an unregistered lease wait for the registration."""
    if lease.held_for is not None and lease.held_since is not None:
        source, event_id = lease.held_for
        refusal = Refusal(LEASE_UNKNOWN)
        said = _about(source, lease.lease_id, event_id, refusal, outcome="held")
        answer(work, _event_id(work, lease.held_since[1], "held"), said)


def answer_sent_home(work: Workspace, record: Record, event: Event) -> None:
    """Tell a landlord whose records come to the wrong partition, once a day for each: by the
    partitioner, or because the lease's id is spelled otherwise."""
    landlord = landlord_of(event.source)
    told = work.partition.told_of_partition
    if landlord is None or told.get(landlord) == work.today:
        return
    told[landlord] = work.today
    in_one = record.key == event.data.lease_id.encode()
    refusal = Refusal(WRONG_PARTITION) if in_one else Refusal(OTHER_SPELLING, "data.lease_id")
    said = _about(landlord, event.data.lease_id, event.id, refusal, outcome="received")
    answer(work, _event_id(work, record.offset), said)


def answer_counted(work: Workspace, offset: int, event: Event) -> None:
    """Tell a landlord that its payment or credit is one that is counted already."""
    landlord = landlord_of(event.source)
    if landlord is not None:
        refusal = Refusal(Outcome.COUNTED.value, _KEY_FIELD.get(type(event.data), ""))
        said = _about(landlord, event.data.lease_id, event.id, refusal, outcome="received")
        answer(work, _event_id(work, offset), said)


def _about(
    landlord: str, lease_id: str | None, event_id: str, refusal: Refusal, outcome: str = "set_aside"
) -> LandlordFeedback:
    return LandlordFeedback(
        landlord, lease_id, event_id[:ECHO], outcome, refusal.code, [],  # type: ignore[arg-type]
        field=refusal.field[:ECHO] or None, expected=refusal.expected, mend=mend(refusal),
    )  # fmt: skip


def _event_id(work: Workspace, offset: int, kind: str = "feedback") -> str:
    return f"{kind}:{work.partition.number}:{offset}"
