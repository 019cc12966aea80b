"""The line of time on a case's page, the newest first."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest

from alerts.web.links import link
from tests.builders import LEASE, days, invoiced, registered
from tests.web.forms import send
from tests.web.site_world import NOON, World, site_world

CASE = link("case", lease=LEASE)


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    """A home with a rent that is three weeks late, on 20 March; a letter is to be sent."""
    seconds = count()
    lived = [registered(LEASE), invoiced("2026-03", LEASE), *days("2026-02-01", "2026-03-19")]
    with site_world(sqlite_url, lived, lambda: NOON + timedelta(seconds=next(seconds))) as made:
        yield made


def test_a_task_that_is_open_again_stands_above_its_closing_by_what_was_undone(
    world: World,
) -> None:
    for path, given in ((link("report", lease=LEASE), {"outcome": "sent"}),
                        (link("undo", lease=LEASE), {})):  # fmt: skip
        assert send(world.browser("anna"), CASE, path, **given).status_code == 303
    html = world.browser("anna").get(CASE).text.partition('id="timeline"')[2]
    again = html.index("öppen igen, för återrapporten är ångrad")
    assert again < html.index("avslutad. Återrapporterad: skickat")
