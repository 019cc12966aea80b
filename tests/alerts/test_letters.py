"""The letters of the law: when they are refused and why, and what stands in them."""

from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from alerts.cases.situation import Situation, read_situation
from alerts.letters.assume_rent import assume_rent
from alerts.letters.confirm_eviction import confirm_eviction
from alerts.letters.sheet import Letter, Reason, Refusal, Signatory
from models.contract import facts
from models.contract.events import Event
from tests.builders import LEASE, day, days, invoiced, paid, registered, say
from tests.memory import MemoryStore
from tests.papers import eviction, message, notice

SENDER = Signatory("Maria Andersson", "08-465 004 01", "Södertälje kommun")
LATE = [registered(), *days("2027-02-01", "2027-02-10"), invoiced("2027-03")]
SERVED = [*LATE, *days("2027-02-11", "2027-03-23"), notice("2027-03-24")]
TOLD = [*SERVED, message("2027-03-24")]  # last day Wednesday 14 April
SCHEDULED = [*TOLD, eviction("scheduled", "2027-05-21", "2027-06-22")]


def at(on: str, *events: Event) -> Situation:
    """The situation on a day, with all events told by then and the day before it ended."""
    store = MemoryStore()
    today = date.fromisoformat(on)
    store.tell(*events, day(str(today - timedelta(days=1))), taken=on)
    found = store.lease(LEASE)
    return read_situation(found, today, today, store.partition.fed_through)


def refused(letter: Letter | Refusal) -> Reason:
    assert isinstance(letter, Refusal)
    assert letter.text.endswith(".")
    return letter.reason


def written(letter: Letter | Refusal) -> Letter:
    assert isinstance(letter, Letter)
    return letter


class TestTheBoardCannotTakeOnTheRent:
    @pytest.mark.parametrize(
        ("on", "events", "reason"),
        [
            ("2027-03-20", LATE, Reason.NO_NOTICE_FOR_ARREARS),
            ("2027-03-25", SERVED, Reason.TIME_NOT_BEGUN),
            ("2027-04-15", TOLD, Reason.TIME_PASSED),
            ("2027-04-01", [*TOLD, paid("2027-03-30")], Reason.NO_NOTICE_FOR_ARREARS),
            ("2027-03-25", [notice("2027-03-24")], Reason.LEASE_NOT_REGISTERED),
        ],
    )
    def test_outside_its_time(self, on: str, events: list[Event], reason: Reason) -> None:
        assert refused(assume_rent(at(on, *events), SENDER)) is reason

    def test_when_the_notice_is_for_a_disturbance(self) -> None:
        other = say(
            facts.NoticeServed, notice_id="N1", served_on="2027-03-24", reason="disturbance"
        )
        s = at("2027-03-25", *LATE, other)
        assert refused(assume_rent(s, SENDER)) is Reason.NO_NOTICE_FOR_ARREARS

    def test_when_the_lease_is_over(self) -> None:
        ended = say(facts.LeaseEnded, ended_on="2027-03-31", reason="moved")
        assert refused(assume_rent(at("2027-04-02", *TOLD, ended), SENDER)) is Reason.LEASE_OVER

    def test_and_the_refusal_says_what_stops_the_time(self) -> None:
        refusal = assume_rent(at("2027-03-25", *SERVED), SENDER)
        assert isinstance(refusal, Refusal)
        assert "Socialnämnden har inte fått något meddelande" in refusal.text


class TestNothingIsToBeConfirmed:
    @pytest.mark.parametrize(
        ("on", "extra", "reason"),
        [
            ("2027-05-20", [], Reason.NO_EVICTION_TIME),
            ("2027-06-23", [SCHEDULED[-1]], Reason.EVICTION_DAY_PASSED),
            (
                "2027-06-02",
                [SCHEDULED[-1], eviction("cancelled", "2027-06-01")],
                Reason.NO_EVICTION_TIME,
            ),
            (
                "2027-06-23",
                [SCHEDULED[-1], eviction("executed", "2027-06-22")],
                Reason.EVICTION_DAY_PASSED,
            ),
        ],
    )
    def test_without_a_time_ahead(self, on: str, extra: list[Event], reason: Reason) -> None:
        assert refused(confirm_eviction(at(on, *TOLD, *extra), SENDER)) is reason

    def test_before_the_ordinance(self) -> None:
        old = eviction("scheduled", "2025-06-30", "2025-08-01")
        s = at("2025-07-01", registered(), old)
        assert refused(confirm_eviction(s, SENDER)) is Reason.DUTY_NOT_IN_FORCE


@pytest.mark.parametrize("signatory", [Signatory(" ", "08-1"), Signatory("Maria", "")])
@pytest.mark.parametrize("write", [assume_rent, confirm_eviction])
def test_no_letter_goes_without_a_caseworker_to_call(write: Any, signatory: Signatory) -> None:
    assert refused(write(at("2027-05-21", *SCHEDULED), signatory)) is Reason.CASEWORKER_MISSING


