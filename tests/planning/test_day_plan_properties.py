"""Whatever the morning: nobody over hours, no case twice, nothing lost, the law's clock first."""

from collections import Counter
from datetime import date
from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.cases.priority import in_order
from alerts.contract.messages import VisitTask
from alerts.planning.books import Books
from alerts.planning.day_plan import DayPlan, has_come, plan, waits
from alerts.planning.needs import minutes, need
from alerts.planning.staff import Person, Staff
from alerts.playbooks.effort import minutes_by_channel
from tests.planning.people import person
from tests.tried_on import examples
from tests.visit_tasks import task

MINUTES = minutes_by_channel()
DAY = date(2026, 3, 11)
ROLES = ("caseworker", "debt_adviser", "housing_consultant")
ACTORS = (*ROLES, "landlord", "caseworker+debt_adviser", "landlord+housing_consultant")
NAMES = ("Anna", "Bo", "Cia", "Disa")
DISTRICTS = ("Ronna", "Hovsjö")
DAYS = st.dates(date(2026, 3, 9), date(2026, 3, 13))
HOURS = st.sampled_from((0, 1.5, 3, 8, "8-12", "10-14, 15-17", "13-17"))

TASKS = st.lists(
    st.fixed_dictionaries(
        {
            "band": st.sampled_from("ABCD"),
            "group": st.integers(1, 3),
            "nearest_on": DAYS,
            "due_by": DAYS,
            "lease_id": st.integers(1, 12).map(lambda n: f"559990-0013:{n}"),
            "channel": st.sampled_from(("letter", "call", "visit", "joint_visit", "payment")),
            "actor": st.sampled_from(ACTORS),
            "planned_on": st.none() | DAYS,
            "waits_until": st.none() | DAYS,
            "assigned_to": st.none() | st.sampled_from(NAMES),
        }
    ),
    max_size=30,
)


@st.composite
def mornings(draw: st.DrawFn) -> tuple[list[VisitTask], Staff]:
    """A worklist, where a lease has one district and is protected or not, and who is here."""
    places = st.tuples(st.sampled_from(DISTRICTS), st.booleans())
    home = {f"559990-0013:{n}": draw(places) for n in range(1, 13)}
    rows = []
    for n, row in enumerate(draw(TASKS)):
        district, protected = home[str(row["lease_id"])]
        rows.append(task(n, district=district, protected_identity=protected, **row))
    people = tuple(
        person(
            name,
            *draw(st.sets(st.sampled_from(ROLES), min_size=1)),
            hours=draw(HOURS),
            districts=draw(st.sampled_from(((), ("Ronna",), DISTRICTS))),
            protected=draw(st.booleans()),
        )
        for name in NAMES[: draw(st.integers(1, 4))]
    )
    return in_order(rows), Staff(people, MINUTES)


def placed(found: DayPlan) -> list[tuple[tuple[str, ...], VisitTask]]:
    return [(r.people, one) for r in found.rounds for stop in r.stops for one in stop.tasks]


@settings(max_examples=examples(80), deadline=None)
@given(mornings())
def test_nobody_is_over_hours(
    morning: tuple[list[VisitTask], Staff],
) -> None:
    tasks, staff = morning
    found = plan(tasks, staff, DAY)
    by_name = {one.name: one for one in staff.people}
    for name, one in by_name.items():
        booked = sum(r.minutes for r in found.rounds if name in r.people)
        assert booked <= one.minutes
        assert [hours.booked for hours in found.hours if hours.name == name] == [booked]


