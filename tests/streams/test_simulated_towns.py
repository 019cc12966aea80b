"""What a simulated household lives through, and what is seen of it: worth learning from."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from models.contract import facts
from models.contract.events import Event
from models.contract.who_may_say import Standing, standing
from streams.simulate import TOWNS, Simulation, simulate
from streams.simulate.askholma import ASKHOLMA
from streams.simulate.economy import LATER, MISSED, PART, SHOCK, STEADY, Economy
from streams.simulate.months import of_year
from streams.simulate.population import Population
from streams.simulate.sodertalje import SODERTALJE
from streams.simulate.tenancy import Tenancy
from streams.simulate.town import Town
from streams.simulate.truth import LeaseTruth

START, DAYS, LEASES = date(2024, 1, 1), 1_095, 1_500
FIRST = 2024 * 12
CRISES = frozenset({"job_lost", "illness", "separation", "benefit_delayed", "psychiatric_care"})


class Lived:
    """Three years of a town, with what nobody sends."""

    def __init__(self, town: Town) -> None:
        years = Simulation(LEASES, START, DAYS, 5, town)
        self.events = list(years.events())
        self.truth = {one.lease_id: one for one in years.truth()}
        self.households = {
            tenancy.lease_id: tenancy.household for tenancy in homes(years._population)
        }

    def paid_late(self) -> dict[str, list[int]]:
        """By lease, for each named rent that was paid in one sum: days after it was due."""
        due: dict[str, date] = {}
        found: dict[str, list[int]] = defaultdict(list)
        for event in self.events:
            if isinstance(event.data, facts.RentInvoiced):
                due[event.data.invoice_id] = event.data.due_on
            elif isinstance(event.data, facts.RentPaid) and event.data.invoice_id in due:
                late = event.data.booked_on - due[event.data.invoice_id]
                found[event.data.lease_id].append(late.days)
        return found


def homes(population: Population) -> list[Tenancy]:
    return population._homes


@pytest.fixture(scope="module")
def lived() -> Lived:
    return Lived(SODERTALJE)


@pytest.fixture(scope="module")
def other() -> Lived:
    return Lived(ASKHOLMA)


def stages(town: Town, homes: int, months: int) -> NDArray[np.int8]:
    """The hidden state of so many homes with a mean strain: a row a month."""
    household = Simulation(1, START, 1, 1, town)._population._homes[0].household
    household.strain = 1.0
    economy, chance = Economy(town, [household] * homes), np.random.default_rng(3)
    rows = []
    for month in range(FIRST, FIRST + months):
        economy.pass_month(month, chance.random(homes))
        rows.append(economy.stage)
    return np.array(rows)


@pytest.mark.parametrize("town", TOWNS.values(), ids=list(TOWNS))
def test_strain_and_season_change_who_and_when_and_not_how_many(town: Town) -> None:
    assert sum(value * share for value, share in town.strain) == pytest.approx(1, abs=0.01)
    assert sum(town.season) / 12 == pytest.approx(1, abs=0.01)
    assert sum(landlord.share for landlord in town.landlords) == pytest.approx(1)
    assert sum(town.districts.values()) == pytest.approx(1)


@pytest.mark.parametrize("town", TOWNS.values(), ids=list(TOWNS))
def test_crises_are_as_many_as_the_town_says_and_so_many_of_them_come_gradually(
    town: Town,
) -> None:
    found = stages(town, 40_000, 72)[24:]
    gradual, sudden = (found == MISSED).mean(), (found == SHOCK).mean()
    # Months of 2026 to 2029: the mean of season is 1, and drift goes on from 2026.
    drift = np.mean([town.factor(FIRST + 24 + n) for n in range(48)])
    assert (gradual + sudden) / drift == pytest.approx(town.crises, rel=0.1)
    assert gradual / (gradual + sudden) == pytest.approx(town.gradual, abs=0.05)


def test_a_decline_goes_from_later_to_parts_to_missed_and_most_months_some_recover() -> None:
    found = stages(SODERTALJE, 20_000, 48)
    steps = Counter(zip(found[:-1].ravel().tolist(), found[1:].ravel().tolist(), strict=True))
    assert {before for before, after in steps if after == MISSED} == {PART}
    assert {before for before, after in steps if after == PART} == {LATER, PART}
    assert {before for before, after in steps if after == SHOCK} == {STEADY}
    assert steps[LATER, STEADY] > 100
    assert steps[PART, STEADY] > 100


def test_before_rents_are_missed_more_is_paid_late_than_in_other_months(lived: Lived) -> None:
    declines, crises = Counter[str](), Counter[str]()
    for lease, truth in lived.truth.items():
        for before, after in pairwise(truth.episodes):
            near = after.first_due_on - before.first_due_on <= timedelta(days=35)
            if after.cause in CRISES:
                crises[lease] += 1
                declines[lease] += near and before.cause == "declining"
    had_a_crisis = sum(e.cause in CRISES for t in lived.truth.values() for e in t.episodes)
    declined = sum(declines.values()) / had_a_crisis
    assert 0.4 < declined < 0.9
    in_decline = sum(e.cause == "declining" for t in lived.truth.values() for e in t.episodes)
    assert in_decline / (LEASES * 36) < 0.05


def test_january_and_february_bring_more_trouble_than_early_summer() -> None:
    begun = Counter(
        of_year(FIRST + month)
        for month, row in enumerate(stages(SODERTALJE, 20_000, 48))
        for _ in range(int((row == SHOCK).sum()))
    )
    assert begun[1] + begun[2] > 1.2 * (begun[5] + begun[6])


def test_who_is_always_late_has_no_more_notices_than_others() -> None:
    years = Simulation(6_000, START, 730, 6, ASKHOLMA)
    noticed = {e.subject for e in years.events() if isinstance(e.data, facts.NoticeServed)}
    shares = []
    for always in (True, False):
        some = [t for t in homes(years._population) if (t.household.late_by > 0) is always]
        shares.append(np.mean([tenancy.lease_id in noticed for tenancy in some]))
    assert 0 < shares[0] < shares[1]


def test_who_is_always_late_pays_late_every_month(lived: Lived) -> None:
    always = {lease for lease, home in lived.households.items() if home.late_by}
    late = lived.paid_late()
    often = [np.mean([days > 0 for days in late[lease]]) for lease in always if late[lease]]
    others = [
        np.mean([days > 2 for days in found])
        for lease, found in late.items()
        if lease in lived.households and lease not in always
    ]
    assert np.median(often) == 1
    assert np.mean(others) < 0.25  # where a holiday moves the bank's day, or money ran short


def test_strain_is_the_same_at_every_age() -> None:
    population = Simulation(12_000, START, 1, 8)._population
    strain: dict[str, list[float]] = defaultdict(list)
    for tenancy in homes(population):
        age = START.year - tenancy.household.birth_years[0]
        strain["young" if age <= 25 else "old" if age > 65 else "between"].append(
            tenancy.household.strain
        )
    for found in strain.values():
        noise = 3 * np.std(found) / len(found) ** 0.5
        assert abs(np.mean(found) - 1) < noise + 0.03


def test_who_pays_in_parts_does_so_again(lived: Lived) -> None:
    parts: dict[str, int] = defaultdict(int)
    for event in lived.events:
        paid = event.data
        if isinstance(paid, facts.RentPaid) and paid.payment_id.endswith("-s1"):
            home = lived.households.get(paid.lease_id)
            if home is not None and home.part and not home.late_by:
                parts[paid.lease_id] += paid.amount_ore < 0.75 * home.rent_ore
    some = [count for count in parts.values() if count]
    assert sum(count > 1 for count in some) > 0.2 * len(some)


@pytest.mark.parametrize("town", TOWNS.values(), ids=list(TOWNS))
def test_a_town_says_lawful_things_only_and_of_itself(town: Town) -> None:
    events = list(simulate(120, START, 200, 2, town))
    assert [e for e in events if standing(e.source, e.data) is not Standing.ALLOWED] == []
    leases = [e.data for e in events if isinstance(e.data, facts.LeaseRegistered)]
    assert {lease.municipality for lease in leases} == {town.code}
    assert {lease.district for lease in leases} <= set(town.districts)
    assert {e.source for e in events if isinstance(e.data, facts.HouseholdUpdated)} == {
        f"urn:municipality:{town.code}"
    }


def test_towns_differ_in_landlords_rents_and_how_often_rent_is_late(
    lived: Lived, other: Lived
) -> None:
    assert not {e.subject for e in other.events} & {e.subject for e in lived.events} - {None}
    assert rent(other.events) < 0.9 * rent(lived.events)
    assert troubled(other.truth) > troubled(lived.truth)


def rent(events: list[Event]) -> float:
    found = [e.data.rent_ore for e in events if isinstance(e.data, facts.LeaseRegistered)]
    return float(np.mean(found))


def troubled(truth: dict[str, LeaseTruth]) -> float:
    return sum(e.cause in CRISES for one in truth.values() for e in one.episodes) / len(truth)


def test_a_feed_stays_out_for_more_than_a_week_and_all_of_it_comes_afterwards(
    other: Lived,
) -> None:
    fed: dict[str, list[date]] = defaultdict(list)
    for event in other.events:
        if isinstance(event.data, facts.FeedCompleted):
            fed[event.source].append(event.data.through_on)
    gaps = [(b - a).days for days in fed.values() for a, b in pairwise(days)]
    assert max(gaps) > 7


def test_a_landlord_that_changes_its_system_tells_no_reminder_and_names_no_invoice_then(
    lived: Lived,
) -> None:
    (changed,) = [one for one in SODERTALJE.landlords if one.new_system_after is not None]
    turned = START + timedelta(days=31 * ((changed.new_system_after or 0) + 2))
    told = Counter[bool]()
    today = START
    for event in lived.events:
        if isinstance(event.data, facts.CalendarDay):
            today = event.data.day
        elif event.source == changed.source and isinstance(event.data, facts.RentReminded):
            told[today > turned] += 1
    assert told[False] > 50
    assert told[True] == 0


def test_four_years_follow_one_another_and_none_is_unlike_the_others() -> None:
    late = Counter[int]()
    today = START
    for event in simulate(600, START, 1_460, 3):
        if isinstance(event.data, facts.CalendarDay):
            today = event.data.day
        elif isinstance(event.data, facts.RentReminded):
            late[today.year] += 1
    assert len(late) == 4
    assert max(late.values()) < 2 * min(late.values())
