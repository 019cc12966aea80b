"""Papers of the law that are entered by hand: refused with a sentence, received when incomplete."""

from datetime import date
from html import unescape

import pytest
from sqlalchemy import delete, select

from alerts.commands.stored_cases import StoredCases
from alerts.store import access_schema, schema
from models.contract import facts
from models.lease.papers import CouncilMessage
from models.lease.state import Lease
from tests.builders import LEASE, ORGNR, lease_id, say
from tests.web.lived import OTHER_TOWN, PROTECTED
from tests.web.papers_page import WHOLE, again, check, hidden, send
from tests.web.site_world import World

NEW = f"{ORGNR}:99"


def known(world: World, name: str) -> Lease | None:
    stand = StoredCases(world.engine)(name)
    return None if stand is None else stand.lease


def messages(world: World, name: str) -> list[CouncilMessage]:
    lease = known(world, name)
    return [] if lease is None else lease.legal.council


def steps(world: World, name: str) -> list[str]:
    stand = StoredCases(world.engine)(name)
    return [task.step for task in stand.tasks if task.state != "closed"] if stand else []


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("field", "given", "said"),
        [
            ("landlord", "55999-0013", "tio siffror"),
            ("landlord", "", "tio siffror"),
            ("number", "", "hyresvärdens nummer på avtalet"),
            ("number", "559990-0098:7", "annat organisationsnummer"),
            ("matter", "", "Välj vad"),
            ("matter", "noise", "Välj vad"),
            ("how", "", "Välj hur"),
            ("sent_on", "", "vilken dag"),
            ("sent_on", "31/1 2026", "2026-01-31"),
            ("sent_on", "2026-03-21", "har inte kommit"),
            ("sent_on", "2025-03-18", "mer än ett år tillbaka"),
            ("sent_on", "0001-01-01", "mer än ett år tillbaka"),
            ("received_on", "2027-03-19", "har inte kommit"),
            ("received_on", "2026-03-17", "innan det skickades"),
            ("due_on", "2026-12-31", "inte förfallit"),
            ("amount", "8.450", "två decimaler"),
            ("amount", "-8450", "två decimaler"),
            ("amount", "0", "två decimaler"),
            ("amount", "99 999 999", "två decimaler"),
            ("amount", "1e3", "två decimaler"),
            ("rooms", "tre", "heltal"),
            ("rooms", "0", "heltal"),
            ("landlord_phone", "12", "minst fem siffror"),
            ("landlord_name", "x" * 201, "högst 200 tecken"),
        ],
    )
    def test_is_said_at_its_field_and_all_that_was_written_is_there(
        self, world: World, field: str, given: str, said: str
    ) -> None:
        answer = check(world.browser("anna"), **{field: given})
        assert answer.status_code == 422
        page = unescape(answer.text)
        assert said in page.partition('id="faults"')[2].partition("</div>")[0]
        for name, value in {**WHOLE, field: given}.items():
            if name not in ("matter", "how", "named"):
                assert f'value="{value}"' in page
        assert messages(world, LEASE) == []

    def test_every_fault_is_said_at_once(self, world: World) -> None:
        answer = check(world.browser("anna"), landlord="1", amount="x", rooms="y", sent_on="z")
        faults = answer.text.partition('id="faults"')[2].partition("</div>")[0]
        assert faults.count("<li>") == 4

    def test_is_caught_in_the_second_step_too(self, world: World) -> None:
        browser = world.browser("anna")
        looked_at = check(browser)
        assert again(browser, looked_at.text, sent_on="2030-01-01").status_code == 422
        assert messages(world, LEASE) == []

    def test_a_form_of_another_session_tells_nothing(self, world: World) -> None:
        looked_at = check(world.browser("anna"))
        other = world.browser("berit")
        assert again(other, looked_at.text).status_code == 403
        assert messages(world, LEASE) == []

    @pytest.mark.parametrize("name", ["olle", "greta"])
    def test_who_has_no_leases_enters_none(self, world: World, name: str) -> None:
        assert world.browser(name).get("/form3").status_code == 403

    def test_an_address_that_names_a_strange_lease_only_fills_the_field(self, world: World) -> None:
        page = world.browser("anna").get("/form3", params={"lease": '"><script>', "paper": "x"})
        assert page.status_code == 200
        assert "<script" not in page.text


