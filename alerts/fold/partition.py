"""What a partition knows beside its leases."""

from datetime import date, timedelta
from typing import Self

from msgspec import Struct
from msgspec.structs import replace

BEGINNING = date(1994, 1, 1)  # before the first day that has ended
_DAY = timedelta(days=1)


class Partition(Struct):
    """What a partition knows beside its leases. `seq` numbers its outgoing messages, `lines` the
    lines of its leases' histories; `faults` counts the records in a row, up to now, whose fold
    failed; `told_of_partition` has the day on which each landlord was last told that its records
    come to the wrong one. `by_clock` once a scheduler has told it a day: from then on no day ends
    before its time. `homes` is the number of partitions that its leases' homes were last counted
    anew by, 0 if they never were; `fed_marks` are the newest reports of each landlord in
    `fed_through`, and `told_of_giro` has the day on which one was last told that an account or a
    reference does not check."""

    number: int
    next_offset: int = 0
    last_day: date | None = None
    fed_through: dict[str, date] = {}
    seq: int = 0
    rules: str = ""
    lines: int = 0
    faults: int = 0
    told_of_partition: dict[str, date] = {}
    by_clock: bool = False
    homes: int = 0
    fed_marks: dict[str, list[int]] = {}
    told_of_giro: dict[str, date] = {}

    @property
    def today(self) -> date:
        """The day that has not ended yet."""
        return self.last_day + _DAY if self.last_day else BEGINNING

    def copy(self) -> Self:
        """One that may be changed without changing this one."""
        return replace(
            self,
            fed_through=dict(self.fed_through),
            told_of_partition=dict(self.told_of_partition),
            fed_marks=dict(self.fed_marks),
            told_of_giro=dict(self.told_of_giro),
        )
