"""A session ends when it should, and its table opens none."""

import hashlib

from sqlalchemy import Engine, select, text

from alerts.access import logins
from alerts.access.logins import Login
from alerts.access.person import Person
from alerts.access.sessions import (
    IDLE,
    LIFE,
    Session,
    close,
    form_token,
    load,
    matches,
    open_session,
    sweep,
    touch,
)
from alerts.store import access_schema
from alerts.store.database import reading
from tests.access.persons import ANNA, LENA, NOW


def loaded(engine: Engine, token: str, now: float) -> Session | None:
    with reading(engine) as connection:
        return load(connection, token, now)


def count(engine: Engine, table: str) -> int:
    with reading(engine) as connection:
        return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_a_session_that_nobody_used_for_half_an_hour_is_over_and_no_touch_wakes_it(
    engine: Engine,
) -> None:
    token = open_session(engine, ANNA, None, NOW)
    assert loaded(engine, token, NOW + IDLE) is not None
    touch(engine, token, NOW + IDLE + 1)
    assert loaded(engine, token, NOW + IDLE + 1) is None


def test_a_session_is_over_after_ten_hours_however_much_it_was_used(engine: Engine) -> None:
    token = open_session(engine, ANNA, None, NOW)
    now = NOW
    while now < NOW + LIFE:
        assert loaded(engine, token, now) is not None
        touch(engine, token, now)
        now += 20 * 60
    touch(engine, token, NOW + LIFE + 1)
    assert loaded(engine, token, NOW + LIFE + 1) is None


def test_a_use_is_noted_at_most_once_a_minute(engine: Engine) -> None:
    token = open_session(engine, ANNA, None, NOW)
    seen = []
    for later in (59, 60, 61, 119, 120):
        touch(engine, token, NOW + later)
        with reading(engine) as connection:
            seen.append(connection.scalar(select(access_schema.sessions.c.seen)))
    assert seen == [NOW, NOW + 60, NOW + 60, NOW + 60, NOW + 120]


def test_what_stands_in_the_table_is_no_token(engine: Engine) -> None:
    token = open_session(engine, ANNA, None, NOW)
    with reading(engine) as connection:
        kept = connection.scalar(select(access_schema.sessions.c.token_sha256))
    assert kept == hashlib.sha256(token.encode()).hexdigest()
    assert loaded(engine, kept, NOW) is None
    assert len(token) >= 43
    assert token != open_session(engine, ANNA, None, NOW)


def test_a_closed_session_is_over_at_once_and_others_go_on(engine: Engine) -> None:
    token, other = (open_session(engine, ANNA, None, NOW) for _ in range(2))
    close(engine, token)
    close(engine, "never was")
    assert loaded(engine, token, NOW) is None
    assert loaded(engine, other, NOW) is not None


def test_what_no_session_has_is_none_whatever_a_browser_sent(engine: Engine) -> None:
    for token in ("", "\0", "\udcff", "x" * 5_000, "' OR 1=1 --"):
        assert loaded(engine, token, NOW) is None
        touch(engine, token, NOW)
        close(engine, token)


def test_a_session_holds_the_person_as_they_logged_in(engine: Engine) -> None:
    token = open_session(engine, LENA, "an.id.token", NOW)
    assert loaded(engine, token, NOW) == Session(LENA, "an.id.token", NOW)


def test_a_person_of_a_form_that_is_not_ours_is_logged_out_and_not_a_fault(engine: Engine) -> None:
    token = open_session(engine, ANNA, None, NOW)
    with engine.begin() as connection:
        connection.execute(access_schema.sessions.update().values(person='{"role":"emperor"}'))
    assert loaded(engine, token, NOW) is None


def test_a_form_of_another_session_or_of_none_does_not_match(engine: Engine) -> None:
    token, other = (open_session(engine, ANNA, None, NOW) for _ in range(2))
    assert matches(token, form_token(token))
    for given in ("", form_token(other), token, form_token(token)[:-1], "å", "\ud800"):
        assert not matches(token, given)


def test_sweeping_leaves_what_still_holds(engine: Engine) -> None:
    open_session(engine, ANNA, None, NOW - LIFE - 1)
    open_session(engine, ANNA, None, NOW - IDLE - 1)
    token = open_session(engine, ANNA, None, NOW - 60)
    logins.keep(engine, "old", Login("n", "v", "/", NOW - logins.HOLDS - 1))
    logins.keep(engine, "new", Login("n", "v", "/", NOW))
    sweep(engine, NOW)
    assert (count(engine, "sessions"), count(engine, "logins")) == (1, 1)
    assert loaded(engine, token, NOW) is not None


def test_who_logs_in_again_under_another_name_is_still_one(engine: Engine) -> None:
    open_session(engine, ANNA, None, NOW)
    wed = Person(ANNA.subject, "Anna Berg", ANNA.role, "0180")
    open_session(engine, wed, None, NOW + 1)
    with reading(engine) as connection:
        (row,) = connection.execute(select(access_schema.people))
    assert tuple(row) == ("anna-1", "Anna Berg", "caseworker", "0180", NOW + 1)
