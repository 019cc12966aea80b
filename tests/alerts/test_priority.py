"""The order of the list: the band by the law's clock, children first in it, never the amount."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from alerts.cases.priority import rank, sort_key, working_days_before
from alerts.cases.situation import SOON, Situation, read_situation
from alerts.contract.messages import Priority
from alerts.playbooks.towns import shipped
from models.contract import facts
from models.contract.events import Event
from models.law.weekdays import add_working_days
from models.lease.fold import fold
from models.lease.state import Lease
from models.lease.trifles import TRIFLE
from models.phrase import Phrase
from tests.builders import LEASE, ORGNR, RENT_ORE, invoiced, lease_id, registered, say
from tests.papers import eviction, message, notice
from tests.spoken import SV

FED = {ORGNR: date(2029, 12, 31)}
FAR = date(2027, 12, 1)
SINGLE: dict[str, Any] = {"children": [], "tenants": [facts.Tenant("1", 1980)]}
FAMILY: dict[str, Any] = {"children": [facts.Child(2020)]}


def at(on: str, *events: Event, lease: str = LEASE, **home: Any) -> Situation:
    found = Lease(lease)
    for event in (registered(lease, **(home or SINGLE)), *events):
        fold(found, event, date(2027, 1, 1))
    day = date.fromisoformat(on)
    return read_situation(found, day, day - timedelta(days=1), FED, shipped().default)


def ranked(
    on: str, *events: Event, due_by: date = FAR, step: str | None = None, **home: Any
) -> Priority:
    found = at(on, *events, **home)
    step = step or ("secure_tenancy" if found.legal.running else "letter")
    return rank(found, due_by, step)


# March's rent, due on Saturday 27 February 2027; notice and message on Monday 29 March, so the
# tenancy can be won back through Monday 19 April.
MARCH = invoiced("2027-03")
NOTICED = MARCH, notice("2027-03-29"), message("2027-03-29")


class TestTheBand:
    def test_of_rent_that_is_just_late_is_d(self) -> None:
        assert ranked("2027-03-04", MARCH).band == "D"

    def test_of_rent_late_by_exactly_one_week_is_still_d_and_by_more_c(self) -> None:
        # Due on Sunday 28 February by contract; a week later Sunday, carried to Monday 8 March.
        assert ranked("2027-03-08", MARCH).band == "D"
        assert ranked("2027-03-09", MARCH).band == "C"

    def test_of_a_task_whose_own_clock_runs_out_tomorrow_is_c(self) -> None:
        assert ranked("2027-03-04", MARCH, due_by=date(2027, 3, 8)).band == "D"
        assert ranked("2027-03-04", MARCH, due_by=date(2027, 3, 5)).band == "C"

    def test_of_a_running_notice_is_b_until_five_working_days_before_its_last_day(self) -> None:
        assert ranked("2027-04-01", *NOTICED).band == "B"
        assert ranked("2027-04-11", *NOTICED).band == "B"
        assert ranked("2027-04-12", *NOTICED).band == "A"
        assert ranked("2027-04-19", *NOTICED).band == "A"

    def test_after_the_last_day_is_b_again(self) -> None:
        assert ranked("2027-04-20", *NOTICED).band == "B"

    def test_of_a_claim_is_a_near_its_reply_day(self) -> None:
        claim = say(facts.ClaimServed, on="2027-05-03", reply_by="2027-05-21")
        assert ranked("2027-05-12", claim).band == "B"
        assert ranked("2027-05-14", claim).band == "A"

    def test_of_an_eviction_is_a_near_its_day(self) -> None:
        planned = eviction("deferred", "2027-05-03", "2027-06-15")
        assert ranked("2027-05-04", planned).band == "B"
        assert ranked("2027-06-08", planned).band == "A"

    def test_of_a_time_not_confirmed_is_a_however_far_away_the_eviction_is(self) -> None:
        far = eviction("scheduled", "2027-05-03", "2027-09-15")
        for on in ("2027-05-03", "2027-05-20"):
            assert ranked(on, far, step="confirm_eviction").band == "A"
            assert ranked(on, far).band == "B"  # to save the home has a day of its own


def test_a_single_man_whose_last_day_is_tomorrow_is_not_behind_250_families_a_week_late() -> None:
    keys = [
        sort_key(ranked("2027-04-18", MARCH, lease=lease_id(n), **FAMILY), lease_id(n))
        for n in range(250)
    ]
    single = sort_key(ranked("2027-04-18", *NOTICED), LEASE)
    assert all(single < key for key in keys)
    assert {key[0] for key in keys} == {"C"}


def test_inside_a_band_a_family_comes_before_the_young_and_the_unknown_before_the_others() -> None:
    homes: list[dict[str, Any]] = [
        FAMILY,
        {"children": [], "tenants": [facts.Tenant("1", 2004)]},
        {"children": [], "tenants": [facts.Tenant("1", 1950)]},
        {"tenants": [facts.Tenant("1", 1980)]},
        {"children": [], "tenants": [facts.Tenant("1")]},
        SINGLE,
    ]
    assert [ranked("2027-03-10", MARCH, **home).group for home in homes] == [1, 2, 2, 2, 2, 3]


def priority(**changes: Any) -> Priority:
    given: dict[str, Any] = {
        "band": "C", "group": 2, "nearest_on": date(2027, 3, 12), "risk_points": 3,
        "last_contact_on": date(2027, 3, 1), "rule": Phrase("rank.waits"),
    }  # fmt: skip
    return Priority(**{**given, **changes})


ORDERED = [
    priority(band="A", group=3, nearest_on=FAR, risk_points=-3),
    priority(band="B", group=3),
    priority(group=1, nearest_on=FAR, risk_points=0),
    priority(nearest_on=date(2027, 3, 11), risk_points=0),
    priority(risk_points=9),
    priority(last_contact_on=None),
    priority(last_contact_on=date(2027, 2, 1)),
    priority(),
    priority(risk_points=-1),
    priority(nearest_on=FAR, risk_points=9),
    priority(group=3, nearest_on=date(2027, 3, 1), risk_points=9),
    priority(band="D", group=1, nearest_on=date(2027, 3, 1), risk_points=9),
]


def test_band_then_group_then_date_then_risk_then_contact_decide_in_that_order() -> None:
    keys = [sort_key(found, LEASE) for found in ORDERED]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


def test_two_people_see_the_same_order_of_leases_that_are_alike() -> None:
    leases = [lease_id(n) for n in range(9)]
    for seed in range(5):
        shuffled = Random(seed).sample(leases, len(leases))
        assert sorted(shuffled, key=lambda name: sort_key(priority(), name)) == leases


def test_the_amount_never_changes_the_rank() -> None:
    small = rank(at("2027-03-10", invoiced("2027-03", ore=TRIFLE)), FAR, "visit")
    large = rank(at("2027-03-10", invoiced("2027-03", ore=100 * RENT_ORE)), FAR, "visit")
    assert small == large


SENTENCES = {
    "near": (
        ranked("2027-04-18", *NOTICED, **FAMILY),
        "Sista dag att betala och få behålla hemmet är 19 april 2027; barn bor i hemmet.",
    ),
    "running": (
        ranked("2027-04-01", *NOTICED),
        "Uppsägningen delgavs 29 mars 2027; vuxna utan barn.",
    ),
    "a week": (
        ranked("2027-03-09", MARCH, tenants=[facts.Tenant("1", 1980)]),
        "Hyran för mars 2027 är mer än en vecka sen; vi vet inte vilka som bor här.",
    ),
    "its own clock": (
        ranked("2027-03-04", MARCH, due_by=date(2027, 3, 5), tenants=[facts.Tenant("1", 2004)]),
        "Uppgiften ska vara gjord senast 5 mars 2027; hyresgäst 25 år eller yngre.",
    ),
    "late": (
        ranked("2027-03-04", MARCH, tenants=[facts.Tenant("1", 1950)]),
        "Hyran för mars 2027 är sen sedan 2 mars 2027; hyresgäst över 65 år.",
    ),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_every_rank_explains_itself_in_one_plain_swedish_sentence(case: str) -> None:
    found, sentence = SENTENCES[case]
    assert SV.say(found.rule) == sentence


def test_the_first_day_within_five_working_days_is_counted_over_holidays() -> None:
    # Good Friday is 26 March 2027 and Easter Monday 29 March.
    assert working_days_before(date(2027, 4, 1), SOON) == date(2027, 3, 23)
    for n in range(60):
        day = date(2027, 3, 1) + timedelta(days=n)
        first = working_days_before(day, SOON)
        assert add_working_days(first, SOON) >= day
        assert add_working_days(first - timedelta(days=1), SOON) < day
