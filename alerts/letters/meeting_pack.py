"""The pack for a meeting of those who work together: numbers, not persons.

A compilation holds neither sensitive data nor other delicate personal circumstances (SoLPuL
2001:454 7 a §). A district with few households is counted together with others, so that nobody
is recognised; a single case is spoken of with the tenant's consent, and from its own page.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from alerts.contract.messages import VisitTask
from alerts.letters.facts import LetterFacts
from models.phrase import Phrase

FEWEST = 5  # ours: households that make a number of their own
BANDS = ("A", "B", "C", "D")


class Count(Struct, frozen=True):
    """How many there are of what has a name."""

    name: Phrase | str
    number: int


class Case(Struct, frozen=True):
    """A case that the tenants have consented to being spoken of: what is to be done, by when."""

    lease: str
    does: Phrase
    due_by: date


class About(Struct, frozen=True):
    """The meeting that a pack is for: what it is called, when it is held, with whom, and when it
    was held the last time. What `period` counts is since then; `named` may be spoken of."""

    meeting: Phrase
    held_on: date
    who: tuple[str, ...]
    since: date
    period: tuple[Count, ...] = ()
    named: frozenset[str] = frozenset()


class MeetingPack(LetterFacts, frozen=True, kw_only=True):
    """Open tasks by step, and households by band and by district; `other_districts` is how many
    live where too few do. What is known of the time since the last meeting, such as evictions,
    stands in `period`; `cases` are those that may be spoken of. Without a `meeting` it is for
    any."""

    lease: str = ""
    steps: tuple[Count, ...] = ()
    bands: tuple[Count, ...] = ()
    districts: tuple[Count, ...] = ()
    other_districts: int = 0
    households: int = 0
    overdue: int = 0
    period: tuple[Count, ...] = ()
    meeting: Phrase | None = None
    held_on: date | None = None
    who: tuple[str, ...] = ()
    since: date | None = None
    cases: tuple[Case, ...] = ()


def meeting_pack(
    tasks: Iterable[VisitTask], today: date, about: About | None = None
) -> MeetingPack:
    """The pack of these open tasks, in the order of the worklist."""
    tasks = list(tasks)
    steps: Counter[str] = Counter()
    does: dict[str, Phrase] = {}
    band_of: dict[str, str] = {}
    district_of: dict[str, str | None] = {}
    overdue = 0
    for task in tasks:
        steps[task.step] += 1
        does.setdefault(task.step, task.does)
        overdue += task.due_by < today
        band_of[task.lease_id] = min(task.priority.band, band_of.get(task.lease_id, "D"))
        district_of[task.lease_id] = None if task.protected_identity else task.district
    bands = Counter(band_of.values())
    told = [district for district in district_of.values() if district is not None]
    named, others = guarded(Counter(told), hidden=len(district_of) - len(told))
    pack = MeetingPack(
        steps=tuple(Count(does[name], number) for name, number in steps.most_common()),
        bands=tuple(Count(band, bands[band]) for band in BANDS),
        districts=tuple(Count(name, number) for name, number in sorted(named.items())),
        other_districts=others,
        households=len(band_of),
        overdue=overdue,
    )
    return pack if about is None else _for(pack, about, tasks)


def _for(pack: MeetingPack, about: About, tasks: Iterable[VisitTask]) -> MeetingPack:
    """The pack for a meeting. A case stands there only once, with what is first to be done."""
    first = dict[str, Case]()
    for task in tasks:
        if task.lease_id in about.named and not task.protected_identity:
            first.setdefault(task.lease_id, Case(task.lease_id, task.does, task.due_by))
    return replace(
        pack,
        meeting=about.meeting,
        held_on=about.held_on,
        who=about.who,
        since=about.since,
        period=about.period,
        cases=tuple(first.values()),
    )


def guarded(districts: Counter[str], hidden: int = 0) -> tuple[dict[str, int], int]:
    """The districts that are large enough, and how many live in the others, with those of whom no
    district is told. When those are few they would be known from the total, so the smallest of the
    large joins them."""
    named = {name: number for name, number in districts.items() if number >= FEWEST}
    others = hidden + sum(number for name, number in districts.items() if name not in named)
    if 0 < others < FEWEST and named:
        smallest = min(named, key=lambda name: (named[name], name))
        others += named.pop(smallest)
    return named, others
