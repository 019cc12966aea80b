"""Facts of the system's own: days, feeds, rules, and records that were set aside."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta, field

from models.contract.facts.fields import Broadcast, Fact, LongText, OrgNr, Text

# What Kafka's own fields hold, and so every store: one above would stop its partition.
Partition = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Offset = Annotated[int, Meta(ge=0, le=2**63 - 1)]


class FeedCompleted(Broadcast, frozen=True, gc=False):
    """The landlord has sent everything booked up to and including `through_on`."""

    landlord_id: OrgNr
    through_on: date


RuleKind = Literal["code", "statute", "playbook", "model"]


class RulesChanged(Broadcast, frozen=True, gc=False):
    """From here on the log is folded with other rules."""

    digest: Text
    what: RuleKind


class CalendarDay(Broadcast, frozen=True, gc=False):
    """A day has ended (Europe/Stockholm).

    `told_by` is given in a log that goes by the clock: there no day ends before its time. A
    simulation or a replay leaves it out, and may run ahead.
    """

    day: date
    told_by: Literal["scheduler"] | None = None


class RecordSetAside(Fact, frozen=True, gc=False):
    """A record about this lease was set aside in another partition; the lease is incomplete, if
    `source`, where there is one, may speak of it. `marks` tell what would make it good:
    `models.contract.same_fact`."""

    partition: Partition
    offset: Offset
    error: Text
    marks: list[Text] = field(default_factory=list)
    source: Text | None = None


class RecordCleared(Fact, frozen=True, gc=False):
    """A record about this lease that was set aside has been mended or discarded."""

    partition: Partition
    offset: Offset


class RecordReleased(Broadcast, frozen=True, gc=False):
    """A person mended a record set aside at `offset` of this partition; `event` is the mended
    CloudEvent, as JSON text, which goes on to its lease's home."""

    offset: Offset
    event: LongText
    by: Text
    reason: Text


class RecordResolved(Broadcast, frozen=True, gc=False):
    """What was set aside at `offset` of this partition has come again, and was counted."""

    offset: Offset


class RecordDiscarded(Broadcast, frozen=True, gc=False):
    """A person discarded a record set aside at `offset` of this partition."""

    offset: Offset
    by: Text
    reason: Text
