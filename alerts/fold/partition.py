"""What a partition knows beside its leases."""

from datetime import date, timedelta

from msgspec import Struct

BEGINNING = date(1994, 1, 1)  # before the first day that has ended
_DAY = timedelta(days=1)


class Partition(Struct):
    """What a partition knows beside its leases. `seq` numbers its outgoing messages, `lines` the
    lines of its leases' histories."""

    number: int
    next_offset: int = 0
    last_day: date | None = None
    fed_through: dict[str, date] = {}
    seq: int = 0
    rules: str = ""
    lines: int = 0

    @property
    def today(self) -> date:
        """The day that has not ended yet."""
        return self.last_day + _DAY if self.last_day else BEGINNING
