"""What a caseworker has filtered the list by: read from the address, kept in a cookie, and shown.

The cookie holds the same words as the address: a town's districts and steps, nothing of anybody.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import get_args

from msgspec import Struct

from alerts.contract.messages import Band
from alerts.views.lists.filters import Filter
from alerts.views.lists.planned import Planned
from alerts.web.faults import Wrong
from models.law.weekdays import add_working_days

CAPACITIES = (10, 25, 50, 100)
CAPACITY = 25  # tasks that a list shows unless asked for another number
SPANS = {"week": 5, "month": 20}  # working days within which a legal deadline falls
NAMES = ("district", "playbook", "band", "step", "within", "show")


class Chosen(Struct, frozen=True):
    """The words that were given, each "" where none was; `show` is the capacity."""

    district: str = ""
    playbook: str = ""
    band: str = ""
    step: str = ""
    within: str = ""
    show: int = CAPACITY

    def filter(
        self, today: date, others: tuple[str, ...] | None, also: Iterable[Planned] = ()
    ) -> Filter:
        """The filter on a day; `others` are those whose tasks are not wanted, None for nobody, but
        what is planned there `also`."""
        days = SPANS.get(self.within)
        return Filter(
            district=self.district or None,
            playbook=self.playbook or None,
            band=self.band or None,  # type: ignore[arg-type]
            step=self.step or None,
            through=add_working_days(today, days) if days else None,
            others=others,
            also=tuple(one.task_id for one in also),
        )

    def words(self) -> dict[str, str]:
        """What was chosen, as the address has it."""
        every = {name: str(getattr(self, name)) for name in NAMES}
        return {k: v for k, v in every.items() if v and v != str(CAPACITY)}

    def chips(self) -> dict[str, str]:
        """What takes rows away, to be seen above the list."""
        return {k: v for k, v in self.words().items() if k != "show"}


def chosen(given: Mapping[str, str]) -> Chosen:
    """What was chosen. `Wrong` for a word that no list has, with its name as the text."""
    band, within, show = given.get("band", ""), given.get("within", ""), given.get("show", "")
    if band and band not in get_args(Band):
        raise Wrong("band")
    if within and within not in SPANS:
        raise Wrong("within")
    if show and show not in map(str, CAPACITIES):
        raise Wrong("show")
    return Chosen(
        district=given.get("district", "")[:200],
        playbook=given.get("playbook", "")[:200],
        band=band,
        step=given.get("step", "")[:200],
        within=within,
        show=int(show) if show else CAPACITY,
    )
