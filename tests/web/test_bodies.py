"""What a request carries is counted as it comes, and does not come for ever."""

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from alerts.web.bodies import LONGEST, Bodies, TooLong
from alerts.web.links import link
from tests.web.asked import asked, told_ok
from tests.web.site_world import World

CHUNKED = (b"transfer-encoding", b"chunked")


def length(told: bytes) -> tuple[bytes, bytes]:
    return (b"content-length", told)


async def refusing(scope: Scope, receive: Receive, send: Send) -> None:
    """As the pages do: one that is too long is said so."""
    try:
        await told_ok(scope, receive, send)
    except TooLong:
        await PlainTextResponse("too long", 413)(scope, receive, send)


async def deaf(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("ok")(scope, receive, send)


def test_a_length_beside_chunks_is_refused_for_two_servers_could_read_two_requests() -> None:
    answer = asked(Bodies(told_ok), b"hello", headers=[length(b"5"), CHUNKED])
    assert answer.status == 400
    assert answer.headers[b"connection"] == b"close"
    assert asked(Bodies(told_ok), headers=[length(b"5"), length(b"5")]).status == 400


@pytest.mark.parametrize("headers", [[CHUNKED], [length(b"5")], []])
def test_more_than_is_allowed_is_refused_whatever_was_announced(
    headers: list[tuple[bytes, bytes]],
) -> None:
    parts = [b"x" * 40] * 3
    if headers:
        answer = asked(Bodies(refusing, longest=100), *parts, headers=headers)
        assert (answer.status, answer.headers[b"connection"]) == (413, b"close")
    assert asked(Bodies(refusing, longest=120), *parts, headers=headers).status == 200


@pytest.mark.parametrize("told", [b"101", b"9" * 30, b"-1", b"x", "٣".encode()])
def test_what_announces_too_much_or_nothing_readable_is_not_even_received(told: bytes) -> None:
    assert asked(Bodies(refusing, longest=100), headers=[length(told)], ends=False).status == 413


def test_a_body_that_does_not_come_to_its_end_in_time_is_answered_and_let_go() -> None:
    app = Bodies(told_ok, seconds=0.05)
    answer = asked(app, b"a=1", headers=[length(b"200")], ends=False)
    assert (answer.status, answer.headers[b"connection"]) == (408, b"close")


def test_a_connection_whose_body_nobody_took_is_closed() -> None:
    answer = asked(Bodies(deaf), headers=[length(b"200")], ends=False)
    assert (answer.status, answer.headers[b"connection"]) == (200, b"close")
    assert b"connection" not in asked(Bodies(deaf), headers=[], method="GET").headers


def test_a_form_in_chunks_is_counted_by_the_pages_too(looked_at: World) -> None:
    def chunks(size: int):  # type: ignore[no-untyped-def]
        yield b"to=en&x="
        yield b"a" * size

    browser = looked_at.browser()
    kind = {"content-type": "application/x-www-form-urlencoded"}
    long = browser.post(link("language"), content=chunks(LONGEST), headers=kind)
    assert long.status_code == 413
    assert "Det var för mycket text" in long.text
    short = browser.post(link("language"), content=chunks(1_000), headers=kind)
    assert short.status_code == 303
