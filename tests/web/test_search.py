"""Searching for a lease: by its whole id, however long, and never by a part of it."""

from collections.abc import Iterator

import pytest

from alerts.web.links import link
from tests.builders import ORGNR, registered
from tests.web.lived import events
from tests.web.site_world import TOWN, World, site_world

SHORTER, LONGER = f"{ORGNR}:{'x' * 48}", f"{ORGNR}:{'x' * 80}"


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    homes = [registered(name, municipality=TOWN, district="Ronna") for name in (SHORTER, LONGER)]
    with site_world(sqlite_url, [*events(), *homes]) as world:
        yield world


@pytest.mark.parametrize("words", [LONGER, LONGER.partition(":")[2], f" {LONGER} "])
def test_a_long_id_leads_to_its_own_case_and_to_no_other(world: World, words: str) -> None:
    answer = world.browser("anna").get(link("search", words=words))
    assert (answer.status_code, answer.headers["location"]) == (303, link("case", lease=LONGER))


def test_more_than_any_id_has_finds_nothing(world: World) -> None:
    answer = world.browser("anna").get(link("search", words=SHORTER + "x" * 300))
    assert answer.status_code == 200
    assert "Inget hyresavtal" in answer.text
