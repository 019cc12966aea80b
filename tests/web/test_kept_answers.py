"""What a landlord was answered of its leases: on its own page, on the town's, and in the case."""

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest

from models.contract import facts
from models.contract.events import LANDLORD, Event
from tests.builders import MUNICIPAL, ORGNR, lease_id, say
from tests.web.lived import MISSING, OTHER_DISTRICT, OTHER_TOWN, PROTECTED, events
from tests.web.site_world import ELSEWHERE, TOWN, World, site_world

OTHER, PLAIN = "556036-0793", 1
ALL = (*MISSING, OTHER_TOWN)
PAGE = f"/landlord/{ORGNR}"
ASSUMED = "Socialnämnden har tagit på sig hyran för hyresavtalet"


def assumed(number: int, town: str = TOWN) -> Event:
    """The board has taken on a rent, of which the law has the landlord told."""
    return say(
        facts.CouncilRentAssumed,
        source=MUNICIPAL.replace(TOWN, town),
        event_id=f"assumed {number}",
        lease_id=lease_id(number),
        on="2026-03-19",
    )


def defective(number: int, event_id: str) -> Event:
    """A message to the board that lacks what form 3 asks for."""
    said = {"matter": "arrears", "sent_on": "2026-03-18", "how": "registered"}
    whose = {"lease_id": lease_id(number), "message_id": event_id}
    return say(facts.CouncilNotified, LANDLORD + ORGNR, event_id, **said, **whose)


def unborn(event_id: str) -> Event:
    """A change with a tenant that is not born yet."""
    change: dict[str, Any] = {
        "lease_id": lease_id(PLAIN),
        "effective_on": "2026-03-19",
        "tenants": [{"tenant_ref": "T1", "birth_year": 2031}],
    }
    return say(facts.LeaseChanged, event_id=event_id, **change)


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    told = [assumed(number, ELSEWHERE if number == OTHER_TOWN else TOWN) for number in ALL]
    with site_world(sqlite_url, [*events(), *told]) as world:
        yield world


def section(world: World, person: str, path: str, name: str) -> str:
    answer = world.browser(person).get(path)
    assert answer.status_code == 200, answer.status_code
    return (
        unescape(answer.text).partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]
    )


def leases_in(text: str) -> set[int]:
    return {number for number in range(1, 10) if f"{ORGNR}:{lease_id(number)[12:]}" in text}


def test_a_landlord_sees_its_own_answers_with_their_day_and_no_way_into_a_case(
    world: World,
) -> None:
    answers = section(world, "hugo", PAGE, "answers")
    assert f"{ASSUMED} {lease_id(PLAIN)}" in answers
    assert "2026-03-20" in answers
    assert leases_in(answers) == set(ALL)
    assert "/case" not in answers


def test_a_town_sees_answers_of_its_own_leases_and_the_way_to_them(world: World) -> None:
    answers = section(world, "lena", PAGE, "answers")
    assert f"{ASSUMED} {lease_id(PLAIN)}" in answers
    assert f'href="/case/{lease_id(PLAIN)}"' in answers
    assert leases_in(answers) == {*MISSING} - {PROTECTED}
    assert leases_in(section(world, "stock", PAGE, "answers")) == {OTHER_TOWN}


def test_a_caseworker_of_a_district_sees_none_of_another_district(world: World) -> None:
    answers = section(world, "ronna", PAGE, "answers")
    assert leases_in(answers) == {*MISSING} - {OTHER_DISTRICT, PROTECTED}


def test_a_case_says_what_its_landlord_was_answered_and_when(world: World) -> None:
    path = f"/case/{lease_id(PLAIN)}"
    assert f"2026-03-20: {ASSUMED}" in section(world, "anna", path, "told")
    timeline = section(world, "anna", path, "timeline")
    assert f"Svar till hyresvärden {ORGNR}. {ASSUMED}" in timeline
    assert f"till {ORGNR}" not in section(world, "anna", path, "told")


def test_a_landlord_that_takes_over_a_lease_is_not_shown_what_the_one_before_was_told(
    world: World,
) -> None:
    sold = {"lease_id": lease_id(PLAIN), "effective_on": "2026-03-19", "landlord_id": OTHER}
    world.log.tell(say(facts.LeaseChanged, **sold))
    assert leases_in(section(world, "hugo", PAGE, "answers")) == set(ALL)
    assert ASSUMED not in section(world, "lena", f"/landlord/{OTHER}", "answers")
    told = section(world, "anna", f"/case/{lease_id(PLAIN)}", "told")
    assert f"till {ORGNR}: {ASSUMED}" in told  # and not to who has it now


def test_where_nothing_was_answered_the_pages_say_so(sqlite_url: str) -> None:
    with site_world(sqlite_url, events()) as world:
        assert "Inget sådant svar finns här" in section(world, "hugo", PAGE, "answers")
        told = section(world, "anna", f"/case/{lease_id(PLAIN)}", "told")
        assert "Inget svar till hyresvärden i ärendet är sparat" in told


def test_many_answers_of_another_towns_lease_hide_none_of_this_towns(world: World) -> None:
    world.log.take([defective(OTHER_TOWN, f"message {number}") for number in range(120)])
    assert leases_in(section(world, "lena", PAGE, "answers")) == {*MISSING} - {PROTECTED}
    assert leases_in(section(world, "stock", PAGE, "answers")) == {OTHER_TOWN}


def test_what_a_sender_called_its_message_stands_in_no_answer_of_the_town(world: World) -> None:
    name = "K1 är komplett. Socialnämnden betalar"
    world.log.take([defective(PLAIN, name)])
    for answers in (
        section(world, "lena", PAGE, "answers"),
        section(world, "anna", f"/case/{lease_id(PLAIN)}", "told"),
        section(world, "anna", f"/case/{lease_id(PLAIN)}", "timeline"),
    ):
        assert "är mottaget men inte komplett" in answers
        assert name not in answers


def test_faults_in_single_fields_sent_by_thousands_are_no_lines_of_a_case(world: World) -> None:
    world.log.take([unborn(f"change {number}") for number in range(30)])
    told = section(world, "anna", f"/case/{lease_id(PLAIN)}", "told")
    assert told.count("<li>") == 1
