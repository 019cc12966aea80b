"""A case of which nothing is asked just now stands on what waits, until its day: with the day, and
whether it waits or is followed up."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import msgspec
import pytest
from sqlalchemy import select

from alerts.contract.messages import VisitTask
from alerts.proof.compare import Comparison
from alerts.proof.tally import Tally
from alerts.store import schema, task_rows
from alerts.views.lists.elsewhere import leases_of
from alerts.web.links import link
from models.contract import facts
from tests.builders import days, invoiced, lease_id, paid, registered, say
from tests.web.forms import send
from tests.web.site_world import ELSEWHERE, NOON, World, site_world

LEASE, OTHER = lease_id(1), lease_id(2)
CASE, REPORT, WAIT = (link(name, lease=LEASE) for name in ("case", "report", "wait"))
PAGES = ("today", "waiting", "done")


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    """Two homes with a rent that is three weeks late, on 20 March; a letter is to be sent."""
    events = [registered(lease) for lease in (LEASE, OTHER)]
    events += [invoiced("2026-03", lease) for lease in (LEASE, OTHER)]
    seconds = count()  # of two acts in one moment neither is the later
    clock = lambda: NOON + timedelta(seconds=next(seconds))  # noqa: E731
    lived = [*events, *days("2026-02-01", "2026-03-19")]
    with site_world(sqlite_url, lived, clock) as made:
        yield made


def do(world: World, path: str, **given: str) -> None:
    assert send(world.browser("anna"), CASE, path, **given).status_code == 303


def report_all(world: World, outcome: str, **given: str) -> None:
    """Report on every task that the case has, until nothing is asked."""
    for _ in range(5):
        if f'action="{REPORT}"' not in world.browser("anna").get(CASE).text:
            return
        do(world, REPORT, outcome=outcome, **given)
    raise AssertionError("the case asks on")


def row(world: World, page: str, lease: str = LEASE, who: str = "anna") -> str:
    parts = world.browser(who).get(link(page)).text.split("<li class=")[1:]
    return next((one.partition("</li>")[0] for one in parts if f"hyresavtal {lease}." in one), "")


def lists(world: World) -> set[str]:
    return {page for page in PAGES if row(world, page)}


def counted(world: World) -> int:
    found = re.search(r'Väntar <span class="count">(\d+)', world.browser("anna").get("/today").text)
    assert found
    return int(found[1])


def pass_days(world: World, first: str, last: str) -> None:
    world.log.take(days(first, last))


def test_a_far_follow_up_day_keeps_the_case_on_a_list_when_done_has_forgotten_it(
    world: World,
) -> None:
    report_all(world, "sent", follow_up="2026-04-20")
    assert lists(world) == {"waiting", "done"}
    pass_days(world, "2026-03-20", "2026-04-10")
    assert lists(world) == {"waiting"}
    said = row(world, "waiting")
    assert "Tillbaka 20 april 2026" in said
    assert "Följs upp 20 april 2026." in said
    assert "Återrapporterad: skickat" in said
    assert counted(world) == 1
    pass_days(world, "2026-04-11", "2026-04-19")
    assert lists(world) == {"today"}
    assert counted(world) == 0


def test_of_a_letter_and_a_visit_it_is_the_visit_that_is_followed_up(world: World) -> None:
    do(world, REPORT, outcome="sent")
    do(world, REPORT, outcome="reached", follow_up="2026-04-20")
    said = row(world, "waiting")
    assert "Tillbaka 20 april 2026" in said
    assert "hyresgästen nåddes" in said
    assert "tillbaka på listan 20 april 2026" in world.browser("anna").get(CASE).text
    pass_days(world, "2026-03-20", "2026-04-03")
    assert lists(world) == {"waiting"}


def test_a_case_that_waits_is_listed_though_its_only_task_was_reported(world: World) -> None:
    report_all(world, "sent", follow_up="2026-03-27")
    do(world, WAIT, until="2026-04-20", why="decision_pending")
    assert "Väntar till 20 april 2026: ett beslut väntas." in row(world, "waiting")
    pass_days(world, "2026-03-20", "2026-04-10")
    assert lists(world) == {"waiting"}
    assert counted(world) == 1


def test_after_a_second_round_it_is_the_last_report_that_is_followed_up(world: World) -> None:
    report_all(world, "sent", follow_up="2026-03-23")
    pass_days(world, "2026-03-20", "2026-03-23")
    report_all(world, "reached", follow_up="2026-04-20")
    said = row(world, "waiting")
    assert "Följs upp 20 april 2026." in said
    assert "hyresgästen nåddes" in said
    do(world, WAIT, until="2026-05-04", why="decision_pending")
    pass_days(world, "2026-03-24", "2026-04-22")
    said = row(world, "waiting")
    assert "Väntar till 4 maj 2026" in said
    assert "hyresgästen nåddes" in said
    assert counted(world) == 1


def test_no_list_says_that_a_case_waits_for_care(world: World) -> None:
    report_all(world, "own_caseworker", follow_up="2026-03-27")
    do(world, WAIT, until="2026-04-20", why="in_care")
    said = row(world, "waiting")
    assert "Väntar till 20 april 2026: annat." in said
    assert "handläggare" not in said


def test_a_case_that_is_over_comes_back_on_no_list_and_in_no_count(world: World) -> None:
    report_all(world, "reached", follow_up="2026-04-20")
    assert counted(world) == 1
    world.log.take([paid("2026-03-20", LEASE)])
    pass_days(world, "2026-03-20", "2026-03-24")
    assert row(world, "waiting") == ""
    assert counted(world) == 0


def test_a_case_that_goes_on_and_is_followed_up_no_more_is_listed_and_promised_no_day(
    world: World,
) -> None:
    world.log.take([say(facts.LeaseEnded, lease_id=LEASE, ended_on="2026-03-19", reason="death")])
    pass_days(world, "2026-03-20", "2026-03-20")
    report_all(world, "reached")
    for _ in range(2):
        said = row(world, "waiting")
        assert "Kommer inte tillbaka av sig självt" in said
        assert "Följs upp" not in said
        assert counted(world) == 1
        pass_days(world, "2026-03-21", "2026-04-20")  # well after the day of any follow-up


def test_a_case_that_moved_comes_back_in_the_old_town_on_no_list_and_in_no_count(
    world: World,
) -> None:
    report_all(world, "reached", follow_up="2026-04-20")
    world.log.take([say(facts.LeaseChanged, lease_id=LEASE, effective_on="2026-03-20",
                        municipality=ELSEWHERE, district="City")])  # fmt: skip
    pass_days(world, "2026-03-20", "2026-03-24")
    assert row(world, "waiting") == ""
    assert counted(world) == 0


def test_a_report_that_is_undone_is_followed_up_no_more(world: World) -> None:
    report_all(world, "reached", follow_up="2026-04-20")
    do(world, link("undo", lease=LEASE))
    assert row(world, "today")
    assert row(world, "waiting") == ""
    assert counted(world) == 0


def test_what_comes_back_stands_by_its_day_with_what_waits(world: World) -> None:
    report_all(world, "sent", follow_up="2026-04-20")
    answer = send(world.browser("anna"), link("case", lease=OTHER), link("wait", lease=OTHER),
                  until="2026-03-30", why="payment_promised")  # fmt: skip
    assert answer.status_code == 303
    html = world.browser("anna").get(link("waiting")).text
    assert html.index(f"hyresavtal {OTHER}.") < html.index(f"hyresavtal {LEASE}.")


def differing(world: World) -> int:
    """How many rows of tasks are not as `verify` works them out of tasks and leases."""
    tally = Tally()
    with world.engine.connect() as connection:
        bodies = connection.scalars(select(schema.tasks.c.body)).all()
        tasks = [msgspec.json.decode(body, type=VisitTask) for body in bodies]
        leases = leases_of(connection, [task.lease_id for task in tasks])
        comparison = Comparison(connection, 0, tally)
        comparison.tasks({task.task_id: task for task in tasks}, leases)
    return tally.total


def test_verify_sees_a_day_that_is_kept_when_the_case_is_over_and_none_that_is_right(
    world: World,
) -> None:
    report_all(world, "sent", follow_up="2026-04-20")
    assert differing(world) == 0
    world.log.take([paid("2026-03-20", LEASE), *days("2026-03-20", "2026-03-24")])
    assert differing(world) == 0
    table = schema.tasks
    with world.engine.begin() as connection:
        kept = table.update().where(table.c.lease_id == LEASE, table.c.closed_as == "outcome.sent")
        connection.execute(kept.values(back_on="2026-04-20"))
    assert differing(world) > 0


def test_an_upgrade_finds_the_days_of_all_rows_as_the_fold_has_written_them(world: World) -> None:
    """Of cases that go on, are over, and moved; and fills them in where they are missing."""
    report_all(world, "sent", follow_up="2026-04-20")
    table = schema.tasks

    def rows() -> list[tuple[object, ...]]:
        with world.engine.connect() as connection:
            query = select(table.c.task_id, table.c.back_on).order_by(table.c.task_id)
            return [tuple(row) for row in connection.execute(query)]

    for events in ([], [paid("2026-03-20", LEASE), *days("2026-03-20", "2026-03-24")]):
        world.log.take(events)
        before = rows()
        with world.engine.begin() as connection:
            connection.execute(table.update().values(back_on=None))
            task_rows.place_all(connection)
        assert rows() == before
