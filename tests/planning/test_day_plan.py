"""Who visits whom: each situation of a morning, and what comes of it."""

from datetime import date
from typing import Any

import pytest

from alerts.contract.messages import VisitTask
from alerts.planning.day_plan import DayPlan, plan
from alerts.planning.staff import Staff
from alerts.planning.staff_file import read
from alerts.planning.why_left import risk
from models.phrase import phrase
from tests.planning.people import person, staff
from tests.spoken import SV
from tests.visit_tasks import task

DAY = date(2026, 3, 11)  # a Wednesday
ANNA, BO = person("Anna"), person("Bo")
_LEASE = "559990-0013:1"  # the first visit's


def visit(number: int, **changes: Any) -> VisitTask:
    """A visit of a household of its own, whose day is the day."""
    own = {"lease_id": f"559990-0013:{number}", "channel": "visit", "due_by": DAY}
    return task(number, **{**own, **changes})


def lists(found: DayPlan) -> dict[str, list[int]]:
    """The tasks of each list, by number, in its order."""
    return {
        "+".join(one.people): [_number(task) for stop in one.stops for task in stop.tasks]
        for one in found.rounds
    }


def left(found: DayPlan) -> dict[int, str]:
    return {_number(one.task): one.because.code.partition(".")[2] for one in found.left_over}


def _number(task: VisitTask) -> int:
    return int(task.task_id[-12:], 16)


def planned(tasks: list[VisitTask], *people: Any, **minutes: int) -> DayPlan:
    return plan(tasks, staff(*people, **minutes), DAY)


class TestIsLeftOver:
    def test_what_does_not_fit_into_the_hours_in_the_worklists_order(self) -> None:
        found = planned([visit(n) for n in range(1, 5)], person("Anna", hours=3))
        assert lists(found) == {"Anna": [1, 2]}
        assert left(found) == {3: "full", 4: "full"}

    def test_everything_where_nobody_is_here(self) -> None:
        found = planned([visit(1)], person("Anna", hours=0))
        assert left(found) == {1: "no_role"}
        assert plan([visit(1)], Staff((), {}), DAY).rounds == []

    def test_what_needs_a_role_that_nobody_has(self) -> None:
        found = planned([visit(1, actor="debt_adviser")], ANNA)
        (one,) = found.left_over
        assert SV.say(one.because) == "Ingen med rollen hyresskuldsrådgivare är här."

    def test_a_joint_visit_of_which_one_role_is_missing(self) -> None:
        found = planned(
            [visit(1, channel="joint_visit", actor="caseworker+debt_adviser")], ANNA, BO
        )
        assert left(found) == {1: "no_pair"}

    def test_a_joint_visit_of_two_who_are_here_at_different_times(self) -> None:
        people = person("Anna", hours="8-12"), person("Bo", hours="13-17")
        found = planned([visit(1, channel="joint_visit")], *people)
        assert left(found) == {1: "pair_is_full"}

    def test_a_protected_identity_without_somebody_who_may_take_it(self) -> None:
        found = planned([visit(1, protected_identity=True)], ANNA)
        (one,) = found.left_over
        assert left(found) == {1: "no_protected"}
        assert "Ronna" not in SV.say(one.because)

    def test_a_district_that_is_nobodys(self) -> None:
        found = planned([visit(1)], person("Anna", districts=("Hovsjö",)))
        (one,) = found.left_over
        assert SV.say(one.because) == "Ingen med rollen är här för Ronna."
        assert found.unseen == ["Hovsjö"]

    def test_what_is_the_landlords_alone(self) -> None:
        (one,) = planned([visit(1, actor="landlord")], ANNA).left_over
        assert SV.say(one.because) == "Görs av hyresvärden: fråga hur det går."

    def test_what_is_somebodys_who_has_no_time_left_unless_a_day_of_the_law_is_near(self) -> None:
        anna = person("Anna", hours=1.5)
        found = planned(
            [visit(1), *(visit(n, band=b, assigned_to="Anna") for n, b in ((2, "A"), (3, "C")))],
            anna, person("Bo", hours=1.5), person("Cia"),
        )  # fmt: skip
        assert lists(found) == {"Anna": [1], "Bo": [2]}
        (one,) = found.left_over
        assert SV.say(one.because) == "Anna har uppgiften, men ingen tid kvar."

    def test_a_further_task_of_a_case_for_which_its_list_has_no_time(self) -> None:
        tasks = [visit(1), visit(2, lease_id=visit(1).lease_id, channel="payment")]
        found = planned(tasks, person("Anna", hours=1.5))
        assert left(found) == {2: "elsewhere_full"}
        assert lists(planned(tasks, person("Anna", hours=1.5), BO)) == {"Bo": [1, 2]}

    def test_a_further_task_whose_role_is_missing_on_its_list(self) -> None:
        tasks = [visit(1), visit(2, lease_id=visit(1).lease_id, actor="coordinator")]
        found = planned(tasks, ANNA)
        (one,) = found.left_over
        assert SV.say(one.because) == (
            "Ärendet står på listan för Anna, men uppgiften kräver rollen samordnare."
        )