class TestALeaseOfAnotherMunicipality:
    def test_is_refused_before_anything_is_told(self, world: World) -> None:
        answer = check(world.browser("anna"), number=str(OTHER_TOWN))
        assert answer.status_code == 422
        assert "annan kommun" in answer.text
        assert "0180" not in answer.text.partition("<main")[2]

    def test_is_its_own_municipalitys_to_tell(self, world: World) -> None:
        assert send(world.browser("stock"), number=str(OTHER_TOWN)).status_code == 303
        assert len(messages(world, lease_id(OTHER_TOWN))) == 1

    def test_one_that_it_alone_has_told_of_is_refused_to_others(self, world: World) -> None:
        send(world.browser("anna"), number="99")
        assert check(world.browser("stock"), number="99").status_code == 422


class TestAMessage:
    def test_is_told_by_the_municipality_and_its_case_shown(self, world: World) -> None:
        browser = world.browser("anna")
        answer = send(browser)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith(f"/case/{LEASE}?saved=")
        (told,) = messages(world, LEASE)
        assert (told.given_on, told.amount_ore, told.lacks) == (date(2026, 3, 18), 845_050, ())
        assert "Sparat." in browser.get(answer.headers["location"]).text

    def test_shows_its_floor_and_what_to_ask_before_it_is_told(self, world: World) -> None:
        page = check(world.browser("anna")).text
        assert "kan tidigast vara 8 april 2026" in page
        assert "Fråga hyresvärden när hyresgästen delgavs" in page
        assert "8\u00a0450,50\u00a0kr" in page
        assert "Meddelandet saknar" not in page
        assert messages(world, LEASE) == []

    def test_that_lacks_fields_is_warned_of_and_received(self, world: World) -> None:
        browser = world.browser("anna")
        page = check(browser, account="", rooms="", named="").text
        for said in (
            "Meddelandet saknar något",
            "Kontot som hyran ska betalas till saknas.",
            "Antalet rum saknas",
            "namn och adress står inte i meddelandet",
            "avgör en domstol",
            "Spara ändå",
        ):
            assert said in page
        assert again(browser, page).status_code == 303
        (told,) = messages(world, LEASE)
        assert told.lacks == ("sealed_identity", "rooms", "account")

    def test_that_lacks_only_the_rooms_hinders_nothing(self, world: World) -> None:
        assert "avgör en domstol" not in check(world.browser("anna"), rooms="").text

    def test_whose_arrival_is_unknown_says_that_nothing_can_be_counted(self, world: World) -> None:
        page = check(world.browser("anna"), how="other").text
        assert "kan inte räknas förrän" in page
        assert "kan tidigast vara" not in page

    def test_counts_from_its_arrival_when_it_was_no_registered_letter(self, world: World) -> None:
        send(world.browser("anna"), how="other", received_on="2026-03-20")
        assert messages(world, LEASE)[0].given_on == date(2026, 3, 20)

    @pytest.mark.parametrize(
        ("field", "given", "said"),
        [
            ("landlord", "559990-0014", "kontrollsiffra stämmer inte"),
            ("account", "bankgiro 123-4567", "fel kontrollsiffra"),
            ("due_on", "2025-01-31", "mer än ett år före"),
        ],
    )
    def test_with_a_likely_slip_asks_to_look_again_and_may_be_told(
        self, world: World, field: str, given: str, said: str
    ) -> None:
        browser = world.browser("anna")
        page = check(browser, **{field: given}).text
        assert said in page
        assert again(browser, page).status_code == 303

    def test_sent_twice_is_one(self, world: World) -> None:
        browser = world.browser("anna")
        looked_at = check(browser)
        first, second = again(browser, looked_at.text), again(browser, looked_at.text)
        assert first.headers["location"] == second.headers["location"]
        assert len(messages(world, LEASE)) == 1
        with world.engine.connect() as connection:
            assert connection.execute(select(schema.dead_records)).all() == []

    def test_sent_again_with_another_day_is_corrected_once_a_day(self, world: World) -> None:
        browser = world.browser("anna")
        looked_at = check(browser)
        again(browser, looked_at.text)
        assert again(browser, looked_at.text, sent_on="2026-03-17").status_code == 303
        assert again(browser, looked_at.text, sent_on="2026-03-17").status_code == 303
        assert [one.sent_on for one in messages(world, LEASE)] == [date(2026, 3, 17)]
        third = again(browser, looked_at.text, sent_on="2026-03-16")
        assert third.status_code == 422
        assert "rättat en gång i dag" in third.text
        assert [one.sent_on for one in messages(world, LEASE)] == [date(2026, 3, 17)]

    def test_can_be_changed_after_the_second_look_and_loses_nothing(self, world: World) -> None:
        browser = world.browser("anna")
        fields = hidden(check(browser).text)
        page = browser.post("/form3", data={**fields, "step": "edit"}).text
        assert hidden(page)["act"] == fields["act"]
        for value in ("8 450,50", "Exempelbostäder AB", "2026-03-18"):
            assert f'value="{value}"' in page
        assert 'value="registered" checked' in page

    def test_that_was_entered_before_by_another_is_pointed_out(self, world: World) -> None:
        send(world.browser("anna"))
        assert "redan inlagt" in check(world.browser("berit")).text

    def test_about_disturbances_needs_nothing_of_the_set_form(self, world: World) -> None:
        page = check(world.browser("anna"), matter="disturbance", amount="x", account="1")
        assert page.status_code == 200
        assert "Meddelandet saknar" not in page.text
        assert again(world.browser("anna"), page.text).status_code == 403  # another session's form
        send(world.browser("anna"), matter="disturbance")
        assert [one.matter for one in messages(world, LEASE)] == ["disturbance"]

    def test_of_a_protected_identity_is_told_and_its_case_stays_closed(self, world: World) -> None:
        browser = world.browser("anna")
        answer = send(browser, number=str(PROTECTED))
        assert answer.status_code == 200
        assert "är sparat" in answer.text
        assert "Ronna" not in answer.text.partition("<main")[2]
        assert len(messages(world, lease_id(PROTECTED))) == 1

    def test_that_is_not_folded_yet_is_said_to_be_saved(self, world: World) -> None:
        world.log.folds = False
        answer = send(world.browser("anna"), number="99")
        assert answer.status_code == 200
        assert "syns i ärendet om en stund" in answer.text

    def test_is_in_the_audit_by_its_lease_without_what_it_says(self, world: World) -> None:
        send(world.browser("anna"))
        table = access_schema.audit
        with world.engine.connect() as connection:
            rows = connection.execute(
                select(table).where(table.c.lease_id == LEASE, table.c.action.like("paper%"))
            ).all()
        assert [row.action for row in rows] == ["paper_looked_at", "paper_sent"]
        assert not any("Exempelbostäder" in row.detail for row in rows)