class TestTheAssumption:
    def test_names_its_last_day_the_rent_and_how_it_reaches_the_landlord(self) -> None:
        letter = written(assume_rent(at("2027-04-01", *TOLD), SENDER))
        assert letter.last_day == date(2027, 4, 14)
        for said in (
            "Sista dag för detta meddelande: 14 april 2027",
            "Hyra för mars 2027: 8 000 kr, förföll 28 februari 2027",
            "12 kap. 44 § fjärde stycket 1 jordabalken",
            "12 kap. 63 §",
            "Maria Andersson, telefon 08-465 004 01",
        ):
            assert said in " ".join(letter.body_text.replace("\u00a0", " ").split())
        assert "rekommenderat" in letter.notes[0]
        assert "senast 14 april 2027" in letter.notes[0]

    def test_holds_on_its_last_day(self) -> None:
        assert isinstance(assume_rent(at("2027-04-14", *TOLD), SENDER), Letter)

    def test_takes_on_no_rent_that_fell_due_after_the_notice(self) -> None:
        later = invoiced("2027-04")
        letter = written(assume_rent(at("2027-04-06", *TOLD, later), SENDER))
        assert "mars 2027" in letter.body_text
        assert "Hyra för april 2027" not in letter.body_text

    def test_sums_several_months(self) -> None:
        letter = written(assume_rent(at("2027-04-01", *TOLD, invoiced("2027-02")), SENDER))
        assert "Summa: 16 000 kr" in letter.body_text.replace("\u00a0", " ")

    def test_tells_the_caseworker_of_defects_and_of_another_last_day(self) -> None:
        mended = [*SERVED, message("2027-03-24", account=None), message("2027-03-29")]
        notes = " ".join(written(assume_rent(at("2027-04-01", *mended), SENDER)).notes)
        assert "saknade kontot; ett fullständigt kom 29 mars 2027" in notes
        assert "19 april 2027" in notes


class TestTheConfirmation:
    def test_names_the_caseworker_the_day_and_the_law(self) -> None:
        letter = written(confirm_eviction(at("2027-05-21", *SCHEDULED), SENDER))
        assert letter.to == "Kronofogden"
        assert letter.last_day == date(2027, 5, 21)
        for said in (
            "Ansvarig handläggare: Maria Andersson",
            "Telefon: 08-465 004 01",
            "Avhysningsdag: 22 juni 2027",
            "socialtjänstförordningen",
        ):
            assert said in letter.body_text

    def test_has_a_copy_for_the_tenant_in_plain_words(self) -> None:
        letter = written(confirm_eviction(at("2027-05-21", *SCHEDULED), SENDER))
        _, copy = letter.body_text.split("-" * 72)
        said = " ".join(copy.split())
        assert "Din handläggare heter Maria Andersson. Ring 08-465 004 01" in said
        assert "överenskommelse med hyresvärden kan ännu rädda hemmet" in said
        assert "Du väljer själv om du vill ta emot hjälp." in said
        assert "inte juridisk rådgivning" in said
        assert letter.body_html.count("<main>") == 2

    def test_tells_the_tenant_the_last_day_to_pay_while_there_is_one(self) -> None:
        early = eviction("scheduled", "2027-04-01", "2027-05-10")
        letter = written(confirm_eviction(at("2027-04-01", *TOLD, early), SENDER))
        assert "betala hyran till och med 14 april 2027" in " ".join(letter.body_text.split())

    def test_late_it_is_written_and_the_caseworker_told_to_hurry(self) -> None:
        letter = written(confirm_eviction(at("2027-05-25", *SCHEDULED), SENDER))
        assert letter.notes[0].endswith("Skicka den genast.")

    def test_received_on_a_saturday_it_names_the_outer_limit(self) -> None:
        received = eviction("scheduled", "2027-05-22", "2027-06-22")
        letter = written(confirm_eviction(at("2027-05-22", *TOLD, received), SENDER))
        assert letter.last_day == date(2027, 5, 24)
        assert "i dag" in letter.notes[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("write", [assume_rent, confirm_eviction])
class TestEveryLetter:
    S = staticmethod(
        lambda: at("2027-04-01", *TOLD, eviction("scheduled", "2027-04-01", "2027-05-10"))
    )

    def test_holds_no_identity_but_marked_blanks(self, write: Any) -> None:
        letter = written(write(self.S(), SENDER))
        assert '<span class="blank">hyresgästens namn och adress</span>' in letter.body_html
        assert "[hyresgästens namn och adress]" in letter.body_text
        assert "[[" not in letter.body_html + letter.body_text
        assert "c2VhbGVk" not in letter.body_html + letter.body_text

    def test_is_well_formed_and_escapes_what_was_typed(self, write: Any) -> None:
        letter = written(write(self.S(), Signatory("<b>Eva & Co</b>", "1<2", "A&B")))
        reader = _Reader()
        reader.feed(letter.body_html)
        assert reader.open == []
        assert "<b>" not in letter.body_html
        assert "&lt;b&gt;Eva &amp; Co&lt;/b&gt;" in letter.body_html

    def test_leaves_an_unknown_municipality_as_a_blank(self, write: Any) -> None:
        letter = written(write(self.S(), Signatory("Eva", "08-465 004 01")))
        assert "Socialnämnden i [kommunens namn]" in letter.body_text

    def test_warns_of_a_protected_identity(self, write: Any) -> None:
        guarded = [registered(protected_identity=True), *TOLD[1:]]
        s = at("2027-04-01", *guarded, eviction("scheduled", "2027-04-01", "2027-05-10"))
        assert any("skyddade personuppgifter" in note for note in written(write(s, SENDER)).notes)

    def test_says_that_bokvar_gives_no_legal_advice(self, write: Any) -> None:
        assert "inte juridisk rådgivning" in written(write(self.S(), SENDER)).notes[-1]
