"""A household for every kind of letter, and the letter to it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache

import msgspec

from alerts.cases.situation import Situation, read_situation
from alerts.letters import pdf, word
from alerts.letters.given import Given, Signatory
from alerts.letters.kinds import KINDS, MEETING_PACK
from alerts.letters.meeting_pack import Count, MeetingPack
from alerts.letters.refusal import Refusal
from alerts.letters.templates import Templates
from alerts.letters.write import Letter, compose, write
from alerts.playbooks.towns import shipped
from models.contract import facts
from models.contract.events import Event
from tests.builders import LEASE, day, days, invoiced, registered, say
from tests.memory import MemoryStore
from tests.papers import eviction, message, notice

LANGUAGES = ("sv", "en")
SENDER = Signatory("Maria Andersson", "08-465 004 01", "Södertälje kommun")
LATE = [registered(), *days("2027-02-01", "2027-02-10"), invoiced("2027-03")]
SERVED = [*LATE, *days("2027-02-11", "2027-03-23"), notice("2027-03-24")]
TOLD = [*SERVED, message("2027-03-24")]  # last day Wednesday 14 April
SCHEDULED = [*TOLD, eviction("scheduled", "2027-05-21", "2027-06-22")]
DISTURBED = [
    registered(),
    *days("2027-03-01", "2027-03-10"),
    say(facts.DisturbanceReported, reported_on="2027-03-08", kind="noise"),
]
LIVES: Mapping[str, tuple[str, list[Event]]] = {
    "visit-arrears": ("2027-03-10", LATE),
    "visit-disturbance": ("2027-03-12", DISTURBED),
    "referral": ("2027-03-10", LATE),
    "payment-plan": ("2027-04-01", TOLD),
    "confirm-eviction": (
        "2027-04-01",
        [*TOLD, eviction("scheduled", "2027-04-01", "2027-05-10")],
    ),
    "assume-rent": ("2027-04-01", TOLD),
    "rent-guarantee": ("2027-03-10", LATE),
    "housing-plan": ("2027-03-10", LATE),
}
BY_NAME = {kind.name: kind for kind in KINDS}
EVERY = (*BY_NAME, MEETING_PACK)
SHEETS = {"confirm-eviction": 3}
PACK = MeetingPack(
    steps=(Count("step.letter", 31), Count("step.visit", 22), Count("step.secure_tenancy", 9)),
    bands=(Count("A", 4), Count("B", 9), Count("C", 17), Count("D", 28)),
    districts=(Count("Geneta", 14), Count("Hovsjö", 21), Count("Ronna", 17)),
    other_districts=6,
    households=58,
    overdue=3,
)


_LIVED: dict[tuple[str, bytes], Situation] = {}  # each lived through once, however many read it


def at(on: str, *events: Event) -> Situation:
    """The situation on a day, with all events told by then and the day before it ended."""
    key = on, msgspec.json.encode(events)
    if key not in _LIVED:
        _LIVED[key] = _at(on, events)
    return _LIVED[key]


def _at(on: str, events: Sequence[Event]) -> Situation:
    store = MemoryStore()
    today = date.fromisoformat(on)
    store.tell(*events, day(str(today - timedelta(days=1))), taken=on)
    found = store.lease(LEASE)
    return read_situation(found, today, today, store.partition.fed_through, shipped().default)


@cache
def templates(language: str = "sv") -> Templates:
    """The shipped templates."""
    return Templates(language)


def given(signatory: Signatory = SENDER, protected_way: bool = False, **fills: str) -> Given:
    """What a person adds."""
    return Given(signatory, fills, protected_way)


def answer(
    name: str, situation: Situation, added: Given | None = None, language: str = "sv"
) -> Letter | Refusal:
    """The letter of this kind, or why there is none."""
    return write(BY_NAME[name], situation, added or given(), templates(language))


def letter(
    name: str, situation: Situation, added: Given | None = None, language: str = "sv"
) -> Letter:
    """The letter of this kind, which there must be."""
    found = answer(name, situation, added, language)
    assert isinstance(found, Letter), found
    return found


@cache
def sample(name: str, language: str = "sv", signatory: Signatory = SENDER) -> Letter:
    """The letter of this kind to its household."""
    if name == MEETING_PACK:
        return compose(name, PACK, given(signatory), date(2027, 3, 10), templates(language))
    return letter(name, lived(name), given(signatory), language)


@cache
def printed(name: str, language: str = "sv") -> bytes:
    """That letter as PDF."""
    return pdf.render(sample(name, language).document, templates(language))


@cache
def in_word(name: str, language: str = "sv") -> bytes:
    """That letter for Word."""
    return word.render(sample(name, language).document)


def lived(name: str, protected: bool = False) -> Situation:
    """The situation of the household of this kind."""
    on, (first, *rest) = LIVES[name]
    return at(on, registered(protected_identity=True) if protected else first, *rest)
