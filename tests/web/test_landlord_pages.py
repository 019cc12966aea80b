"""The landlords' pages: whose each is, what it tells of silence and of records, what it leaves."""

from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from sqlalchemy import func, select

from alerts.store import access_schema
from models.contract import facts
from models.contract.events import LANDLORD, Event, make_event
from tests.builders import MUNICIPAL, ORGNR, invoiced, lease_id, paid, registered, say
from tests.web.forms import form
from tests.web.lived import OTHER_TOWN, events
from tests.web.site_world import LOTTA, World, site_world

OTHER = "556036-0793"
PAGE = f"/landlord/{ORGNR}"
AGREEMENT = {
    "name": "Exempelbostäder AB",
    "kind": "agreement",
    "since": "2026-01-01",
    "until": "",
    "reminded": "yes",
    "contacted": "yes",
    "pointed": "yes",
    "offered": "yes",
    "unopposed": "yes",
}


def ahead(number: int, event_id: str = "") -> Event:
    """A payment that is dated a year ahead, which is set aside."""
    return say(
        facts.RentPaid,
        event_id=event_id or f"slip {number}",
        lease_id=lease_id(number),
        payment_id=f"S{number}",
        amount_ore=12_345,
        booked_on="2027-03-19",
    )


def told() -> list[Event]:
    other = registered(f"{OTHER}:1", landlord_id=OTHER)
    return [*events(), _of(OTHER, other), ahead(1), ahead(OTHER_TOWN)]


def _of(landlord: str, event: Event) -> Event:
    return make_event(event.data, source=LANDLORD + landlord, event_id=event.id)


@pytest.fixture
def world(sqlite_url: str) -> Iterator[World]:
    with site_world(sqlite_url, told()) as world:
        yield world


def fed(through: str, landlord: str = ORGNR) -> Event:
    return say(facts.FeedCompleted, LANDLORD + landlord, landlord_id=landlord, through_on=through)


def test_a_lease_that_waits_is_said_to_its_landlord_in_plain_words_first(world: World) -> None:
    world.log.take([invoiced("2026-04", lease_id(90))])
    page = main(world.browser("hugo").get(PAGE))
    assert lease_id(90) in page
    assert "Låt ert system skicka in dem." in page
    assert "Skicka lease.registered.v1" not in page


def main(page: Any) -> str:
    assert page.status_code == 200, page.status_code
    return unescape(page.text).partition("<main")[2]


def record(world: World, person: str, /, **changes: str) -> Any:
    browser = world.browser(person)
    page = browser.get(PAGE).text
    fields = form(page, f"{PAGE}/basis") if "/basis" in page else form(page, "/logout")
    return browser.post(f"{PAGE}/basis", data={**AGREEMENT, **fields, **changes})


class TestWhosePageItIs:
    def test_anothers_is_not_there_for_a_landlord(self, world: World) -> None:
        browser = world.browser("hugo")
        answers = [browser.get(f"/landlord/{one}") for one in (OTHER, "556000-0001", "x")]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.text for answer in answers}) == 1

    def test_a_landlord_is_sent_from_the_list_to_its_own(self, world: World) -> None:
        answer = world.browser("hugo").get("/landlords")
        assert (answer.status_code, answer.headers["location"]) == (303, PAGE)

    def test_a_number_without_its_hyphen_is_the_same_landlord(self, world: World) -> None:
        page = world.browser("anna").get(f"/landlord/{ORGNR.replace('-', '')}")
        assert f"Hyresvärd {ORGNR}" in main(page)

    def test_one_without_leases_in_the_municipality_is_not_there(self, world: World) -> None:
        assert world.browser("stock").get(f"/landlord/{OTHER}").status_code == 404
        assert world.browser("stock").get(PAGE).status_code == 200
        assert OTHER not in main(world.browser("stock").get("/landlords"))

    @pytest.mark.parametrize("name", ["olle", "greta"])
    def test_other_roles_are_denied(self, world: World, name: str) -> None:
        browser = world.browser(name)
        assert browser.get("/landlords").status_code == 403
        assert browser.get(PAGE).status_code == 403

    def test_who_looked_at_which_is_in_the_audit(self, world: World) -> None:
        world.browser("hugo").get(f"/landlord/{OTHER}")
        with world.engine.connect() as connection:
            row = connection.execute(select(access_schema.audit)).all()[-1]
        assert (row.subject, row.allowed) == ("hugo", 0)
        assert OTHER in row.detail


