"""The pack for a meeting of those who work together: numbers, not persons.

A compilation holds neither sensitive data nor other delicate personal circumstances (SoLPuL
2001:454 7 a §). A district with few households is counted together with others, so that nobody
is recognised; a single case is spoken of with the tenant's consent, and from its own page.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from alerts.contract.messages import VisitTask
from alerts.letters.facts import LetterFacts
from models.phrase import Phrase

FEWEST = 5  # ours: households that make a number of their own
BANDS = ("A", "B", "C", "D")


class Count(Struct, frozen=True):
    """How many there are of what has a name."""

    name: Phrase | str
    number: int


class MeetingPack(LetterFacts, frozen=True, kw_only=True):
    """Open tasks by step, and households by band and by district; `other_districts` is how many
    live where too few do. What is known of a period, such as evictions, stands in `period`."""

    lease: str = ""
    steps: tuple[Count, ...] = ()
    bands: tuple[Count, ...] = ()
    districts: tuple[Count, ...] = ()
    other_districts: int = 0
    households: int = 0
    overdue: int = 0
    period: tuple[Count, ...] = ()


def meeting_pack(tasks: Iterable[VisitTask], today: date) -> MeetingPack:
    """The pack of these open tasks, in the order of the worklist."""
    steps: Counter[str] = Counter()
    does: dict[str, Phrase] = {}
    band_of: dict[str, str] = {}
    district_of: dict[str, str] = {}
    overdue = 0
    for task in tasks:
        steps[task.step] += 1
        does.setdefault(task.step, task.does)
        overdue += task.due_by < today
        band_of[task.lease_id] = min(task.priority.band, band_of.get(task.lease_id, "D"))
        district_of[task.lease_id] = task.district
    bands = Counter(band_of.values())
    named, others = guarded(Counter(district_of.values()))
    return MeetingPack(
        steps=tuple(Count(does[name], number) for name, number in steps.most_common()),
        bands=tuple(Count(band, bands[band]) for band in BANDS),
        districts=tuple(Count(name, number) for name, number in sorted(named.items())),
        other_districts=others,
        households=len(band_of),
        overdue=overdue,
    )


def guarded(districts: Counter[str]) -> tuple[dict[str, int], int]:
    """The districts that are large enough, and how many live in the others. When those are few
    they would be known from the total, so the smallest of the large joins them."""
    named = {name: number for name, number in districts.items() if number >= FEWEST}
    others = sum(number for name, number in districts.items() if name not in named)
    if 0 < others < FEWEST and named:
        smallest = min(named, key=lambda name: (named[name], name))
        others += named.pop(smallest)
    return named, others