class TestALeaseThatNobodyRegistered:
    def test_gets_its_task_at_once_on_the_list_and_its_case_opens(self, world: World) -> None:
        browser = world.browser("anna")
        page = check(browser, number="99").text
        assert "Ingen hyresvärd har registrerat" in page
        answer = again(browser, page)
        assert answer.headers["location"].startswith(f"/case/{NEW}")
        case = browser.get(answer.headers["location"])
        assert case.status_code == 200
        assert "0\u00a0kr i månaden" not in case.text  # what nobody has told is not made up
        assert steps(world, NEW) == ["secure_tenancy"]
        assert NEW in browser.get("/everyone", params={"show": "100"}).text

    def test_is_seen_by_those_with_districts_for_nobody_knows_its_own(self, world: World) -> None:
        send(world.browser("anna"), number="99")
        browser = world.browser("ronna")
        assert browser.get(f"/case/{NEW}").status_code == 200
        assert NEW in browser.get("/everyone", params={"show": "100"}).text

    def test_is_not_there_for_another_municipality(self, world: World) -> None:
        send(world.browser("anna"), number="99")
        browser = world.browser("stock")
        assert browser.get(f"/case/{NEW}").status_code == 404
        assert NEW not in browser.get("/everyone", params={"show": "100"}).text

    def test_of_a_landlord_unknown_to_all_is_entered_too(self, world: World) -> None:
        send(world.browser("anna"), landlord="5560360793", number="7a")
        assert len(messages(world, "556036-0793:7a")) == 1