class TestSilence:
    def test_is_marked_after_more_than_two_working_days_with_what_it_means(
        self, world: World
    ) -> None:
        world.log.tell(fed("2026-03-16"))  # a Monday; the last day that has ended is the 19th
        page = main(world.browser("anna").get("/landlords"))
        assert "2 hyresvärdar är tysta" in page
        assert "Inget begärs av hyresgäster" in page
        assert "2026-03-16" in page
        assert "aldrig rapporterat" in page  # the other one

    def test_of_one_that_never_reported_is_not_said_to_spare_its_tenants(
        self, world: World
    ) -> None:
        anna = world.browser("anna")
        for page in (main(anna.get("/landlords")), main(anna.get(PAGE))):
            assert "ingen får brev om den" not in page
            assert "uppgifter och brev om obetald hyra ändå" in page
        assert "Har aldrig rapporterat" in main(anna.get("/landlords"))
        assert lease_id(1) in anna.get("/today?show=100").text

    def test_of_one_that_reported_once_is_said_to_spare_them(self, world: World) -> None:
        world.log.tell(fed("2026-03-16"))
        page = main(world.browser("anna").get(PAGE))
        assert "ingen får brev om den" in page
        assert "aldrig" not in page

    def test_is_not_two_working_days_without_a_report(self, world: World) -> None:
        world.log.tell(fed("2026-03-17"))
        world.log.tell(fed("2026-03-19", OTHER))
        page = main(world.browser("anna").get("/landlords"))
        assert "Tyst" not in page
        assert "Alla hyresvärdar har rapporterat" in page

    def test_is_said_to_the_landlord_itself_with_what_to_do(self, world: World) -> None:
        page = main(world.browser("hugo").get(PAGE))
        assert "Ni har aldrig rapporterat en dag." in page
        world.log.tell(fed("2026-03-16"))
        page = main(world.browser("hugo").get(PAGE))
        assert "Ni har inte rapporterat på mer än två arbetsdagar." in page

    def test_before_anybody_has_registered_anything_the_list_says_so(self, sqlite_url: str) -> None:
        with site_world(sqlite_url, []) as world:
            assert "Ingen hyresvärd har registrerat" in main(
                world.browser("anna").get("/landlords")
            )
            assert "aldrig" in main(world.browser("hugo").get(PAGE))


class TestRecordsToMend:
    def test_say_the_field_and_how_to_mend_it_to_their_sender(self, world: World) -> None:
        page = main(world.browser("hugo").get(PAGE))
        for said in ("data.booked_on", "Kontrollera året", "slip 1", lease_id(OTHER_TOWN)):
            assert said in page

    def test_say_nothing_of_what_they_hold(self, world: World) -> None:
        for name in ("hugo", "anna"):
            page = main(world.browser(name).get(PAGE))
            assert "12345" not in page.replace("\u00a0", "")
            assert "123,45" not in page

    def test_are_their_senders_alone(self, world: World) -> None:
        page = main(world.browser("anna").get(f"/landlord/{OTHER}"))
        assert "Inget väntar på rättning" in page

    def test_of_another_municipalitys_leases_are_not_shown_to_a_municipality(
        self, world: World
    ) -> None:
        page = main(world.browser("anna").get(PAGE))
        assert lease_id(1) in page
        assert lease_id(OTHER_TOWN) not in page
        assert "slip 1" not in page  # the id is the sender's own text

    def test_of_one_landlord_do_not_hide_those_of_another(self, world: World) -> None:
        for number in range(60):
            world.log.tell(ahead(1, f"slip again {number}"))
        world.log.tell(_of(OTHER, paid("2027-03-19", f"{OTHER}:1")))
        assert "data.booked_on" in main(world.browser("anna").get(f"/landlord/{OTHER}"))
        assert "Ytterligare 12 visas inte." in main(world.browser("hugo").get(PAGE))

    def test_of_another_town_hide_none_of_this_towns_and_are_not_counted_there(
        self, world: World
    ) -> None:
        world.log.take([ahead(1, f"of this town {number}") for number in range(70)])
        stock, anna = world.browser("stock"), world.browser("anna")
        page = main(stock.get(PAGE))
        assert lease_id(OTHER_TOWN) in page
        assert "visas inte" not in page
        assert "Ytterligare 21 visas inte." in main(anna.get(PAGE))

    def test_beyond_those_looked_into_are_said_to_be_there_without_a_number(
        self, world: World
    ) -> None:
        world.log.take([ahead(1, f"of this town {number}") for number in range(220)])
        page = main(world.browser("stock").get(PAGE))
        assert "Hyresvärden har många meddelanden att rätta" in page
        assert "Inget väntar på rättning" not in page


class TestUnregisteredLeases:
    def test_of_which_the_landlord_spoke_are_its_to_register(self, world: World) -> None:
        world.log.tell(invoiced("2026-04", lease_id(90)))
        assert lease_id(90) in main(world.browser("hugo").get(PAGE))
        assert lease_id(90) not in main(world.browser("anna").get(PAGE))

    def test_of_which_only_the_municipality_spoke_are_not_told_to_the_landlord(
        self, world: World
    ) -> None:
        paper = {"lease_id": lease_id(91), "on": "2026-03-19", "scheduled_on": "2026-04-14"}
        world.log.tell(say(facts.EvictionScheduled, MUNICIPAL, **paper))
        assert lease_id(91) not in main(world.browser("hugo").get(PAGE))
        page = main(world.browser("anna").get(PAGE))
        assert f'href="/case/{lease_id(91)}"' in page
        assert lease_id(91) not in main(world.browser("stock").get(PAGE))


