"""What the landlord has said of the day of service is entered by hand, corrected and taken back."""

import json
from datetime import date, timedelta
from html import unescape
from itertools import count
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import select
from starlette.testclient import TestClient

from alerts.commands.stored_cases import StoredCases
from alerts.store import access_schema
from alerts.web.links import link
from models.contract import facts
from models.lease.papers import Notice
from tests.builders import LEASE, MUNICIPAL, ORGNR, lease_id, say
from tests.papers import message
from tests.web.forms import form
from tests.web.forms import send as form_send
from tests.web.lived import OTHER_TOWN, PROTECTED, SERVED
from tests.web.papers_page import again, check, hidden, send
from tests.web.site_world import NOON, World

NEW = f"{ORGNR}:99"
NOTICE = {
    "paper": "notice",
    "ground": "arrears",
    "served_on": "2026-03-16",
    "form_1_on": "2026-03-17",
}

LATER = {**NOTICE, "served_on": "2026-03-15", "form_1_on": "2026-03-15"}


def notices(world: World, name: str = LEASE) -> list[Notice]:
    stand = StoredCases(world.engine)(name)
    return [] if stand is None else list(stand.lease.legal.notices.values())


def days(world: World, name: str = LEASE) -> list[str]:
    return [str(notice.served_on) for notice in notices(world, name)]


def faults(answer: Any) -> str:
    return unescape(answer.text).partition('id="faults"')[2].partition("</div>")[0]


def asked(browser: TestClient, name: str = LEASE) -> Any:
    return browser.get("/form3", params={"paper": "notice", "lease": name})


def running(world: World, hours: int = 0) -> World:
    """The world with a clock that goes, so that what is said later is later."""
    ticks = count(1)
    start = NOON + timedelta(hours=hours)
    site = replace(world.site, clock=lambda: start + timedelta(seconds=next(ticks)))
    return world._replace(site=site)


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("field", "given", "said"),
        [
            ("ground", "", "Välj vad uppsägningen gäller"),
            ("ground", "noise", "Välj vad uppsägningen gäller"),
            ("served_on", "", "2026-01-31"),
            ("served_on", "16/3", "2026-01-31"),
            ("served_on", "2026-03-21", "har inte kommit"),
            ("served_on", "2025-03-16", "mer än ett år tillbaka"),
            ("form_1_on", "17 mars", "2026-01-31"),
            ("form_1_on", "2026-03-21", "har inte kommit"),
            ("number", "", "hyresvärdens nummer på avtalet"),
            ("tenant_ref", "Anna Andersson", "Välj hyresgästen i listan"),
        ],
    )
    def test_is_said_at_its_field_and_nothing_is_told(
        self, world: World, field: str, given: str, said: str
    ) -> None:
        answer = check(world.browser("anna"), **{**NOTICE, field: given})
        assert answer.status_code == 422
        assert said in faults(answer)
        assert notices(world) == []

    def test_every_fault_is_said_at_once(self, world: World) -> None:
        wrong = {"ground": "", "served_on": "x", "form_1_on": "y", "tenant_ref": "z"}
        assert faults(check(world.browser("anna"), **{**NOTICE, **wrong})).count("<li>") == 4

    def test_another_towns_lease_is_refused(self, world: World) -> None:
        answer = check(world.browser("anna"), **NOTICE, number=str(OTHER_TOWN))
        assert answer.status_code == 422
        assert "annan kommun" in answer.text

    def test_a_landlord_enters_none_and_is_shown_its_own_message(self, world: World) -> None:
        browser = world.browser("hugo")
        assert "served_on" not in asked(browser).text
        browser.post("/form3", data={**hidden(asked(browser).text), **NOTICE, "step": "send"})
        assert notices(world) == []

    @pytest.mark.parametrize("name", ["olle", "greta"])
    def test_who_has_no_leases_enters_none(self, world: World, name: str) -> None:
        assert asked(world.browser(name)).status_code == 403


