"""Operations: what is wrong comes first, and a record that was set aside is mended or discarded."""

import json
from datetime import date
from html import unescape

import pytest
from httpx2 import Response
from msgspec.structs import replace

from alerts.access import audit_list
from alerts.commands.event_log import NotTold
from alerts.store.sql import read_partitions
from alerts.store.verified import LastVerified
from alerts.views.feeds import Feed, feeds
from alerts.views.stored_records import StoredRecords
from alerts.web.links import link
from alerts.web.operations.on_call import age
from alerts.web.operations.record_text import LONGEST, record_text
from alerts.web.pages.operations import MOST
from alerts.web.system_state import Fault, PartitionState, PartState, SystemState
from models.phrase import phrase
from tests.builders import ORGNR, days, lease_id
from tests.spoken import SV
from tests.web.forms import form, send
from tests.web.site_world import NOTHING_KNOWN, World

OPERATIONS = link("operations")


def payment(**changes: object) -> bytes:
    """A payment of lease 1 whose amount cannot be."""
    data = {
        "lease_id": lease_id(1),
        "payment_id": "PX",
        "amount_ore": -5,
        "booked_on": "2026-03-18",
    }
    event = {
        "specversion": "1.0",
        "type": "se.bokvar.rent.paid.v1",
        "id": "e1",
        "source": f"urn:landlord:{ORGNR}",
        "subject": lease_id(1),
        "data": {**data, "booked_on": "2026-03-18", **changes},
    }
    return json.dumps(event).encode()


def of_unregistered() -> bytes:
    """A payment that is right, of a lease that nobody has registered."""
    return payment(amount_ore=5).replace(lease_id(1).encode(), lease_id(77).encode())


@pytest.fixture
def offset(world: World) -> int:
    """Where a record was set aside."""
    return world.log.take_raw(lease_id(1), payment())


def with_state(world: World, state: SystemState) -> World:
    return world._replace(site=replace(world.site, status=lambda: state))


def page(world: World, path: str = OPERATIONS) -> str:
    answer = world.browser("olle").get(path)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def record_page(offset: int) -> str:
    return link("record", partition=0, offset=offset)


def decide(world: World, offset: int, what: str, **given: str) -> Response:
    path = link(what, partition=0, offset=offset)
    return send(world.browser("olle"), record_page(offset), path, **given)


def state(world: World, offset: int) -> str:
    found = StoredRecords(world.engine)(0, offset)
    assert found is not None
    return found.state


