"""A model ranks the list from where the log says so, scores each day's news, and can be put off."""

import json
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.contract.messages import VisitTask
from alerts.contract.topics import LEASE_RISK
from alerts.rules.rulebook import Rulebook, shipped_rulebook
from alerts.store import rule_changes
from models.contract import facts
from models.contract.events import BOKVAR, Event
from models.lease.state import Lease, Risk
from models.risk.by_model import ByModel
from models.risk.measures import Floats
from models.risk.outcome import has_come, runs
from models.risk.reading import read
from models.risk.reasons import scored
from models.risk.scorer import COME, Scorer
from models.risk.training import Member, Model
from streams.simulate import Simulation
from tests.builders import LEASE, RENT_ORE, day, event, invoiced, paid, registered, say
from tests.memory import MemoryStore
from tests.models.histories import MANY
from tests.risk.lives import END, START, Told, lives
from tests.risk.small_model import small_model

VERSION = "a" * 64
_DAY = timedelta(days=1)


class OneModel:
    """The models at hand are one."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def versions(self) -> Iterable[str]:
        """Its version."""
        return (VERSION,)

    def scorer(self, version: str) -> Scorer | None:
        """Its scorer."""
        return ByModel(version, self._model)


def ranked_by(model: str, sequence: int) -> Event:
    """From here on a model ranks the list; "" for the scorecard."""
    digest = shipped_rulebook().ranked_by(model).digest
    change = facts.RulesChanged(digest=digest, what="model")
    return event(change, rule_changes.event_id(digest, sequence), BOKVAR)


def book(model: Model | None = None) -> Rulebook:
    return shipped_rulebook().beside(OneModel(model or small_model()))


class Town:
    """A partition whose program has the model at hand, and two years of rent ten days early."""

    def __init__(self) -> None:
        self.store = MemoryStore(rulebook=book())
        self.tell(day("2024-12-01"), registered())
        for number in range(1, 25):
            period = f"{2025 + (number - 1) // 12}-{(number - 1) % 12 + 1:02}"
            due_on = date.fromisoformat(f"{period}-01") - _DAY
            early = due_on - 10 * _DAY
            self.tell(invoiced(period), day(str(early - _DAY)), paid(str(early)))
        self.tell(day("2026-12-31"))

    def tell(self, *events: Event) -> None:
        self.store.tell(*events)

    @property
    def risk(self) -> Risk:
        return self.store.lease(LEASE).risk

    @property
    def task(self) -> VisitTask:
        return self.store.open_tasks["letter"]


@pytest.fixture
def town() -> Town:
    return Town()


def late_since_march(town: Town) -> None:
    """One rent is late, and on the list."""
    town.tell(invoiced("2027-03"), day("2027-03-10"))
    assert town.task.risk_model is None


def test_an_open_task_is_ranked_anew_where_the_model_begins_and_again_where_it_ends(
    town: Town,
) -> None:
    late_since_march(town)
    before = town.task
    town.tell(ranked_by(VERSION, 2))
    ranked = town.task
    assert ranked.risk_model == VERSION
    assert ranked.priority.risk_chance is not None
    assert ranked.priority.risk_points == before.priority.risk_points
    assert ranked.revision == before.revision + 1
    town.tell(ranked_by("", 3))
    assert town.task.risk_model is None
    assert town.task.priority.risk_chance is None
    assert town.task.reasons == before.reasons


def test_another_model_ranks_tasks_and_asks_for_nothing_more_or_less_whenever_it_begins() -> None:
    log = list(Simulation(60, date(2026, 1, 1), 75, seed=7).events())
    store = MemoryStore(rulebook=book())
    for at in range(0, len(log), 23):
        store.tell(*log[at : at + 23])
        other = store.copy()
        other.tell(ranked_by(VERSION, 2))
        assert asked_for(other) == asked_for(store)


def test_what_came_in_today_stays_counted_when_a_model_begins_today(town: Town) -> None:
    late_since_march(town)
    town.tell(paid("2027-03-11", ore=RENT_ORE // 2))
    before = asked_for(town.store)
    assert town.task.late_rent_ore == RENT_ORE // 2
    town.tell(ranked_by(VERSION, 2))
    assert asked_for(town.store) == before


def asked_for(store: MemoryStore) -> dict[str, tuple[object, ...]]:
    """The tasks by their ids, and what is asked of whom by when."""
    return {
        name: (task.state == "closed", task.step, task.due_by, task.does, task.late_rent_ore)
        for name, task in store.tasks.items()
    }


def test_a_band_that_changes_with_the_model_is_an_event_of_its_own(town: Town) -> None:
    late_since_march(town)
    for sequence, model in enumerate((VERSION, "", VERSION, ""), 2):
        town.tell(ranked_by(model, sequence))
    ids = [json.loads(said)["id"] for said in town.store.said(LEASE_RISK)]
    assert len(ids) == len(set(ids)) > 2


def test_the_same_model_told_again_says_nothing(town: Town) -> None:
    late_since_march(town)
    town.tell(ranked_by(VERSION, 2))
    revision = town.task.revision
    town.tell(ranked_by(VERSION, 3))
    assert town.task.revision == revision


def test_a_failed_debit_is_scored_the_same_day_though_nothing_is_late(town: Town) -> None:
    town.tell(ranked_by(VERSION, 2), invoiced("2027-03"), day("2027-02-20"))
    calm = town.risk
    town.tell(say(facts.PaymentFailed, on="2027-02-21", method="autogiro"), day("2027-02-21"))
    assert town.risk.scored_on == date(2027, 2, 21)
    assert (town.risk.chance or 0) > (calm.chance or 0)
    assert not town.store.open_tasks


def test_by_the_scorecard_too_a_failed_debit_is_scored_the_same_day(town: Town) -> None:
    town.tell(invoiced("2027-03"), day("2027-02-20"))
    calm = town.risk.points
    town.tell(say(facts.PaymentFailed, on="2027-02-21", method="autogiro"), day("2027-02-21"))
    assert (town.risk.scored_on, town.risk.points) == (date(2027, 2, 21), calm + 1)


def test_who_always_pays_early_and_has_not_is_scored_before_the_rent_is_due(town: Town) -> None:
    """Paid ten days before each last day until now; the rent of March falls due on 28 February."""
    town.tell(ranked_by(VERSION, 2), invoiced("2027-03"))
    chances = []
    for on in range(10, 26):
        town.tell(day(f"2027-02-{on}"))
        chances.append(town.risk.chance or 0)
    assert chances[-1] > chances[0]
    assert not town.store.open_tasks


def test_a_broken_habit_counts_on_when_the_rent_is_due_and_late(town: Town) -> None:
    town.tell(ranked_by(VERSION, 2), invoiced("2027-03"))
    chances = []
    for on in (date(2027, 2, 10) + n * _DAY for n in range(28)):
        town.tell(day(str(on)))
        chances.append(town.risk.chance or 0)
    assert chances == sorted(chances)


def test_where_trouble_has_come_the_lease_goes_before_all_that_is_only_foreseen(
    town: Town,
) -> None:
    town.tell(ranked_by(VERSION, 2), invoiced("2027-03"), invoiced("2027-04"), day("2027-04-12"))
    assert town.risk.chance == COME
    assert town.risk.band in ("high", "acute")
    assert any(reason.code == "risk.rents_unpaid" for reason in town.risk.reasons)


def test_a_program_without_the_model_stands_still_and_says_where_to_bring_it() -> None:
    store = MemoryStore(rulebook=shipped_rulebook())
    store.tell(day("2026-12-31"), registered())
    with pytest.raises(AssertionError, match="BOKVAR_MODELS"):
        store.tell(ranked_by(VERSION, 2))


FEW = settings(MANY, max_examples=15)


class EveryFeature:
    """An estimator to which every feature tells something, in no time."""

    def predict_proba(self, X: Floats) -> Floats:
        """The chances of no trouble and of trouble."""
        weights = np.cos(np.arange(X.shape[1])) / 50
        p = 1 / (1 + np.exp(-(X * weights).sum(axis=1)))
        return np.column_stack([1 - p, p])


SHARP = Model((Member(EveryFeature(), 0.0, 1.0),))


@FEW
@given(lives(), st.dates(START + 200 * _DAY, END - 90 * _DAY))
def test_no_lease_sleeps_through_a_day_on_which_its_chance_changes(told: Told, since: date) -> None:
    store = MemoryStore(rulebook=book(SHARP))
    store.tell(day(str(START - _DAY)), ranked_by(VERSION, 1))
    before = [(on, found) for on, found in told if on < since]
    for on in sorted({on for on, _ in before}):
        store.tell(day(str(on - _DAY)), *(found for when, found in before if when == on))
    for on in (since + n * _DAY for n in range(90)):
        store.tell(*(found for when, found in told if when == on), day(str(on)))
        lease = store.lease(LEASE)
        assert lease.risk.model == VERSION
        assert lease.risk.chance == asked(lease, on), on


def asked(lease: Lease, on: date) -> int | None:
    """What the model says of the lease as it stands at the end of a day."""
    if not runs(lease, on):
        return None
    if has_come(lease, on):
        return COME
    (found,) = scored(SHARP, [read(lease, on)])
    return min(found.chance, COME - 1)


@pytest.mark.parametrize("size", [1, 50])
def test_however_the_log_is_cut_all_that_is_said_is_the_same_over_changes_of_model(
    size: int,
) -> None:
    """Among the bills of a day too, when leases are touched that nobody has looked at yet."""
    log = list(Simulation(60, date(2026, 1, 1), 75, seed=7).events())
    for place, (at, model) in enumerate(((310, VERSION), (490, ""), (640, VERSION), (790, ""))):
        log.insert(at + place, ranked_by(model, place + 2))
    whole, pieces = MemoryStore(rulebook=book()), MemoryStore(rulebook=book())
    whole.tell(*log)
    for at in range(0, len(log), size):
        pieces.tell(*log[at : at + size])
    assert whole.states() == pieces.states()
    assert whole.outbox == pieces.outbox
