"""How the database differs from the log: differences counted, with examples.

`lost` should be in the database and is not; `doubled` is there and should not be, or twice;
`different` is in both and not equal. Examples name lease ids, task ids, sequence numbers and
offsets: no personal data.
"""

from enum import StrEnum

from msgspec import Struct, field

EXAMPLES = 20


class Kind(StrEnum):
    """How the database differs from the log."""

    LOST = "lost"
    DOUBLED = "doubled"
    DIFFERENT = "different"


class Difference(Struct, frozen=True):
    """One thing that differs: a lease, task, outbox row, history line, dead record, ..."""

    kind: Kind
    what: str
    partition: int
    name: str


class Tally(Struct):
    """Counts of differences, by kind and by what, with the first `limit` as examples."""

    limit: int = EXAMPLES
    counts: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))
    by_what: dict[str, int] = field(default_factory=dict)
    examples: list[Difference] = field(default_factory=list)

    def add(self, kind: Kind, what: str, partition: int, name: object) -> None:
        """Count one difference."""
        self.counts[kind] += 1
        self.by_what[what] = self.by_what.get(what, 0) + 1
        if len(self.examples) < self.limit:
            self.examples.append(Difference(kind, what, partition, str(name)))

    @property
    def total(self) -> int:
        """All differences."""
        return sum(self.counts.values())
