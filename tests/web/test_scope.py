"""What is closed to whom: another town's, another district's, and who is in hiding."""

import pytest

from alerts.access import audit_list
from alerts.web.links import link
from tests.builders import lease_id
from tests.web.forms import send
from tests.web.lived import OTHER_DISTRICT, OTHER_TOWN, PROTECTED
from tests.web.site_world import World


def case(number: int) -> str:
    return link("case", lease=lease_id(number))


def test_another_towns_case_is_as_if_there_were_none(looked_at: World) -> None:
    anna = looked_at.browser("anna")
    missing = anna.get(case(999))
    assert anna.get(case(OTHER_TOWN)).status_code == missing.status_code == 404
    assert lease_id(OTHER_TOWN) not in anna.get(link("search", words="8")).text.split("<main")[0]


def test_a_search_finds_nothing_of_another_town(looked_at: World) -> None:
    answer = looked_at.browser("anna").get(link("search", words=str(OTHER_TOWN)))
    assert answer.status_code == 200
    assert "Inget hyresavtal i din kommun" in answer.text


def test_another_towns_tasks_are_on_no_list_of_ones_own(looked_at: World) -> None:
    for page in ("today", "everyone", "plan"):
        assert lease_id(OTHER_TOWN) not in looked_at.browser("anna").get(link(page)).text
        theirs = looked_at.browser("stock").get(link(page)).text
        assert lease_id(OTHER_TOWN) in theirs
        assert lease_id(1) not in theirs.replace(lease_id(OTHER_TOWN), "")


def test_a_caseworker_of_a_district_sees_its_rows_and_those_without_a_district(
    looked_at: World,
) -> None:
    shown = looked_at.browser("ronna").get(link("today")).text
    assert lease_id(1) in shown
    assert lease_id(PROTECTED) in shown
    assert lease_id(OTHER_DISTRICT) not in shown


def test_no_list_tells_the_district_of_a_protected_identity(looked_at: World) -> None:
    anna = looked_at.browser("anna")
    in_ronna = anna.get(link("today", district="Ronna")).text
    in_hovsjo = anna.get(link("today", district="Hovsjö")).text
    assert lease_id(PROTECTED) in in_ronna
    assert lease_id(PROTECTED) in in_hovsjo, "one that came and went with the filter would tell"
    for shown in (in_ronna, in_hovsjo):
        rows = [row for row in shown.split("<li")[1:] if f"{lease_id(PROTECTED)}<" in row]
        assert rows
        assert not any("Ronna" in row or "Hovsjö" in row for row in rows)


@pytest.mark.parametrize("who", ["anna", "lena", "ronna"])
def test_a_protected_case_opens_to_nobody_whom_it_was_not_given_to(
    looked_at: World, who: str
) -> None:
    answer = looked_at.browser(who).get(case(PROTECTED))
    assert answer.status_code == 403
    assert "Ronna" not in answer.text.split("<main")[1].replace("Rune Ronna", "")


def test_whom_a_protected_case_is_given_to_opens_it_and_keeps_it_with_its_next_task(
    world: World,
) -> None:
    lena, berit = world.browser("lena"), world.browser("berit")
    named = link("name_caseworker", lease=lease_id(PROTECTED))
    assert send(lena, case(PROTECTED), named, to="berit").status_code == 200
    assert berit.get(case(PROTECTED)).status_code == 200
    assert world.browser("anna").get(case(PROTECTED)).status_code == 403


def test_another_districts_case_opens_for_an_hour_and_a_reason_that_is_noted(
    world: World,
) -> None:
    ronna, action = world.browser("ronna"), link("glass", lease=lease_id(OTHER_DISTRICT))
    assert ronna.get(case(OTHER_DISTRICT)).status_code == 403
    assert send(ronna, case(OTHER_DISTRICT), action, reason="brådskar").status_code == 422
    assert ronna.get(case(OTHER_DISTRICT)).status_code == 403
    given = "Vikarierar i Hovsjö i dag"
    assert send(ronna, case(OTHER_DISTRICT), action, reason=given).status_code == 303
    assert ronna.get(case(OTHER_DISTRICT)).status_code == 200
    with world.engine.connect() as connection:
        rows = audit_list.rows(connection, lease_id=lease_id(OTHER_DISTRICT))
    assert any(row["action"] == "glass_broken" and row["detail"]["reason"] == given for row in rows)


def test_the_glass_of_another_town_cannot_be_broken(world: World) -> None:
    anna, action = world.browser("anna"), link("glass", lease=lease_id(OTHER_TOWN))
    fields = {"form_token": "", "reason": "Jag vill gärna se det här ärendet"}
    assert anna.post(action, data=fields).status_code == 403