class TestADayOfService:
    @pytest.mark.parametrize("name", ["anna", "lena"])
    def test_is_told_and_its_case_says_where_it_comes_from(self, world: World, name: str) -> None:
        browser = world.browser(name)
        page = check(browser, **NOTICE).text
        for said in (
            "Dag då hyresgästen delgavs uppsägningen",
            "tidigast 7 april 2026",
            "gäller hyresvärdens uppgift",
        ):
            assert said in page
        answer = again(browser, page)
        assert answer.headers["location"].startswith(f"/case/{LEASE}?saved=")
        served_on, form_1_on = date(2026, 3, 16), date(2026, 3, 17)
        assert notices(world) == [Notice(True, False, "arrears", served_on, form_1_on, heard=True)]
        case = browser.get(answer.headers["location"]).text
        assert "hyresvärden har sagt att uppsägningen för obetald hyra delgavs 16 mars 2026" in case
        assert "Delgivningsdagen är vad hyresvärden har sagt till kommunen" in case
        assert "enligt vad hyresvärden har sagt till kommunen" in case  # the line of time

    def test_is_reached_by_a_link_from_the_case_that_asks_for_it(self, world: World) -> None:
        browser = world.browser("anna")
        address = f"/form3?paper=notice&amp;lease={LEASE.replace(':', '%3A')}"
        assert address not in browser.get(f"/case/{LEASE}").text
        world.log.tell(message("2026-03-18"))
        case = browser.get(f"/case/{LEASE}").text
        assert case.count(address) == 2  # at the reason and at the clock
        assert f'value="{LEASE}"' in browser.get(unescape(address)).text
        send(browser, **NOTICE, number=LEASE, landlord="")
        assert "fråga hyresvärden när hyresgästen delgavs" not in browser.get(f"/case/{LEASE}").text

    def test_sent_twice_is_one_and_there_and_back_the_last_holds(self, world: World) -> None:
        browser = running(world).browser("anna")
        page = check(browser, **NOTICE).text
        first, second = again(browser, page), again(browser, page)
        assert first.headers["location"] == second.headers["location"]
        assert days(world) == ["2026-03-16"]
        again(browser, page, served_on="2026-03-12")
        assert days(world) == ["2026-03-12"]
        again(browser, page)
        assert days(world) == ["2026-03-16"]

    def test_is_corrected_in_a_new_form_too(self, world: World) -> None:
        send(running(world).browser("anna"), **NOTICE)
        send(running(world, 1).browser("berit"), **{**NOTICE, "served_on": "2026-03-12"})
        assert days(world) == ["2026-03-12"]

    def test_is_taken_back_on_the_case_and_may_be_entered_again(self, world: World) -> None:
        browser = world.browser("anna")
        page = check(browser, **NOTICE).text
        location = again(browser, page).headers["location"]
        fields = form(browser.get(location).text, f"/case/{LEASE}/undo")
        assert browser.post(f"/case/{LEASE}/undo", data=fields).status_code == 303
        assert notices(world) == []
        again(browser, page)
        assert days(world) == ["2026-03-16"]

    def test_without_form_1_asks_for_it_and_counts_no_weeks(self, world: World) -> None:
        page = check(world.browser("anna"), **{**NOTICE, "form_1_on": ""}).text
        assert "fråga hyresvärden när det delgavs" in page
        assert "kan inte räknas förrän" in page
        assert "tidigast" not in page.partition("<main")[2]

    def test_of_a_notice_for_disturbances_needs_no_form_1(self, world: World) -> None:
        browser = world.browser("anna")
        page = check(browser, **{**NOTICE, "ground": "disturbance"}).text
        assert "gäller inte störningar" in page
        again(browser, page)
        (told,) = notices(world)
        assert (told.reason, told.recovery_notice_served_on) == ("disturbance", None)

    def test_that_the_landlord_has_told_is_said_to_change_nothing(self, world: World) -> None:
        page = check(world.browser("anna"), **NOTICE, number=str(SERVED)).text
        assert "har själv rapporterat uppsägningen, delgiven 12 mars 2026" in page
        send(world.browser("anna"), **NOTICE, number=str(SERVED))
        assert days(world, lease_id(SERVED)) == ["2026-03-12"]

    def test_of_an_unregistered_lease_opens_its_case(self, world: World) -> None:
        answer = send(world.browser("anna"), **NOTICE, number="99")
        assert answer.headers["location"].startswith(f"/case/{NEW}")
        assert days(world, NEW) == ["2026-03-16"]

    def test_of_several_tenants_asks_who_was_served(self, world: World) -> None:
        tenants = [{"tenant_ref": ref, "birth_year": 1980} for ref in ("T1", "T2")]
        world.log.tell(say(facts.LeaseChanged, effective_on="2026-03-01", tenants=tenants))
        browser = world.browser("anna")
        assert "Hyresgäst T2, född 1980" in asked(browser).text
        assert "flera hyresgäster" in check(browser, **NOTICE).text
        page = check(browser, **NOTICE, tenant_ref="T2").text
        assert "flera hyresgäster" not in page
        again(browser, page)
        assert [notice.tenant_ref for notice in notices(world)] == ["T2"]


class TestAProtectedIdentity:
    def test_shows_no_tenants_and_no_case_and_is_told_all_the_same(self, world: World) -> None:
        name = lease_id(PROTECTED)
        tenants = [{"tenant_ref": ref, "birth_year": 1980} for ref in ("T1", "T2")]
        since = "2026-03-01"
        world.log.tell(say(facts.LeaseChanged, lease_id=name, effective_on=since, tenants=tenants))
        browser = world.browser("anna")
        assert "T2" not in asked(browser, name).text.partition("<main")[2]
        page = check(browser, **NOTICE, number=str(PROTECTED)).text
        assert "flera hyresgäster" not in page
        assert check(browser, **NOTICE, number=str(PROTECTED), tenant_ref="T2").status_code == 422
        answer = again(browser, page)
        assert answer.status_code == 200
        assert "Ronna" not in answer.text.partition("<main")[2]
        assert days(world, name) == ["2026-03-16"]

    def test_does_not_say_what_the_landlord_has_told(self, world: World) -> None:
        name = lease_id(PROTECTED)
        world.log.tell(
            say(facts.NoticeServed, lease_id=name, notice_id="N", served_on="2026-03-12",
                reason="arrears")
        )  # fmt: skip
        page = check(world.browser("anna"), **NOTICE, number=str(PROTECTED)).text
        assert "har själv rapporterat" not in page


