"""What is at hand while records of one partition are folded, and what they have changed so far."""

from collections.abc import Callable

from alerts.fold.changes import Changes
from alerts.fold.faults import Known
from alerts.fold.partition import Partition
from alerts.fold.record import DeadRecord
from alerts.fold.waking import Waking
from alerts.playbooks.towns import Towns
from models.contract.spelling import lease_id as spell
from models.lease.state import Lease
from models.risk.scorer import BY_POINTS, Scorer


def by_points(rules: str) -> Scorer:
    """Whatever rules hold, the scorecard scores."""
    return BY_POINTS


class Workspace:
    """Everything a record may change. `leases` must hold every lease that the records name and that
    is stored, and every lease of the partition due to wake up to the last day among them; `dead`
    the dead records that they may close. `home` gives the partition of a lease id; `today` is the
    day that has not ended yet, `known` what fails, and `towns` the playbooks. `scorers` gives the
    scorer of rules by their digest, and `scorer` is that of the rules in force.
    """

    def __init__(
        self,
        partition: Partition,
        leases: dict[str, Lease],
        dead: dict[int, DeadRecord],
        home: Callable[[str], int],
        known: Known,
        towns: Towns,
        scorers: Callable[[str], Scorer] = by_points,
    ) -> None:
        self.partition = partition
        self.leases = leases
        self.dead = dead
        self.home = home
        self.known = known
        self.towns = towns
        self.today = partition.today
        self.scorers = scorers
        self.scorer = scorers(partition.rules)
        self.waking = Waking(leases, self.scorer.scores_quiet)
        self.changes = Changes()
        self.folded: dict[type, int] = {}  # events by type

    def score_by(self, rules: str) -> bool:
        """The scorer of these rules scores from here on; is it another one? What happened before
        still wakes its lease by the one before, wherever frames end."""
        self.waking.settle(self.today)
        before, self.scorer = self.scorer, self.scorers(rules)
        self.waking.scores_quiet = self.scorer.scores_quiet
        return self.scorer.version != before.version

    def lease(self, lease_id: str, spelled: str = "") -> Lease | None:
        """A lease that is known, or a new one; None if its home is another partition. One that was
        stored as its key is `spelled`, before leases had one spelling, keeps its name and home."""
        kept = self.leases.get(spelled) if spelled and spell(spelled) == lease_id else None
        return kept or self.leases.get(lease_id) or self.new_lease(lease_id)

    def new_lease(self, lease_id: str) -> Lease | None:
        """A lease that nobody knows yet; None if its home is another partition."""
        if self.home(lease_id) != self.partition.number:
            return None
        lease = self.leases[lease_id] = Lease(lease_id)
        return lease

    def forget(self, lease: Lease) -> None:
        """Nothing is known of the lease any more, until somebody names it again."""
        del self.leases[lease.lease_id]
        self.changes.leases.pop(lease.lease_id, None)
        self.changes.gone.add(lease.lease_id)

    def count(self, name: str, by: int = 1) -> None:
        """Count something for the metrics."""
        self.changes.counts[name] = self.changes.counts.get(name, 0) + by
