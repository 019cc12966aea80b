"""What came of comparing the database with the log."""

from msgspec import Struct, field

from alerts.proof.tally import Difference


class Verified(Struct, kw_only=True):
    """What was compared, and how much of it differs; all zeros when nothing is lost or doubled.

    `checkpoint` is the one that was begun from, `passed_over` says why newer ones were not.
    """

    lost: int = 0
    doubled: int = 0
    different: int = 0
    partitions: int = 0
    events: int = 0
    leases: int = 0
    tasks: int = 0
    outbox: int = 0
    dead_letters: int = 0
    deliveries: int | None = None
    repeated_deliveries: int | None = None
    checkpoint: int | None = None
    passed_over: list[str] = field(default_factory=list)
    by_what: dict[str, int] = field(default_factory=dict)
    examples: list[Difference] = field(default_factory=list)
    seconds: float = 0.0
    events_per_second: int = 0

    @property
    def differences(self) -> int:
        """All of them."""
        return self.lost + self.doubled + self.different
