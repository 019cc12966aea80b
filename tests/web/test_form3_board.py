"""A landlord names the board to which its message was sent, where the lease is not registered."""

from html import unescape

import pytest

from alerts.commands.stored_cases import StoredCases
from tests.builders import LEASE, ORGNR
from tests.web.papers_page import again, check, hidden, send
from tests.web.site_world import World

NEW = f"{ORGNR}:99"


def town(world: World, name: str = NEW) -> str | None:
    stand = StoredCases(world.engine)(name)
    return None if stand is None or stand.lease.terms is None else stand.lease.terms.municipality


def opens(world: World, person: str) -> int:
    return int(world.browser(person).get(f"/case/{NEW}").status_code)


def faults(page: str) -> str:
    return unescape(page).partition('id="faults"')[2].partition("</div>")[0]


class TestWithoutABoard:
    def test_of_an_unregistered_lease_it_is_asked_for_beside_all_other_faults(
        self, world: World
    ) -> None:
        answer = check(world.browser("hugo"), number="99", amount="x")
        assert answer.status_code == 422
        said = faults(answer.text)
        assert said.count("<li>") == 2
        assert 'href="#municipality"' in said
        assert "Välj den kommun vars socialnämnd" in said

    def test_of_a_registered_lease_nothing_is_asked(self, world: World) -> None:
        page = check(world.browser("hugo")).text
        assert "Kommunen ser meddelandet genast" in page

    @pytest.mark.parametrize("given", ["9999", "0181; drop", "<b>"])
    def test_one_that_is_not_served_is_refused_and_the_list_stays(
        self, world: World, given: str
    ) -> None:
        answer = check(world.browser("hugo"), number="99", municipality=given)
        assert answer.status_code == 422
        assert "Välj kommunen i listan" in faults(answer.text)
        assert given not in unescape(answer.text).partition("<main")[2]

    def test_of_a_lease_that_is_anothers_nothing_is_asked_and_nothing_told(
        self, world: World
    ) -> None:
        answer = check(world.browser("hugo"), number="556036-0793:7")
        assert "Avtalet är inte ert" in answer.text
        assert "Välj den kommun" not in answer.text


class TestABoard:
    def test_is_chosen_by_name_from_those_that_are_served(self, world: World) -> None:
        page = world.browser("hugo").get("/form3").text
        options = page.partition('<select id="municipality"')[2].partition("</select>")[0]
        assert "Södertälje (0181)" in options
        assert "Stockholm (0180)" in options
        assert options.index("Stockholm") < options.index("Södertälje")
        assert "Göteborg" not in options

    def test_is_no_field_of_a_caseworkers(self, world: World) -> None:
        assert 'name="municipality"' not in world.browser("anna").get("/form3").text
        send(world.browser("anna"), number="99", municipality="0180")
        assert town(world) == "0181"

    def test_that_is_named_has_the_case_the_same_day(self, world: World) -> None:
        browser = world.browser("hugo")
        page = check(browser, number="99", municipality="0181").text
        for said in (
            "Kommun vars socialnämnd meddelandet skickades till",
            "ärende hos socialnämnden i Södertälje (0181) tills ni registrerar avtalet",
            "Socialnämnden i Södertälje (0181) ser meddelandet i dag.",
            "kan tidigast vara 8 april 2026",
        ):
            assert said in page
        assert "ingen socialnämnd" not in page
        answer = again(browser, page)
        assert (
            "Socialnämnden i Södertälje (0181) ser" in browser.get(answer.headers["location"]).text
        )
        assert (opens(world, "anna"), opens(world, "stock")) == (200, 404)
        assert NEW in world.browser("anna").get("/everyone", params={"show": "100"}).text

    def test_that_was_a_slip_is_mended_in_the_same_form_and_each_list_says_so(
        self, world: World
    ) -> None:
        browser = world.browser("hugo")
        looked_at = check(browser, number="99", municipality="0180").text
        again(browser, looked_at)
        assert (town(world), opens(world, "stock")) == ("0180", 200)
        assert again(browser, looked_at, municipality="0181").status_code == 303
        assert again(browser, looked_at, municipality="0181").status_code == 303
        assert (town(world), opens(world, "anna"), opens(world, "stock")) == ("0181", 200, 404)
        assert NEW not in world.browser("stock").get("/everyone", params={"show": "100"}).text
        done = world.browser("stock").get("/done").text
        assert "Södertälje (0181), där hyresavtalet nu är" in done

    def test_stays_chosen_when_the_form_is_changed(self, world: World) -> None:
        browser = world.browser("hugo")
        fields = hidden(check(browser, number="99", municipality="0181").text)
        page = browser.post("/form3", data={**fields, "step": "edit"}).text
        assert '<option value="0181" selected>' in page

    def test_does_not_take_the_lease_from_the_town_that_has_entered_it(self, world: World) -> None:
        send(world.browser("anna"), number="99")
        browser = world.browser("hugo")
        page = check(browser, number="99", municipality="0180").text
        assert "en annan kommun har redan lagt in det" in page
        assert "0181" not in page.partition("<main")[2].partition("<form")[0]
        assert "Kommunen ser meddelandet genast" in page
        answer = again(browser, page)
        assert "Södertälje" not in browser.get(answer.headers["location"]).text
        assert town(world) == "0181"

    def test_other_than_the_registered_ones_is_pointed_out_and_changes_nothing(
        self, world: World
    ) -> None:
        browser = world.browser("hugo")
        page = check(browser, municipality="0180").text
        assert "registrerat i Södertälje (0181)" in page
        assert "ska ha gått till socialnämnden där" in page
        assert again(browser, page).status_code == 303
        assert town(world, LEASE) == "0181"
        assert "ska ha gått till" not in check(browser, municipality="0181").text

    def test_of_a_disturbance_says_who_sees_it_and_counts_no_weeks(self, world: World) -> None:
        page = check(
            world.browser("hugo"), number="99", municipality="0181", matter="disturbance"
        ).text
        assert "Socialnämnden i Södertälje (0181) ser meddelandet i dag." in page
        assert "kan tidigast vara" not in page

    def test_is_in_english_too(self, world: World) -> None:
        browser = world.browser("hugo")
        browser.cookies.set("language", "en")
        page = check(browser, number="99", municipality="0181").text
        assert "The social welfare board in Södertälje (0181) sees the message today." in page