class TestWhatIsWrongComesFirst:
    def test_kafka_that_does_not_answer_is_said_with_what_to_do_and_what_the_command_says(
        self, world: World
    ) -> None:
        fault = Fault(phrase("operations_fault.kafka"), "no Kafka broker answers at k:9092")
        html = page(with_state(world, replace(NOTHING_KNOWN, faults=(fault,), lag=None)))
        assert html.index("Kafka svarar inte. Inget nytt läses") < html.index("Lagt åt sidan")
        assert '<p class="small" lang="en">no Kafka broker answers at k:9092</p>' in html
        assert "Hur mycket som är oläst är inte känt" in html
        assert "Inga fel" not in html

    def test_differences_between_log_and_database_are_the_first_fault(self, world: World) -> None:
        fault = Fault(phrase("operations_fault.no_relay"))
        verified = LastVerified(0.0, 3, 12, "0.1.0")
        html = page(with_state(world, replace(NOTHING_KNOWN, faults=(fault,), verified=verified)))
        differ = html.index("Databasen skiljer sig från loggen på 3 ställen")
        assert differ < html.index("Ingen relay arbetar")
        assert "1970-01-01 01:00: 3 skillnader i 12 partitioner (version 0.1.0)" in html

    def test_what_waits_too_long_to_be_sent_and_what_kafka_refuses_are_faults(
        self, world: World
    ) -> None:
        late = replace(NOTHING_KNOWN, unsent=7, unsent_seconds=600.0, refused=2)
        html = page(with_state(world, late))
        assert "7 meddelanden väntar på att skickas, det äldsta sedan 10 min" in html
        assert "Kafka tar inte emot 2 meddelanden" in html

    def test_what_waits_a_moment_is_no_fault(self, world: World) -> None:
        html = page(with_state(world, replace(NOTHING_KNOWN, unsent=7, unsent_seconds=2.0)))
        assert "Inga fel." in html

    def test_a_part_that_fell_silent_and_one_that_cannot_work_are_told_apart(
        self, world: World
    ) -> None:
        parts = (
            PartState("worker", "a:1", False, 900.0, ""),
            PartState("relay", "b:2", True, 1.0, "Kafka does not answer"),
            PartState("scheduler", "c:3", True, 1.0, ""),
        )
        html = page(with_state(world, replace(NOTHING_KNOWN, parts=parts)))
        assert "Har tystnat" in html
        assert "för 15 min sedan" in html
        assert 'lang="en">Kafka does not answer</span>' in html
        assert ">Arbetar</td>" in html

    def test_of_very_many_partitions_those_that_stand_still_are_shown(self, world: World) -> None:
        many = [PartitionState(n, 9, 9, 0, date(2026, 3, 19), None) for n in range(200)]
        many[187] = replace(many[187], fault="stands")
        html = page(with_state(world, replace(NOTHING_KNOWN, partitions=tuple(many))))
        assert '<th scope="row" class="right">187</th>' in html
        assert "Står still" in html
        assert f"Ytterligare {200 - MOST} visas inte." in html

    def test_a_silent_landlord_is_named_with_the_partitions_it_missed(self, world: World) -> None:
        fed = (Feed(ORGNR, date(2026, 3, 1), date(2026, 3, 9), [1, 4], True),)
        html = page(with_state(world, replace(NOTHING_KNOWN, feeds=fed, silent=(ORGNR,))))
        assert "Hyresvärdar vars rapporter är sena: 1" in html
        assert "saknas i partition 1, 4" in html

    def test_a_landlord_that_has_leases_and_never_reported_is_named(self, world: World) -> None:
        with world.engine.connect() as connection:
            fed = tuple(feeds(connection, read_partitions(connection)))
        silent = tuple(feed.landlord for feed in fed)
        assert ORGNR in silent
        html = page(with_state(world, replace(NOTHING_KNOWN, feeds=fed, silent=silent)))
        assert "Har aldrig rapporterat en dag." in html
        assert "Ingen hyresvärd har" not in html

    def test_with_nothing_wrong_the_page_is_calm_and_says_what_was_never_done(
        self, world: World
    ) -> None:
        html = page(world)
        assert "Inga fel. Det som kommer läses, och det som ska ut skickas." in html
        assert "Väntar på någon" not in html
        assert "Inget är lagt åt sidan." in html
        assert "Kör <code>bokvar verify</code>" in html

    def test_the_lists_are_cut_and_say_how_many_more_there_are(self, world: World) -> None:
        for number in range(MOST + 3):
            world.log.take_raw(lease_id(1), payment(payment_id=str(number)))
        html = page(with_state(world, replace(NOTHING_KNOWN, set_aside=MOST + 3)))
        assert html.count('<th scope="row" class="nowrap"><a href="/operations/record/') == MOST
        assert "Ytterligare 3 visas inte." in html

    def test_held_and_incomplete_leases_are_listed(self, world: World, offset: int) -> None:
        world.log.take_raw(lease_id(77), of_unregistered())
        html = page(world)
        assert f'<li>{lease_id(1)}: <a href="{record_page(offset)}">0/{offset}</a></li>' in html
        assert lease_id(77) in html