class TestIsNotOfTheDay:
    def test_what_waits_for_a_day_to_come_and_what_has_time(self) -> None:
        waits = visit(1, band="B", waits_until=date(2026, 3, 12))
        later = visit(2, due_by=date(2026, 3, 12))
        found = planned([waits, later], ANNA)
        assert (found.rounds, found.left_over) == ([], [])
        assert (found.waiting, found.later) == (1, 1)

    def test_what_is_planned_for_a_later_day_unless_a_day_of_the_law_is_near(self) -> None:
        rows = [visit(n, band=band, planned_on=date(2026, 3, 13)) for n, band in enumerate("ABC")]
        assert lists(planned(rows, ANNA)) == {"Anna": [0]}


class TestIsOfTheDay:
    def test_bands_a_and_b_what_is_due_or_late_what_waited_until_today_and_what_is_planned(
        self,
    ) -> None:
        later = date(2026, 3, 20)
        rows = [
            visit(1, band="A", due_by=later),
            visit(2, band="B", due_by=later),
            visit(3, due_by=date(2026, 3, 2)),
            visit(4, waits_until=DAY),
            visit(5, due_by=later, planned_on=DAY),
        ]
        assert sorted(lists(planned(rows, ANNA))["Anna"]) == [1, 2, 3, 4, 5]


class TestACase:
    def test_is_one_stop_with_all_its_tasks_and_the_household_is_met_once(self) -> None:
        channels = enumerate(("visit", "letter", "contact"), 1)
        rows = [visit(n, channel=channel, lease_id="559990-0013:1") for n, channel in channels]
        found = planned(rows, ANNA, BO)
        (one,) = found.rounds
        assert [stop.minutes for stop in one.stops] == [90 + 20]

    def test_goes_to_whoever_can_do_all_of_it(self) -> None:
        rows = [visit(1), visit(2, lease_id=visit(1).lease_id, actor="debt_adviser")]
        found = planned(rows, ANNA, person("Bo", "caseworker", "debt_adviser"))
        assert lists(found) == {"Bo": [1, 2]}

    def test_takes_somebody_along_where_nobody_has_both_roles(self) -> None:
        rows = [visit(1), visit(2, lease_id=visit(1).lease_id, actor="debt_adviser")]
        found = planned(rows, ANNA, person("Bo", "debt_adviser"))
        assert lists(found) == {"Anna+Bo": [1, 2]}
        assert [one.booked for one in found.hours] == [90, 90]


