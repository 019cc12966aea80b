"""What the pages of landlords show of one: its reports, its records to mend, what it has agreed."""

from datetime import date

from msgspec import Struct

from alerts.access.bases import Basis, Kind
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord
from alerts.language.sentences import Language
from alerts.views.feeds import Feed
from alerts.views.landlords import SILENT_AFTER
from models.contract.refusal import mend
from models.phrase import phrase

_ECHO = 200  # characters of the sender's own that are shown


class Reported(Struct, frozen=True):
    """A landlord as a row: how far it has reported, and whether it is silent."""

    landlord: str
    name: str
    through: date | None
    newest: date | None
    leases: bool
    silent: bool
    partial: bool
    basis: str


class ToMend(Struct, frozen=True):
    """A record as its sender is told of it; the event's id is for the sender alone."""

    since: date
    event_id: str
    leases: list[str]
    field: str
    how: str


def reported(
    language: Language, feed: Feed, basis: Basis | None, last_day: date | None, day: date
) -> Reported:
    """The row of a landlord; silence is judged on the last day that has ended, if any has."""
    return Reported(
        landlord=feed.landlord,
        name=basis.name if basis is not None else "",
        through=feed.through,
        newest=feed.newest,
        leases=feed.leases,
        silent=last_day is not None and feed.is_silent(last_day, SILENT_AFTER),
        partial=bool(feed.missed),
        basis=basis_said(basis, day, language),
    )


def basis_said(basis: Basis | None, day: date, language: Language) -> str:
    """What there is on a day, in a sentence."""
    if basis is None:
        return language.say("basis.none")
    if basis.kind is Kind.STATUTORY_ONLY:
        return language.say(phrase("basis.statutory_only", since=basis.since))
    if not basis.holds(day):
        name = "basis.begins" if day < basis.since else "basis.ended"
        return language.say(phrase(name, since=basis.since, until=basis.until))
    name = "basis.agreement" if basis.until is None else "basis.agreement_until"
    return language.say(phrase(name, since=basis.since, until=basis.until))


def to_mend(record: DeadRecord, language: Language, is_own: bool) -> ToMend:
    """What is told of a record."""
    return ToMend(
        record.since,
        record.event_id[:_ECHO] if is_own else "",
        record.leases,
        record.field[:_ECHO],
        language.say(mend(record.refusal)),
    )


def told_days(partitions: list[Partition], number: str) -> dict[str, date]:
    """On which day the landlord was last answered what it is answered once a day."""
    found = dict[str, date]()
    for partition in partitions:
        for name, days in (
            ("partition", partition.told_of_partition),
            ("giro", partition.told_of_giro),
        ):
            if (day := days.get(number)) is not None:
                found[name] = max(day, found.get(name, day))
    return found