class TestARecord:
    @pytest.mark.parametrize("place", ["0/999999", "7/1", "x/1", "0/-1", "0/1" + "0" * 30, "0/²"])
    def test_that_is_not_there_is_not_found(self, world: World, place: str) -> None:
        answer = world.browser("olle").get(f"/operations/record/{place}")
        assert answer.status_code == 404

    def test_is_shown_with_what_is_wrong_and_its_text_and_the_look_is_noted_of_its_lease(
        self, world: World, offset: int
    ) -> None:
        html = page(world, record_page(offset))
        assert "Fältet data.amount_ore kan inte läsas: väntat är" in html
        assert '"amount_ore": -5' in html
        with world.engine.connect() as connection:
            (row,) = audit_list.rows(connection, lease_id=lease_id(1))
        assert (row["action"], row["detail"]["record"]) == ("record", f"0/{offset}")

    def test_is_no_page_of_a_caseworker(self, world: World, offset: int) -> None:
        answer = world.browser("lena").get(record_page(offset))
        assert answer.status_code == 403
        assert "PX" not in answer.text

    def test_with_text_that_is_made_to_look_like_a_page_shows_it_as_text(
        self, world: World
    ) -> None:
        evil = "</textarea><script>x</script>\u202e\x00"
        at = world.log.take_raw(lease_id(1), payment(payment_id=evil))
        html = world.browser("olle").get(record_page(at)).text
        assert "<script" not in html
        assert "\u202e" not in html
        assert "\\u202e\\u0000" in unescape(html)

    def test_that_is_no_text_at_all_can_be_looked_at(self, world: World) -> None:
        at = world.log.take_raw(lease_id(1), b"\xff\xfe{")
        assert "inte JSON" in page(world, record_page(at))

    def test_that_is_too_long_shows_its_beginning_and_offers_only_to_discard(
        self, world: World
    ) -> None:
        at = world.log.take_raw(lease_id(1), payment(payment_id="x" * (LONGEST + 1)))
        html = page(world, record_page(at))
        assert "för lång för att rättas här" in html
        assert "Släpp den rättade" not in html
        assert "Kassera posten" in html