class TestALandlord:
    def test_enters_its_own_message_and_is_told_the_floor(self, world: World) -> None:
        browser = world.browser("hugo")
        answer = send(browser, landlord="556036-0793")  # not its field to fill in
        assert answer.headers["location"].startswith(f"/landlord/{ORGNR}?sent={ORGNR}%3A1")
        page = browser.get(answer.headers["location"]).text
        assert f"Meddelandet om avtalet {LEASE} är sparat." in page
        assert "kan tidigast vara 8 april 2026" in page
        assert len(messages(world, LEASE)) == 1

    def test_is_refused_anothers_lease_whether_it_is_there_or_not(self, world: World) -> None:
        browser = world.browser("hugo")
        said = [check(browser, number=f"556036-0793:{n}") for n in (1, 2)]
        assert {answer.status_code for answer in said} == {422}
        assert all("Avtalet är inte ert" in answer.text for answer in said)

    def test_is_told_that_a_message_of_an_unregistered_lease_reaches_nobody_where_no_board_is_known(
        self, world: World
    ) -> None:
        with world.engine.begin() as connection:
            connection.execute(delete(schema.landlord_towns))
        browser = world.browser("hugo")
        assert 'name="municipality"' not in browser.get("/form3").text
        page = check(browser, number="99").text
        assert "ingen socialnämnd ser det" in page
        answer = again(browser, page)
        assert "ingen socialnämnd ser det" in browser.get(answer.headers["location"]).text
        assert steps(world, NEW) == []
        assert world.browser("anna").get(f"/case/{NEW}").status_code == 404

    def test_does_not_learn_what_the_municipality_has_entered(self, world: World) -> None:
        send(world.browser("anna"))
        assert "redan inlagt" not in check(world.browser("hugo")).text

    def test_is_told_nothing_by_an_address_that_somebody_made_up(self, world: World) -> None:
        send(world.browser("anna"))
        page = world.browser("hugo").get(f"/landlord/{ORGNR}", params={"sent": LEASE, "act": "x"})
        assert "är sparat" not in page.text

    def test_that_has_sold_the_lease_is_told_that_its_message_was_not_counted(
        self, world: World
    ) -> None:
        sold = {"effective_on": "2026-03-01", "landlord_id": "556036-0793"}
        world.log.tell(say(facts.LeaseChanged, **sold))
        answer = send(world.browser("hugo"))
        assert answer.status_code == 422
        assert "kunde inte räknas" in answer.text
        assert "den förra har lämnat över avtalet" in answer.text
        assert messages(world, LEASE) == []

    def test_enters_no_eviction_time(self, world: World) -> None:
        page = world.browser("hugo").get("/form3", params={"paper": "eviction"}).text
        assert "scheduled_on" not in page


TIME = {"paper": "eviction", "on": "2026-03-20", "scheduled_on": "2026-04-14"}


class TestAnEvictionTime:
    @pytest.mark.parametrize(
        ("field", "given", "said"),
        [
            ("scheduled_on", "", "2026-01-31"),
            ("scheduled_on", "2026-03-19", "före den dag då beskedet kom"),
            ("scheduled_on", "2028-04-14", "mer än ett år fram"),
            ("on", "2026-03-21", "har inte kommit"),
            ("on", "2024-03-20", "mer än ett år tillbaka"),
        ],
    )
    def test_that_cannot_be_is_refused_at_its_field(
        self, world: World, field: str, given: str, said: str
    ) -> None:
        answer = check(world.browser("anna"), **{**TIME, field: given})
        assert answer.status_code == 422
        assert said in unescape(answer.text).partition('id="faults"')[2].partition("</div>")[0]

    def test_of_an_unregistered_lease_asks_for_its_confirmation_today(self, world: World) -> None:
        browser = world.browser("anna")
        page = check(browser, **TIME, number="99").text
        assert "Bekräfta i dag" in page
        assert again(browser, page).headers["location"].startswith(f"/case/{NEW}")
        assert "confirm_eviction" in steps(world, NEW)
