"""What a landlord is told of a message to the social welfare board that is not whole."""

from typing import Any

import msgspec

from alerts.contract.messages import LandlordFeedback
from alerts.contract.topics import LANDLORD_FEEDBACK
from alerts.language.outgoing import to_send
from models.contract.events import Event, make_event
from tests.builders import LEASE, MUNICIPAL, ORGNR, day, days, event, invoiced, registered
from tests.memory import MemoryStore
from tests.papers import message, notice
from tests.spoken import SV, swedish

BEFORE = [
    registered(),
    *days("2027-02-01", "2027-02-10"),
    invoiced("2027-03"),
    *days("2027-02-11", "2027-03-23"),
    notice("2027-03-24"),
]


class _Envelope(msgspec.Struct):
    id: str
    subject: str
    data: LandlordFeedback


def feedback(*events: Event) -> list[_Envelope]:
    store = MemoryStore()
    store.tell(*BEFORE, *events)
    decode = msgspec.json.Decoder(_Envelope).decode
    sent = (to_send(LANDLORD_FEEDBACK, said, SV) for said in store.said(LANDLORD_FEEDBACK))
    return [decode(value) for value in sent]


def test_a_message_that_lacks_fields_is_received_and_the_landlord_told_which() -> None:
    lacking: Any = {"account": None, "rooms": None}
    sent = message("2027-03-24", **lacking)
    (answer,) = feedback(sent)
    assert answer.subject == LEASE
    assert answer.data.landlord_id == ORGNR
    assert answer.data.event_id == sent.id
    assert answer.data.outcome == "defective"
    assert answer.data.lacks == ["rooms", "account"]
    assert "Kontot som hyran ska betalas till saknas." in answer.data.text
    assert "NJA 1985 s. 586" in answer.data.text

    store = MemoryStore()
    store.tell(*BEFORE, sent, day("2027-03-24"))
    assert store.dead == {}
    (task,) = store.open_tasks.values()
    assert str(task.legal_deadline) == "2027-04-14"
    assert "Meddelandet till socialnämnden saknar antalet rum, kontot" in swedish(task.reasons)


def test_a_message_without_a_known_arrival_is_told_that_nothing_has_begun() -> None:
    (answer,) = feedback(message("2027-03-24", how="other"))
    assert answer.data.lacks == ["received_on"]
    assert "när meddelandet kom in" in answer.data.text


def test_a_whole_message_is_not_answered() -> None:
    assert feedback(message("2027-03-24")) == []


def test_it_is_told_once_however_often_the_message_comes() -> None:
    sent = message("2027-03-24", account=None)
    assert len(feedback(sent, sent, event(sent.data, "the same again"))) == 1


def test_what_the_municipality_itself_reports_is_not_answered_to_the_landlord() -> None:
    sent = message("2027-03-24", account=None).data
    assert feedback(make_event(sent, source=MUNICIPAL, event_id="by post")) == []


def test_the_landlord_is_told_nothing_of_the_household_or_the_account() -> None:
    (answer,) = feedback(message("2027-03-24", account=None, amount_ore=100))
    assert answer.data.lacks == ["account"]
    assert " kr" not in answer.data.text