class TestAJointVisit:
    def test_takes_two_with_the_roles_and_both_their_time(self) -> None:
        people = ANNA, person("Bo", "debt_adviser"), person("Cia")
        found = planned([visit(1, channel="visit", actor="caseworker+debt_adviser")], *people)
        assert lists(found) == {"Anna+Bo": [1]}
        assert [one.booked for one in found.hours] == [90, 90, 0]

    def test_with_the_landlord_takes_one_of_ours(self) -> None:
        found = planned([visit(1, channel="joint_visit", actor="landlord+caseworker")], ANNA, BO)
        assert lists(found) == {"Anna": [1]}

    def test_goes_to_the_pair_that_there_is_and_then_to_another(self) -> None:
        rows = [visit(n, channel="joint_visit") for n in (1, 2, 3, 4)]
        people = ANNA, person("Bo", hours=4), person("Cia", hours=5)
        found = planned(rows, *people, joint_visit=120)
        assert lists(found) == {"Anna+Bo": [1, 2], "Anna+Cia": [3, 4]}

    def test_that_a_paper_is_added_to_has_its_own_time_to_grow_in(self) -> None:
        rows = [visit(1, channel="joint_visit"), visit(2, channel="payment", lease_id=_LEASE)]
        people = person("Anna", hours="8-10"), person("Bo", hours="8-10")
        assert lists(planned(rows, *people, joint_visit=100)) == {"Anna+Bo": [1, 2]}

    def test_of_another_pair_has_the_hours_that_the_first_leaves(self) -> None:
        roles = ("debt_adviser", "coordinator")
        bo, cia = (
            person(name, role, hours=here)
            for name, role, here in zip(("Bo", "Cia"), roles, ("8-12", "8-17"), strict=True)
        )
        rows = [visit(n, actor=f"caseworker+{role}") for n, role in enumerate(roles, 1)]
        found = planned(rows, person("Anna", hours="8-17"), bo, cia, visit=240)
        assert lists(found) == {"Anna+Bo": [1], "Anna+Cia": [2]}

    def test_of_two_pairs_waits_for_nobody_who_is_with_somebody_else_in_their_hours(self) -> None:
        roles = ("debt_adviser", "coordinator")
        bo, cia = (person(n, r, hours="8-12") for n, r in zip(("Bo", "Cia"), roles, strict=True))
        rows = [visit(n, actor=f"caseworker+{role}") for n, role in enumerate(roles, 1)]
        assert left(planned(rows, ANNA, bo, cia, visit=120)) == {}
        assert left(planned(rows, ANNA, bo, cia, visit=130)) == {2: "pair_is_full"}


class TestIsGivenTo:
    def test_whoever_has_it_in_any_district(self) -> None:
        bo = person("Bo", districts=("Hovsjö",))
        assert lists(planned([visit(1, assigned_to="bo ")], ANNA, bo)) == {"Bo": [1]}

    def test_whoever_was_to_go_today_before_whose_it_is(self) -> None:
        one = visit(1, assigned_to="Anna", planned_on=DAY, planned_who="Bo")
        assert lists(planned([one], ANNA, BO)) == {"Bo": [1]}

    def test_both_who_were_to_go_together_though_one_would_do(self) -> None:
        budget = person("Bo", "debt_adviser")
        one = visit(1, planned_on=DAY, planned_who="bo; ANNA")
        assert lists(planned([one], ANNA, budget, person("Cia"))) == {"Anna+Bo": [1]}

    def test_the_one_who_is_here_of_two_who_were_to_go_together(self) -> None:
        one = visit(1, planned_on=DAY, planned_who="Bo; Cia")
        assert lists(planned([one], ANNA, BO)) == {"Bo": [1]}

    def test_nobody_else_where_one_of_two_who_were_to_go_has_no_time(self) -> None:
        one = visit(1, planned_on=DAY, planned_who="Bo; Cia")
        found = planned([one], ANNA, BO, person("Cia", hours="8-9"), visit=90)
        assert left(found) == {1: "whose_are_full"}

    def test_somebody_else_where_whoever_has_it_is_away(self) -> None:
        away = person("Bo", hours=0)
        assert lists(planned([visit(1, assigned_to="Bo")], ANNA, away)) == {"Anna": [1]}

    def test_somebody_who_may_take_a_protected_identity_whatever_the_district(self) -> None:
        cia = person("Cia", protected=True, districts=("Hovsjö",))
        found = planned([visit(1, protected_identity=True)], ANNA, cia)
        assert lists(found) == {"Cia": [1]}
        (stop,) = found.rounds[0].stops
        assert stop.district is None

    def test_one_who_goes_to_that_district_already_and_in_time_to_the_other_too(self) -> None:
        rows = [visit(n, district="Ronna" if n % 2 else "Hovsjö") for n in range(1, 9)]
        found = lists(planned(rows, ANNA, BO))
        assert found == {"Anna": [1, 3, 5, 7], "Bo": [2, 4, 6, 8]}