class TestTheDayThatIsPromised:
    """It is the case's own, or none: a day after the real one is how a home is lost."""

    @pytest.fixture
    def told(self, world: World) -> World:
        """The landlord has told of the notice itself, and the board has its message."""
        for name in (LEASE, lease_id(PROTECTED)):
            own = say(
                facts.NoticeServed, lease_id=name, notice_id="N", served_on="2026-03-12",
                reason="arrears", recovery_notice_served_on="2026-03-12",
            )  # fmt: skip
            world.log.tell(own)
            world.log.tell(message("2026-03-12", lease_id=name))
        return world

    def follows(self, page: str) -> str:
        return unescape(page).partition('id="follows"')[2].partition("</section>")[0]

    def no_day(self, page: str) -> bool:
        said = self.follows(page)
        return "Lagens dagar står i ärendet" in said and "tidigast" not in said

    def test_is_none_for_whom_the_case_is_closed_to(self, told: World) -> None:
        page = check(told.browser("anna"), **LATER, number=str(PROTECTED)).text
        assert "har själv rapporterat" not in page
        assert self.no_day(page)
        sent = again(told.browser("anna"), page)
        assert "tidigast" not in sent.text

    def test_is_none_where_the_landlords_own_word_holds_and_who_is_in_by_glass_is_told_so(
        self, told: World
    ) -> None:
        anna, name = told.browser("anna"), lease_id(PROTECTED)
        reason = "Jouren ringde, barn i hemmet"
        broken = form_send(anna, link("case", lease=name), link("glass", lease=name), reason=reason)
        assert broken.status_code == 303
        for number in (1, PROTECTED):
            page = check(anna, **LATER, number=str(number)).text
            assert "Hyresvärden har själv rapporterat uppsägningen" in page
            assert self.no_day(page)

    def test_is_none_of_another_message_either_to_whom_the_case_is_closed(
        self, told: World
    ) -> None:
        page = check(told.browser("anna"), number=str(PROTECTED)).text
        assert self.no_day(page)

    def test_is_none_of_a_later_message_where_the_first_one_runs(self, told: World) -> None:
        assert self.no_day(check(told.browser("anna")).text)

    def test_is_none_without_form_1_where_the_weeks_run_by_the_landlords_word(
        self, told: World
    ) -> None:
        page = check(told.browser("anna"), **{**LATER, "form_1_on": ""}).text
        assert "kan inte räknas" not in self.follows(page)

    def test_is_counted_with_the_message_that_is_known(self, world: World) -> None:
        """A corrected service, the day before the message."""
        world.log.tell(message("2026-03-18"))
        anna = world.browser("anna")
        send(anna, **{**NOTICE, "form_1_on": "2026-03-18", "served_on": "2026-03-18"})
        page = check(anna, **{**NOTICE, "form_1_on": "2026-03-17", "served_on": "2026-03-17"}).text
        assert "tidigast 8 april 2026" in self.follows(page)


def actions(world: World, name: str) -> list[tuple[str, str, str]]:
    """What the audit's rows of a lease say was done, with which paper, and by the glass or not."""
    table = access_schema.audit
    with world.engine.connect() as connection:
        rows = connection.execute(select(table).where(table.c.lease_id == name)).all()
    told = [(row.action, json.loads(row.detail)) for row in rows]
    return [(did, it["paper"], it.get("glass", "")) for did, it in told if "paper" in it]


@pytest.mark.parametrize("paper", ["notice", "eviction", "form3"])
def test_a_paper_that_was_looked_over_is_not_in_the_audit_as_entered(
    world: World, paper: str
) -> None:
    anna = world.browser("anna")
    of_paper = {"on": "2026-03-18", "scheduled_on": "2026-04-27"} if paper == "eviction" else {}
    page = check(anna, **{**NOTICE, **of_paper, "paper": paper})
    assert actions(world, LEASE) == [("paper_looked_at", paper, "")]
    again(anna, page.text)
    assert actions(world, LEASE)[1:] == [("paper_sent", paper, "")]


def test_a_paper_that_is_entered_by_glass_is_marked_as_other_acts_are(world: World) -> None:
    name, anna = lease_id(PROTECTED), world.browser("anna")
    reason = "Jouren ringde, barn i hemmet"
    form_send(anna, link("case", lease=name), link("glass", lease=name), reason=reason)
    for paper in ("notice", "form3"):
        again(anna, check(anna, **{**NOTICE, "paper": paper}, number=str(PROTECTED)).text)
    assert {glass for _, _, glass in actions(world, name)} == {"broken"}


def test_a_case_systems_own_event_is_the_same(world: World) -> None:
    told = say(facts.NoticeServed, MUNICIPAL, notice_id="K1", served_on="2026-03-16",
               reason="arrears")  # fmt: skip
    world.log.tell(told)
    assert [notice.heard for notice in notices(world)] == [True]
