"""The hidden truth: who was evicted or would have been, when and why. For evaluation only.

No event carries a cause, and nothing the simulated landlords do depends on help from social
services: the truth is what happens when nobody visits.
"""

from datetime import date

from msgspec import Struct


class Episode(Struct, frozen=True, gc=False):
    """Something that kept a tenancy from paying as usual. `debt_ore` is the debt at its end."""

    cause: str
    first_due_on: date
    ending: str
    debt_ore: int = 0
    evicted_on: date | None = None


class LeaseTruth(Struct, gc=False):
    """One lease's truth. `evicted_on` may lie after the last simulated day."""

    lease_id: str
    evicted: bool = False
    evicted_on: date | None = None
    why: str | None = None
    episodes: list[Episode] = []

    def add(self, episode: Episode) -> None:
        """Note an episode."""
        self.episodes = [*self.episodes, episode]
        if episode.evicted_on is not None:
            self.evicted, self.evicted_on, self.why = True, episode.evicted_on, episode.cause