class TestAList:
    def test_keeps_a_district_together_with_the_most_pressing_first(self) -> None:
        rows = [
            visit(1, band="B", district="Hovsjö"),
            visit(2, district="Ronna", nearest_on=date(2026, 3, 3)),
            visit(3, district="Hovsjö", nearest_on=date(2026, 3, 9)),
            visit(4, district="Ronna", nearest_on=date(2026, 3, 2)),
            visit(5, channel="letter", nearest_on=date(2026, 3, 20)),
        ]
        assert lists(planned(rows, ANNA)) == {"Anna": [1, 3, 4, 2, 5]}

    def test_is_the_same_however_the_people_are_written(self) -> None:
        rows = [visit(n, district="Ronna" if n % 3 else "Hovsjö") for n in range(1, 12)]
        text = '[[people]]\nname = "{}"\nrole = "caseworker"\nhours = 5\n'
        one, other = (
            read("".join(text.format(name) for name in names), "f") for names in ("ABC", "CAB")
        )
        assert plan(rows, one, DAY) == plan(rows, other, DAY)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"legal": date(2026, 3, 13)}, "Nästa dag enligt lagen är 13 mars 2026, om 2 arbetsdagar."),
        ({"legal": DAY}, "Nästa dag enligt lagen är 11 mars 2026, i dag."),
        ({"due_by": date(2026, 3, 12)},
         "Hinner ännu göras i tid, senast 12 mars 2026, om en arbetsdag."),
        ({}, "Ska göras i dag, och blir annars försenad."),
        ({"due_by": date(2026, 3, 10)}, "Skulle ha gjorts 10 mars 2026."),
        ({"due_by": date(2026, 3, 6)}, "Skulle ha gjorts 6 mars 2026, för 3 arbetsdagar sedan."),
    ],
)  # fmt: skip
def test_what_is_left_over_says_what_it_risks(changes: dict[str, Any], said: str) -> None:
    legal = {"legal_deadline": changes.pop("legal", None)}
    assert SV.say(risk(visit(1, **legal, **changes), DAY)) == said


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 3, 13), "är 13 mars 2026, om 2 arbetsdagar; barn bor i hemmet."),
        (date(2026, 3, 10), "var 10 mars 2026; barn bor i hemmet."),
    ],
)
def test_what_is_left_over_names_the_last_day_to_keep_the_home(on: date, said: str) -> None:
    rule = phrase(
        "rank.legal_day_is_near", name="legal_date.recovery_on", on=on,
        household="household.children",
    )  # fmt: skip
    one = visit(1, band="A", rule={"code": rule.code, "args": rule.args}, legal_deadline=on)
    assert SV.say(risk(one, DAY)) == f"Sista dag att betala och få behålla hemmet {said}"


def test_the_last_day_before_a_weekend_is_over_has_no_working_day_before_it() -> None:
    friday, sunday = date(2026, 3, 13), date(2026, 3, 15)
    one = visit(1, legal_deadline=sunday)
    assert SV.say(risk(one, friday)).endswith("15 mars 2026, före nästa arbetsdag.")
