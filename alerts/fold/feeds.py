"""How far each landlord has reported its books whole.

A day that has not ended cannot be reported whole, so a report counts up to the newest day at most.
The newest report holds, also when it takes back what an earlier one said; a repeat takes nothing
back, for a landlord may send its history again.
"""

from datetime import date, timedelta

import xxhash

from alerts.fold.newest_day import newest_day
from alerts.fold.record import Record
from alerts.fold.workspace import Workspace
from models.contract.facts import FeedCompleted

KNOWN_REPORTS = 35  # of each landlord, a month of nightly ones; the oldest repeat counts as new

_DAY = timedelta(days=1)


def fed(work: Workspace, record: Record, fact: FeedCompleted) -> None:
    """A landlord reports its books whole through a day."""
    partition, landlord, through = work.partition, fact.landlord_id, fact.through_on
    known, mark = partition.fed_marks.get(landlord, []), _mark(record, fact)
    _forget_spelling(work, landlord)
    newest = newest_day(work, record)
    if newest is None:
        partition.fed_through[landlord], partition.fed_marks[landlord] = through, []
        return
    if through > newest:
        through, known = newest, []  # a slip: the next report mends it, even one that came before
    elif mark in known:
        work.count("repeats")
        partition.fed_through[landlord] = max(through, partition.fed_through[landlord])
        return
    partition.fed_through[landlord] = through
    partition.fed_marks[landlord] = [*known, mark][-KNOWN_REPORTS:]


def _forget_spelling(work: Workspace, landlord: str) -> None:
    """What was kept under the number without its hyphen, before numbers had one spelling."""
    bare = landlord.replace("-", "")
    if bare != landlord:
        work.partition.fed_through.pop(bare, None)
        work.partition.fed_marks.pop(bare, None)


def cap_feeds(work: Workspace, newest: date) -> None:
    """What came before any day was known, or was believed by an older release, came before the end
    of `newest`, which comes now. All other reports were judged when they came."""
    partition, last = work.partition, newest - _DAY
    for landlord, through in partition.fed_through.items():
        if through > last and not partition.fed_marks.get(landlord):
            partition.fed_through[landlord] = last


def _mark(record: Record, fact: FeedCompleted) -> int:
    event_id = record.event.id if record.event is not None else ""
    return xxhash.xxh3_64_intdigest(f"{event_id}\n{fact.through_on}".encode())
