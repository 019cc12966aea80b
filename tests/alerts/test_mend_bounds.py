"""A mended record says no more than the record could have said: whose word, of what and of whom."""

from typing import Any

import msgspec
import pytest

from alerts.commands.dead_record import Decision, Refusal, Refused
from alerts.commands.event_log import Position
from alerts.commands.mend_record import Mending
from alerts.commands.release_record import Released, release_record
from models.contract import facts
from models.contract.events import Event
from streams.cli.event_fault import fault
from streams.kafka.decode import decode
from tests.builders import LEASE, MUNICIPAL, ORGNR, day, lease_id, paid, registered, say
from tests.memory import MemoryStore
from tests.memory_log import MemoryEventLog

NEXT_DOOR = lease_id(2)
PAID = paid("2026-03-02")
UNPROTECTED = say(facts.LeaseChanged, effective_on="2026-03-19", protected_identity=False)
ASSIGNED = say(facts.TaskAssigned, MUNICIPAL, task_id="t", on="2026-03-01", to="me", by="you")
TOLD = say(
    facts.TenantContacted, MUNICIPAL, on="2026-03-01", by="municipality", direction="outbound",
    channel="phone", reached=True,
)  # fmt: skip


def built(event: Event, lease: str = LEASE, **data: object) -> dict[str, Any]:
    """The event as JSON has it, about a lease."""
    found: dict[str, Any] = msgspec.to_builtins(event)
    found["data"] |= {"lease_id": lease} | data
    return found | {"subject": lease}


def released(value: object, mended: dict[str, Any], key: str | None = LEASE) -> Refusal | None:
    """Why the record may not be released as this; None if it may."""
    store = MemoryStore()
    store.tell(registered(), registered(NEXT_DOOR), day("2026-03-01"))
    at = store.partition.next_offset
    raw = value if isinstance(value, bytes) else msgspec.json.encode(value)
    store.take([decode(at, key.encode() if key is not None else None, raw)])
    assert store.dead[at].state == "open"
    log = MemoryEventLog([store])
    decision, mending = (
        Decision(Position(0, at), "olle", "mended"),
        Mending(fault, msgspec.json.encode(mended)),
    )
    answer = release_record(log, log.dead_record, decision, mending)
    assert isinstance(answer, Released | Refused)
    return answer.refusal if isinstance(answer, Refused) else None


class TestOfARecordThatCannotBeRead:
    @pytest.mark.parametrize("value", [b"no json at all", b"{", b"{}", b"[]", b"\xff"])
    def test_its_key_tells_whose_payment_it_may_be(self, value: bytes) -> None:
        assert released(value, built(PAID)) is None

    def test_no_authority_and_no_other_landlord_is_put_behind_it(self) -> None:
        for source in ("urn:kronofogden", MUNICIPAL, "urn:landlord:559990-0098", "urn:bokvar"):
            mended = built(PAID) | {"source": source}
            assert released(b"{", mended) is Refusal.ANOTHER_SOURCE

    def test_without_a_key_that_names_a_landlord_nobody_is(self) -> None:
        for key in (None, "no lease"):
            assert released(b"{", built(PAID), key) is Refusal.NO_SENDER

    def test_it_is_about_no_other_lease_of_the_landlord(self) -> None:
        assert released(b"{", built(PAID, NEXT_DOOR)) is Refusal.ANOTHER_LEASE

    def test_it_never_becomes_who_may_see_the_lease(self) -> None:
        for event in (UNPROTECTED, registered()):
            assert released(b"no json at all", built(event)) is Refusal.ANOTHER_TYPE

    def test_it_never_becomes_what_a_municipality_does(self) -> None:
        assert released(b"{", built(ASSIGNED)) is Refusal.ANOTHER_SOURCE


class TestOfARecordThatCanBeReadInPart:
    def test_its_kind_stays(self) -> None:
        broken = built(PAID, amount_ore=-1)
        assert released(broken, built(PAID)) is None
        assert released(broken, built(UNPROTECTED)) is Refusal.ANOTHER_TYPE

    def test_a_kind_that_nobody_knows_becomes_what_changes_nobodys_view(self) -> None:
        unknown = built(PAID) | {"type": "se.bokvar.rent.payd.v1"}
        assert released(unknown, built(PAID)) is None
        assert released(unknown, built(UNPROTECTED)) is Refusal.ANOTHER_TYPE

    def test_a_municipalitys_act_was_that_act_before(self) -> None:
        broken = built(TOLD, on="2026-02-30")
        assert released(broken, built(TOLD)) is None
        assert released(broken, built(ASSIGNED)) is Refusal.ANOTHER_TYPE
        unknown = built(ASSIGNED) | {"type": "se.bokvar.task.asigned.v1"}
        assert released(unknown, built(ASSIGNED)) is Refusal.ANOTHER_TYPE
        assert released(built(ASSIGNED, on="2026-02-30"), built(ASSIGNED)) is None

    def test_its_lease_stays_one_that_it_names(self) -> None:
        broken = built(PAID, amount_ore=-1)
        assert released(broken, built(PAID, NEXT_DOOR)) is Refusal.ANOTHER_LEASE
        of_two = built(PAID) | {"subject": NEXT_DOOR}
        assert released(of_two, built(PAID)) is None
        assert released(of_two, built(PAID, NEXT_DOOR)) is None
        assert released(of_two, built(PAID, lease_id(3))) is Refusal.ANOTHER_LEASE

    def test_without_a_lease_it_is_about_one_of_its_own_sender(self) -> None:
        assert released(built(PAID, "x"), built(PAID), None) is None
        strange = built(ASSIGNED, "x", on="2026-02-30")
        assert released(strange, built(ASSIGNED), None) is Refusal.ANOTHER_LEASE

    @pytest.mark.parametrize("said", [True, None])
    def test_nobody_is_shown_whom_the_sender_did_not_show(self, said: bool | None) -> None:
        broken = built(UNPROTECTED, effective_on="2026-02-30", protected_identity=said)
        assert released(broken, built(UNPROTECTED)) is Refusal.ANOTHER_PROTECTION
        as_said = built(UNPROTECTED, protected_identity=said)
        assert released(broken, as_said) is None

    def test_what_is_said_of_protection_and_cannot_be_read_may_only_protect(self) -> None:
        broken = built(UNPROTECTED, protected_identity="nej")
        assert released(broken, built(UNPROTECTED)) is Refusal.ANOTHER_PROTECTION
        assert released(broken, built(UNPROTECTED, protected_identity=True)) is None

    def test_the_sender_may_have_said_itself_that_nobody_is_protected(self) -> None:
        broken = built(UNPROTECTED, effective_on="2026-02-30")
        assert released(broken, built(UNPROTECTED)) is None

    def test_one_event_of_a_batch_is_released_as_it_stood_there(self) -> None:
        batch = [built(PAID), built(UNPROTECTED, NEXT_DOOR)]
        assert released(batch, built(PAID)) is None
        assert released(batch, built(UNPROTECTED)) is Refusal.ANOTHER_LEASE

    def test_a_bad_character_hides_not_who_sent_it(self) -> None:
        raw = msgspec.json.encode(built(PAID, payment_id="PX")).replace(b"PX", b"P\xe5")
        assert released(raw, built(PAID)) is None
        assert released(raw, built(UNPROTECTED)) is Refusal.ANOTHER_TYPE


def test_the_senders_own_spelling_of_its_lease_is_that_lease() -> None:
    bare = f"{ORGNR}:".replace("-", "") + LEASE.partition(":")[2]
    assert released(built(PAID, bare, amount_ore=-1), built(PAID), bare) is None