class TestTheBasis:
    def test_recorded_by_another_meanwhile_is_seen_first_and_then_chosen(
        self, world: World
    ) -> None:
        first, second = world.browser("lena"), world.browser(LOTTA)
        theirs = form(second.get(PAGE).text, f"{PAGE}/basis")
        record(world, "lena", until="2027-01-01")
        other = {**AGREEMENT, **theirs, "kind": "statutory_only"}
        answer = second.post(f"{PAGE}/basis", data=other)
        assert answer.status_code == 409
        assert "Överenskommelse" in answer.text
        assert AGREEMENT["name"] in answer.text
        assert "Överenskommelse" in main(first.get(PAGE))
        again = form(answer.text, "")
        assert second.post(f"{PAGE}/basis", data=again).status_code == 303
        assert "Bara det som lagen kräver" in main(first.get(PAGE))

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"since": "20260101"}, "är ingen dag. Skriv den som"),
            ({"until": "2026-W12-5"}, "är ingen dag. Skriv den som"),
            ({"since": "0001-01-01"}, "året"),
            ({"kind": ""}, "vilken grund"),
            ({"kind": "gentlemen"}, "vilken grund"),
            ({"since": ""}, "Välj en dag"),
            ({"since": "i fjol"}, "ingen dag"),
            ({"until": "2025-12-31"}, "före den första"),
            ({"since": "1026-01-01"}, "Kontrollera året"),
            ({"until": "2206-01-01"}, "Kontrollera året"),
            ({"name": "x" * 201}, "högst 200"),
            ({"name": "a\x07b"}, "vanliga tecken"),
        ],
    )
    def test_that_cannot_be_is_refused_and_nothing_kept(
        self, world: World, changes: dict[str, str], said: str
    ) -> None:
        answer = record(world, "lena", **changes)
        assert answer.status_code == 422
        assert said in answer.text
        assert "Inget är antecknat" in main(world.browser("lena").get(PAGE))

    @pytest.mark.parametrize("name", ["anna", "hugo"])
    def test_is_recorded_by_the_team_leader_alone(self, world: World, name: str) -> None:
        assert record(world, name).status_code == 403
        assert "<form" not in main(world.browser(name).get(PAGE))

    def test_of_a_landlord_elsewhere_is_not_there(self, world: World) -> None:
        browser = world.browser("lena")
        fields = form(browser.get(PAGE).text, f"{PAGE}/basis")
        answer = browser.post("/landlord/556000-0001/basis", data={**AGREEMENT, **fields})
        assert answer.status_code == 404

    def test_is_shown_to_both_with_what_was_agreed_and_that_it_stops_nothing_yet(
        self, world: World
    ) -> None:
        answer = record(world, "lena")
        assert answer.headers["location"] == f"{PAGE}?saved=basis#saved"
        for name in ("lena", "hugo"):
            page = main(world.browser(name).get(PAGE))
            assert "Överenskommelse sedan 1 januari 2026." in page
            assert "påmint hyresgästen skriftligt: ja" in page
            assert "kontrollen som nekar dem som saknar grund kommer senare" in page
        assert "Exempelbostäder AB" in main(world.browser("anna").get("/landlords"))
        assert "Exempelbostäder AB" not in main(world.browser("stock").get("/landlords"))

    def test_sent_twice_by_the_same_form_is_one_record_and_does_not_replace_a_newer(
        self, world: World
    ) -> None:
        lena, path = world.browser("lena"), f"{PAGE}/basis"
        fields = {**AGREEMENT, **form(lena.get(PAGE).text, path)}
        answers = [lena.post(path, data=fields), record(world, "lena", name="Senare"),
                   lena.post(path, data=fields)]  # fmt: skip
        assert {one.status_code for one in answers} == {303}
        with world.engine.connect() as connection:
            count = select(func.count()).select_from(access_schema.sharing_bases)
            assert connection.scalar(count) == 2

    def test_that_lacks_a_precondition_says_so(self, world: World) -> None:
        record(world, "lena", unopposed="")
        page = main(world.browser("anna").get(PAGE))
        assert "inte mötts av att hyresgästen motsätter sig det: nej" in page
        assert "Överenskommelsen saknar något" in page

    def test_that_has_ended_says_so(self, world: World) -> None:
        record(world, "lena", until="2026-03-19")
        assert "gällde till och med 19 mars 2026" in main(world.browser("anna").get(PAGE))

    def test_of_which_the_newest_holds_keeps_those_before(self, world: World) -> None:
        record(world, "lena")
        record(world, "lena", kind="statutory_only", since="2026-03-01")
        assert "Bara det som lagen kräver" in main(world.browser("anna").get(PAGE))
        with world.engine.connect() as connection:
            assert len(connection.execute(select(access_schema.sharing_bases)).all()) == 2
