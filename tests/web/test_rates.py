"""Limits: of a burst one row, of one person's haste no harm to others, and a watcher is let be."""

from pathlib import Path

from sqlalchemy import event

from alerts.access import audit_list
from alerts.web.limits import Limit, Taken
from alerts.web.links import link
from alerts.web.rates import Rates
from alerts.web.remembered import Recent
from tests.web.lived import events
from tests.web.site_world import World, site_world


def test_of_a_burst_that_is_refused_the_audit_has_one_row(
    at_one_moment: None, world: World
) -> None:
    hugo = world.browser("hugo")
    answers = [hugo.get(link("today")).status_code for _ in range(160)]
    assert answers == [403] * 100 + [429] * 60
    with world.engine.connect() as connection:
        rows = audit_list.rows(connection, limit=500)
    assert sum(row["detail"]["status"] == "429" for row in rows) == 1


def test_a_refusal_is_news_again_once_the_bucket_was_full() -> None:
    now = [0.0]
    limit = Limit(1.0, 2.0, lambda: now[0])
    taken = [limit.take("a") for _ in range(4)]
    assert taken == [Taken.ALLOWED, Taken.ALLOWED, Taken.REFUSED_FIRST, Taken.REFUSED]
    now[0] = 1.0  # one more, but the haste goes on
    assert [limit.take("a"), limit.take("a")] == [Taken.ALLOWED, Taken.REFUSED]
    now[0] = 10.0
    assert [limit.take("a") for _ in range(3)][-1] is Taken.REFUSED_FIRST


def test_whoever_uses_up_an_address_harms_no_session_and_no_watcher(tmp_path: Path) -> None:
    rates = Rates(lambda: 0.0)

    def ask(route: str, session: str = "") -> Taken:
        return rates.take(route, session=session, mark="", address="10.0.0.1")

    assert Taken.REFUSED in {ask("goodbye") for _ in range(1_000)}
    assert ask("today", "anna") is Taken.ALLOWED
    assert ask("auth") is Taken.ALLOWED
    assert {ask("healthy") for _ in range(1_000)} == {Taken.ALLOWED}


def test_whether_the_database_answers_is_asked_once_a_second_at_most(tmp_path: Path) -> None:
    with site_world(f"sqlite:///{tmp_path / 's.db'}", events()) as world:
        now = [0.0]
        world.site.remembered.healthy = Recent(1.0, lambda: now[0])
        asked = list[str]()
        event.listen(world.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
        browser = world.browser()
        for _ in range(400):
            assert browser.get(link("healthy")).text == "ok\n"
        once = len(asked)
        now[0] = 1.0
        assert browser.get(link("healthy")).text == "ok\n"
    assert 0 < once < 5
    assert len(asked) == 2 * once


def test_a_database_that_does_not_answer_is_asked_again() -> None:
    asked = Recent(1.0, lambda: 0.0)
    tries = 0

    def away() -> None:
        nonlocal tries
        tries += 1
        raise OSError

    for _ in range(2):
        try:
            asked(away)
        except OSError:
            continue
    assert tries == 2