class TestMending:
    def test_without_a_reason_changes_nothing_and_keeps_what_was_typed(
        self, world: World, offset: int
    ) -> None:
        answer = decide(world, offset, "release", event='{"mine": 1}', reason=" ")
        assert answer.status_code == 422
        assert "Skriv varför, med högst 200 tecken. Inget har ändrats." in answer.text
        assert '{"mine": 1}' in unescape(answer.text)
        assert state(world, offset) == "open"

    @pytest.mark.parametrize(
        ("event", "said"),
        [
            ("[]", "inte ett JSON-objekt"),
            ("{", "inte ett JSON-objekt"),
            ("", "inte ett JSON-objekt"),
            (payment(amount_ore=-6).decode(), "Fältet data.amount_ore kan inte läsas"),
            (payment().decode().replace("urn:landlord", "urn:municipality"), "Avsändaren ska vara"),
            (payment(amount_ore=5, payment_id="x" * 20_000).decode(), "kan inte läsas"),
        ],
    )
    def test_to_what_is_no_event_of_the_contract_says_why_and_keeps_what_was_typed(
        self, world: World, offset: int, event: str, said: str
    ) -> None:
        answer = decide(world, offset, "release", event=event, reason="felskrivet")
        assert answer.status_code == 422
        told = unescape(answer.text)
        assert said in told
        assert 'role="alert"' in told
        assert event in told
        assert 'value="felskrivet"' in told
        assert state(world, offset) == "open"

    def test_while_the_log_is_away_says_so_and_keeps_what_was_typed(
        self, world: World, offset: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(*_: object) -> None:
            raise NotTold("Kafka is away")

        monkeypatch.setattr(world.log, "tell", away)
        event = payment(amount_ore=500).decode()
        answer = decide(world, offset, "release", event=event, reason="felskrivet")
        assert answer.status_code == 503
        assert "Loggen svarar inte." in answer.text
        assert event in unescape(answer.text)

    def test_what_another_has_decided_meanwhile_says_what_and_by_whom(
        self, world: World, offset: int
    ) -> None:
        olle = world.browser("olle")
        path = link("release", partition=0, offset=offset)
        fields = form(olle.get(record_page(offset)).text, path)
        assert decide(world, offset, "discard", reason="kom igen").status_code == 303
        event = payment(amount_ore=500).decode()
        answer = olle.post(path, data={**fields, "event": event, "reason": "felskrivet"})
        assert answer.status_code == 409
        assert "redan kasserad, av Olle Drift: kom igen" in answer.text
        assert state(world, offset) == "discarded"

    def test_the_same_discard_sent_twice_is_answered_as_at_first_and_with_another_reason_is_not(
        self, world: World, offset: int
    ) -> None:
        olle, path = world.browser("olle"), link("discard", partition=0, offset=offset)
        fields = {**form(olle.get(record_page(offset)).text, path), "reason": "kom igen"}
        first, second = (olle.post(path, data=fields) for _ in range(2))
        assert first.status_code == second.status_code == 303
        assert olle.post(path, data={**fields, "reason": "felskrivet"}).status_code == 409

    def test_releases_it_signed_by_the_login(self, world: World, offset: int) -> None:
        event = payment(amount_ore=500).decode()
        answer = decide(world, offset, "release", event=event, reason="felskrivet belopp")
        assert answer.status_code == 303
        html = page(world, answer.headers["location"])
        assert "Beslutet gäller." in html
        assert "rättad och släppt av Olle Drift: felskrivet belopp" in html
        assert "<button>Släpp" not in html
        found = StoredRecords(world.engine)(0, offset)
        assert found is not None
        assert (found.state, found.by) == ("released", "olle")
        with world.engine.connect() as connection:
            rows = audit_list.rows(connection, lease_id=lease_id(1))
        assert ("release", True) in [(row["action"], row["allowed"]) for row in rows]

    def test_to_anothers_word_is_refused_and_noted_under_the_lease_that_it_was_about(
        self, world: World
    ) -> None:
        at = world.log.take_raw(lease_id(1), b"no json at all")
        shown = payment(amount_ore=500, lease_id=lease_id(2)).decode()
        answer = decide(
            world, at, "release", event=shown.replace(lease_id(1), lease_id(2)), reason="rättad"
        )
        assert answer.status_code == 422
        assert "ska gälla ett hyresavtal som posten nämner" in answer.text
        assert state(world, at) == "open"
        with world.engine.connect() as connection:
            row = audit_list.rows(connection)[0]
        assert (row["action"], row["lease_id"]) == ("release", lease_id(2))

    def test_of_a_lease_that_nobody_registered_is_not_offered_nor_done(self, world: World) -> None:
        at = world.log.take_raw(lease_id(77), of_unregistered())
        world.log.take(days("2026-03-20", "2026-04-20"))
        html = page(world, record_page(at))
        assert "hyresavtalet är inte registrerat, och dess händelser väntar" in html
        assert "Släpp den rättade" not in html
        olle, path = world.browser("olle"), link("discard", partition=0, offset=at)
        fields = form(olle.get(record_page(at)).text, path)
        release = link("release", partition=0, offset=at)
        answer = olle.post(release, data={**fields, "event": "{}", "reason": "x"})
        assert answer.status_code == 422
        assert "Här finns inget att rätta" in answer.text


class TestDiscarding:
    @pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
    def test_without_a_reason_that_fits_changes_nothing(
        self, world: World, offset: int, reason: str
    ) -> None:
        answer = decide(world, offset, "discard", reason=reason)
        assert answer.status_code == 422
        assert state(world, offset) == "open"

    def test_that_no_worker_has_read_says_that_it_does_not_hold_yet(
        self, world: World, offset: int
    ) -> None:
        world.log.folds = False
        answer = decide(world, offset, "discard", reason="kom igen")
        assert answer.status_code == 303
        assert "gäller inte än" in page(world, answer.headers["location"])
        world.log.fold()
        assert "Beslutet gäller." in page(world, answer.headers["location"].partition("&later")[0])


def test_the_text_of_a_record_is_the_same_event_when_it_is_sent_back() -> None:
    odd = {"a": "å\u202e\x00\ud800\u00ad", "b": [1, {"c": None}]}
    assert json.loads(record_text(json.dumps(odd).encode()).text) == odd


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.4, "0 s"), (119, "119 s"), (120, "2 min"), (7_199, "119 min"), (7_200, "2 tim"),
     (172_800, "2 dygn")],
)  # fmt: skip
def test_an_age_is_told_in_the_largest_unit_of_which_there_are_two(
    seconds: float, said: str
) -> None:
    assert SV.say(age(seconds)) == said