@settings(max_examples=examples(80), deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(10, 200))))
def test_two_meet_only_while_both_are_here_and_with_nobody_else(
    wanted: list[tuple[int, int, int]],
) -> None:
    hours = ("8-12", "10-14, 15-17", "8-17", 6)
    people = [person(name, hours=here) for name, here in zip(NAMES, hours, strict=True)]
    books = Books()
    for n, (one, other, takes) in enumerate(wanted):
        crew = tuple(people[at] for at in sorted({one, other}))
        if books.has_room(crew, takes):
            books.book(str(n), crew, takes, None)
    for who in people:
        met = books.meetings(who.name)
        assert all(before[1] <= after[0] for before, after in pairwise(met))
        here = who.spans or ((0, 24 * 60),)
        assert all(any(b <= at and to <= e for b, e in here) for at, to in met)


@settings(max_examples=examples(80), deadline=None)
@given(mornings())
def test_every_task_is_on_one_list_or_left_over_in_order_and_no_case_on_two(
    morning: tuple[list[VisitTask], Staff],
) -> None:
    tasks, staff = morning
    found = plan(tasks, staff, DAY)
    due = [one.task_id for one in tasks if not waits(one, DAY) and has_come(one, DAY)]
    left = [one.task.task_id for one in found.left_over]
    listed = [one.task_id for _, one in placed(found)]
    assert Counter(left + listed) == Counter(due)
    assert left == [name for name in due if name in set(left)]
    assert len(due) + found.waiting + found.later == len(tasks)
    stops = Counter(stop.tasks[0].lease_id for r in found.rounds for stop in r.stops)
    assert all(count == 1 for count in stops.values())
    assert all(
        len({one.lease_id for one in stop.tasks}) == 1 for r in found.rounds for stop in r.stops
    )


@settings(max_examples=examples(80), deadline=None)
@given(mornings())
def test_who_is_sent_may_go_there(morning: tuple[list[VisitTask], Staff]) -> None:
    tasks, staff = morning
    by_name = {one.name: one for one in staff.people}
    for names, one in placed(plan(tasks, staff, DAY)):
        crew = tuple(by_name[name] for name in names)
        assert need(one).is_met_by(crew)
        assert not one.protected_identity or all(person.protected for person in crew)


@settings(max_examples=examples(150), deadline=None)
@given(mornings())
def test_no_task_is_left_over_for_the_sake_of_one_that_stands_after_it(
    morning: tuple[list[VisitTask], Staff],
) -> None:
    """So none of band A for a stop of band C: without all that comes after it there is no room
    either, with any who could do it."""
    tasks, staff = morning
    found = plan(tasks, staff, DAY)
    on_lists = {one.lease_id for _, one in placed(found)}
    place = {one.task_id: n for n, one in enumerate(tasks)}
    for left in found.left_over:
        one = left.task
        if one.priority.band != "A" or one.lease_id in on_lists:
            continue
        for crew in _crews(staff, one):
            assert not _has_room(found, crew, one, place)


def _crews(staff: Staff, one: VisitTask) -> list[tuple[Person, ...]]:
    here = [
        who
        for who in staff.people
        if (who.protected if one.protected_identity else who.covers(one.district))
    ]
    size = need(one).people
    return [crew for crew in combinations(here, size) if need(one).is_met_by(crew)] if size else []


def _has_room(
    found: DayPlan, crew: tuple[Person, ...], one: VisitTask, place: dict[str, int]
) -> bool:
    """Would there be room, if the lists had only what stands before the task? Of two, if neither
    meets anybody else and one of them is here by number of hours."""
    takes, names = minutes([one], MINUTES), {who.name for who in crew}
    before: Counter[str] = Counter()
    for round_ in found.rounds:
        for stop in round_.stops:
            earlier = [t for t in stop.tasks if place[t.task_id] < place[one.task_id]]
            before.update(dict.fromkeys(round_.people, minutes(earlier, MINUTES)))
        if len(round_.people) == 2 == len(crew) and names & set(round_.people):
            return False
    if len(crew) == 2 and all(who.spans for who in crew):
        return False
    longest = min(max(to - at for at, to in who.spans or ((0, 24 * 60),)) for who in crew)
    if len(crew) == 2 and takes > longest:
        return False
    return all(before[who.name] + takes <= who.minutes for who in crew)
