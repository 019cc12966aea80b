"""How far each landlord has reported: also those that have leases and have never reported a day."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from sqlalchemy import Connection, text

from alerts.fold.partition import Partition
from models.law.weekdays import add_working_days


class Feed(Struct, frozen=True):
    """A landlord's reports. A report counts for the leases of the partitions that it reached:
    `through` is the last day that all of its leases are reported through, None if some never were;
    `newest` the last day of any report, and `missed` the partitions it has not reached.

    `leases`: whether it has any. One that has none need not report.
    """

    landlord: str
    through: date | None
    newest: date | None
    missed: list[int]
    leases: bool

    def is_silent(self, last_day: date, days: int) -> bool:
        """Have its leases waited for more than `days` working days on `last_day`?"""
        if self.through is None or not self.leases:
            return self.leases
        return self.through < last_day and add_working_days(self.through, days) < last_day


# Hops from landlord to landlord along the index, however many leases they have.
_WHERE = text(
    """
    WITH RECURSIVE place(landlord, partition) AS (
      SELECT * FROM (
        SELECT landlord, partition FROM leases WHERE landlord IS NOT NULL
        ORDER BY landlord, partition LIMIT 1
      ) AS first
      UNION ALL
      SELECT (
        SELECT landlord FROM leases WHERE (landlord, partition) > (place.landlord, place.partition)
        ORDER BY landlord, partition LIMIT 1
      ), (
        SELECT partition FROM leases WHERE (landlord, partition) > (place.landlord, place.partition)
        ORDER BY landlord, partition LIMIT 1
      )
      FROM place WHERE place.landlord IS NOT NULL
    )
    SELECT landlord, partition FROM place WHERE landlord IS NOT NULL
    """
)


def feeds(connection: Connection, partitions: Iterable[Partition]) -> list[Feed]:
    """Every landlord that has leases or has reported, those that are furthest behind first."""
    fed = {partition.number: partition.fed_through for partition in partitions}
    places: dict[str, list[int]] = {name: [] for days in fed.values() for name in days}
    for landlord, number in connection.execute(_WHERE):
        places.setdefault(landlord, []).append(number)
    found = [_feed(landlord, numbers, fed) for landlord, numbers in places.items()]
    return sorted(found, key=lambda feed: (feed.through or date.min, feed.landlord))


def _feed(landlord: str, numbers: list[int], fed: dict[int, dict[str, date]]) -> Feed:
    known = [days[landlord] for days in fed.values() if landlord in days]
    newest = max(known, default=None)
    here = {number: fed[number].get(landlord) for number in numbers}
    reached = [day for day in here.values() if day is not None]
    through = None if len(reached) < len(here) else min(reached, default=newest)
    missed = [number for number, day in here.items() if newest and day != newest]
    return Feed(landlord, through, newest, missed, bool(numbers))
