"""Where cases stand in a store in memory, as `alerts.commands.case_act.Cases` asks for it."""

from alerts.commands.case_act import Stand
from alerts.views.lease.lease_known import of_memory
from tests.memory import MemoryStore


class MemoryCases:
    """The cases of one partition."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def __call__(self, name: str) -> Stand | None:
        """The lease with that id, or with a task of that id; None if there is none."""
        task = self._store.tasks.get(name)
        lease_id = name if task is None else task.lease_id
        if lease_id not in self._store.packed.rows:
            return None
        known = of_memory(self._store, self._store.lease(lease_id))
        today = known.partition.today if known.partition.last_day else None
        return Stand(known.lease, known.tasks, today)
