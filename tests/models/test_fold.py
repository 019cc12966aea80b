"""One event into one lease: repeats, other content, order, what waits for its day, stored form."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.contract import facts
from models.contract.events import Event
from models.contract.facts import Tenant
from models.contract.refusal import Refusal
from models.lease.account import Outcome
from models.lease.acts import Act
from models.lease.cases import task_id
from models.lease.fold import fold
from models.lease.handlers.terms import apply_changes
from models.lease.ledger import HOLD_DAYS
from models.lease.state import STATE_VERSION, Lease, decode, encode
from models.phrase import Phrase
from models.standing.acts import is_raised, standing
from tests import anything
from tests.builders import LEASE, RENT_ORE, invoiced, paid, registered, say
from tests.tried_on import examples

SAMPLES = Path(__file__).parent.parent / "data"
TODAY = date(2026, 3, 10)


def after(*events: Event, today: date = TODAY) -> Lease:
    lease = Lease(LEASE)
    for event in events:
        fold(lease, event, today)
    return lease


def changed(on: str, event_id: str | None = None, **fields: Any) -> Event:
    return say(facts.LeaseChanged, event_id=event_id, effective_on=on, **fields)


def test_the_same_id_with_other_content_is_refused_and_the_first_stands() -> None:
    lease = after(registered(), paid("2026-03-02", payment_id="P"))
    before = encode(lease)
    other = say(
        facts.RentPaid, event_id=paid("2026-03-02", payment_id="P").id, payment_id="Q",
        amount_ore=1, booked_on="2026-03-02",
    )  # fmt: skip
    assert fold(lease, other, TODAY) is Outcome.SAME_ID_OTHER_CONTENT
    assert encode(lease) == before


def test_the_same_id_from_another_source_is_another_event() -> None:
    lease = after(
        say(facts.DisturbanceReported, event_id="1", reported_on="2026-03-01", kind="noise")
    )
    other = say(
        facts.DisturbanceReported, source="urn:municipality:0181", event_id="1",
        reported_on="2026-03-05", kind="noise",
    )  # fmt: skip
    assert fold(lease, other, TODAY) is Outcome.APPLIED


def test_a_repeat_after_300_days_is_still_known() -> None:
    credit = say(facts.RentCredited, invoice_id="I", amount_ore=100, on="2026-03-02")
    lease = after(credit)
    for n in range(1, 31):
        day = TODAY + timedelta(days=10 * n)
        fold(lease, paid(f"{day}"), day)
    assert fold(lease, credit, TODAY + timedelta(days=300)) is Outcome.REPEAT


def test_what_is_remembered_of_events_is_bounded() -> None:
    lease = after(registered())
    sizes = []
    for n in range(1, 200):
        day = TODAY + timedelta(days=10 * n)
        fold(lease, say(facts.PaymentFailed, on=str(day), method="autogiro"), day)
        sizes.append(len(lease.seen))
    assert max(sizes) == 16 * (HOLD_DAYS // 10 + 1)


def test_a_repeat_of_what_came_before_the_first_day_is_known_after_it() -> None:
    credit = say(facts.RentCredited, invoice_id="I", amount_ore=100, on="2026-03-02")
    lease = after(credit, today=date(1994, 1, 1))
    fold(lease, paid("2026-03-05"), TODAY)
    assert fold(lease, credit, TODAY) is Outcome.REPEAT
    assert len(lease.account.credits) == 1


def test_a_lease_registered_twice_with_other_content_is_refused() -> None:
    lease = after(registered())
    assert fold(lease, registered(rooms=9), TODAY) is Outcome.SAME_ID_OTHER_CONTENT
    again = say(facts.LeaseRegistered, event_id="again", **_fields(rooms=9))
    assert fold(lease, again, TODAY) is Outcome.OTHER_CONTENT
    same = say(facts.LeaseRegistered, event_id="same", **_fields())
    assert fold(lease, same, TODAY) is Outcome.REPEAT
    assert lease.terms is not None
    assert lease.terms.rooms == 3


def _fields(**fields: Any) -> dict[str, Any]:
    data = registered(**fields).data
    return {name: getattr(data, name) for name in data.__struct_fields__}


SAME_KEY = {
    "a plan": (
        say(facts.PlanAgreed, plan_id="A", instalments=[{"due_on": "2026-04-01", "amount_ore": 1}]),
        say(facts.PlanAgreed, plan_id="A", instalments=[{"due_on": "2026-04-02", "amount_ore": 1}]),
    ),
    "the end of a plan": (
        say(facts.PlanEnded, plan_id="A", reason="kept"),
        say(facts.PlanEnded, plan_id="A", reason="broken"),
    ),
    "a notice": (
        say(facts.NoticeServed, notice_id="N", served_on="2026-03-01", reason="arrears"),
        say(facts.NoticeServed, notice_id="N", served_on="2026-03-02", reason="arrears"),
    ),
    "the amount of a notice": (
        say(
            facts.NoticeServed,
            notice_id="N",
            served_on="2026-03-01",
            reason="arrears",
            amount_ore=1,
        ),
        say(
            facts.NoticeServed,
            notice_id="N",
            served_on="2026-03-01",
            reason="arrears",
            amount_ore=2,
        ),
    ),
    "a reversal": (
        say(facts.RentPaymentReversed, payment_id="P", booked_on="2026-03-01"),
        say(facts.RentPaymentReversed, payment_id="P", booked_on="2026-03-02"),
    ),
}


@pytest.mark.parametrize("what", SAME_KEY)
def test_the_same_key_with_other_content_is_refused_and_changes_nothing(what: str) -> None:
    first, other = SAME_KEY[what]
    lease = after(first)
    before = encode(lease)
    refused = fold(lease, other, TODAY)
    code = refused.code if isinstance(refused, Refusal) else refused
    assert code == Outcome.OTHER_CONTENT
    assert encode(lease) == before


def test_a_notice_is_completed_by_the_service_of_form_1_whichever_report_comes_first() -> None:
    given_: dict[str, Any] = {"notice_id": "N", "served_on": "2026-03-01", "reason": "arrears"}
    bare = say(facts.NoticeServed, **given_)
    whole = say(facts.NoticeServed, **given_, recovery_notice_served_on="2026-03-04")
    for events in ((bare, whole), (whole, bare)):
        notice = after(*events).legal.notices["N"]
        assert notice.recovery_notice_served_on == date(2026, 3, 4)
    assert fold(after(whole), bare, TODAY) is Outcome.REPEAT


def test_a_visit_reported_with_a_slip_in_the_year_was_made_today_at_the_latest() -> None:
    report: dict[str, Any] = {"task_id": "T", "outcome": "reached", "by": "Vera"}
    [act] = after(say(facts.VisitReported, on="2062-03-09", **report)).signals.acts
    assert (act.task_id, act.on, act.code) == ("T", TODAY, "reached")


def test_a_notice_withdrawn_before_it_is_known_to_be_served_stays_withdrawn() -> None:
    served = say(facts.NoticeServed, notice_id="N", served_on="2026-03-01", reason="arrears")
    withdrawn = say(facts.NoticeWithdrawn, notice_id="N")
    for events in ((served, withdrawn), (withdrawn, served)):
        notice = after(*events).legal.notices["N"]
        assert (notice.served, notice.withdrawn) == (True, True)


def test_another_municipality_is_refused_and_the_lease_stays_as_it_was() -> None:
    lease = after(registered())
    before = encode(lease)
    other = say(facts.HouseholdUpdated, source="urn:municipality:0180", known="yes", children=[])
    assert fold(lease, other, TODAY) is Outcome.NOT_ITS_LEASE
    assert encode(lease) == before


def test_registration_change_and_end_give_the_same_lease_in_any_order() -> None:
    events = [
        registered(),
        changed("2026-02-01", rent_ore=900_000),
        changed("2026-03-01", rent_ore=950_000, district="Geneta"),
        say(facts.LeaseEnded, ended_on="2026-03-31", reason="moved"),
    ]
    one, other = after(*events), after(*reversed(events))
    assert one.terms is not None
    assert (one.terms.rent_ore, one.terms.district) == (950_000, "Geneta")
    assert (one.terms, one.ended) == (other.terms, other.ended)


def test_an_earlier_change_that_comes_late_does_not_undo_a_later_one() -> None:
    lease = after(
        registered(), changed("2026-03-01", rent_ore=2), changed("2026-02-01", rent_ore=1)
    )
    assert lease.terms is not None
    assert lease.terms.rent_ore == 2


def test_a_change_waits_for_its_day() -> None:
    lease = after(registered(), changed("2026-03-12", rent_ore=1, tenants=[{"tenant_ref": "2"}]))
    lease = decode(encode(lease))
    assert lease.terms is not None
    apply_changes(lease, date(2026, 3, 11))
    assert lease.terms.rent_ore == RENT_ORE
    apply_changes(lease, date(2026, 3, 12))
    assert lease.terms.rent_ore == 1
    assert lease.household.tenants == [Tenant("2")]
    assert not lease.changes


def test_what_the_municipality_says_of_children_stands_over_the_registration() -> None:
    told = say(facts.HouseholdUpdated, known="yes", children=[{"birth_year": 2020}])
    lease = after(told, registered(children=[]))
    assert [child.birth_year for child in lease.household.children] == [2020]
    assert lease.household.tenants == [Tenant("1", 1980)]


def test_a_household_is_unknown_until_somebody_has_said_what_it_is() -> None:
    assert after(registered()).household.known == "unknown"
    assert after(registered(children=[])).household.known == "yes"


def test_only_the_newest_sixty_signals_of_a_kind_are_kept() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(80)]
    lease = after(
        *(say(facts.DisturbanceReported, reported_on=str(d), kind="noise") for d in reversed(days))
    )
    assert lease.signals.disturbances == days[-60:]


def test_a_mark_on_an_incomplete_lease_is_taken_off_once_its_record_is_cleared() -> None:
    mark: dict[str, Any] = {"partition": 3, "offset": 7}
    lease = after(say(facts.RecordSetAside, **mark, error="unreadable_json"))
    assert lease.incomplete == [(3, 7)]
    fold(lease, say(facts.RecordCleared, **mark), TODAY)
    assert lease.incomplete == []


ANY = settings(
    max_examples=examples(60),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
EVENTS = st.lists(st.one_of(anything.lawful(facts.LeaseRegistered), anything.lawful()), max_size=25)


@ANY
@given(EVENTS)
def test_a_lease_stored_after_every_event_ends_the_same_as_one_never_stored(
    events: list[Event],
) -> None:
    kept, stored = Lease(LEASE), Lease(LEASE)
    for n, event in enumerate(e for e in events if isinstance(e.data, facts.Fact)):
        today = TODAY + timedelta(days=n)
        assert fold(kept, event, today) is fold(stored, event, today)
        apply_changes(kept, today)
        apply_changes(stored, today)
        stored = decode(encode(stored))
    assert encode(stored) == encode(kept)


@ANY
@given(EVENTS)
def test_every_event_folded_again_at_once_does_nothing(events: list[Event]) -> None:
    lease = Lease(LEASE)
    for event in events:
        if isinstance(event.data, facts.Fact):
            first = fold(lease, event, TODAY)
            before = encode(lease)
            known = first is Outcome.APPLIED or first is Outcome.COUNTED
            again = Outcome.REPEAT if known else first
            assert fold(lease, event, TODAY) is again
            assert encode(lease) == before


@pytest.mark.parametrize("version", range(1, STATE_VERSION + 1))
def test_a_state_stored_by_any_version_is_still_read(version: int) -> None:
    """A new version stores a sample of its own beside the others."""
    lease = decode((SAMPLES / f"lease.state.v{version}.msgpack").read_bytes(), version)
    assert lease.lease_id == LEASE
    assert lease.terms is not None
    assert lease.terms.rent_ore == RENT_ORE
    assert lease.legal.notices["N"].served_on == date(2026, 2, 20)
    assert lease.risk.reasons[0] == Phrase("risk.rents_unpaid", {"count": 1})
    assert lease.case is not None
    assert [task.step for task in lease.case.tasks] == ["letter", "visit", "secure_tenancy"]


@pytest.mark.parametrize(
    ("reason", "args"),
    [
        ("late_months:2:6", {"count": 2, "known": 6}),
        ("late_months:2", {"count": 2, "known": 6}),
        ("broken_plan", {}),
    ],
)
def test_a_reason_that_version_1_wrote_as_text_becomes_a_name_with_arguments(
    reason: str, args: dict[str, int]
) -> None:
    raw = msgspec.msgpack.decode(encode(Lease(LEASE)))
    raw[4][6:], raw[6][2] = [{}], [reason]
    lease = decode(msgspec.msgpack.encode(raw), 1)
    assert lease.risk.reasons == (Phrase(f"risk.{reason.partition(':')[0]}", args),)


def test_the_reports_that_version_3_kept_by_task_become_acts_in_the_order_of_their_days() -> None:
    raw = msgspec.msgpack.decode(encode(Lease(LEASE)))
    raw[4][6:] = [{"T": ["2026-03-04", "reached"], "S": ["2026-02-27", "not_reached"]}]
    lease = decode(msgspec.msgpack.encode(raw), 3)
    assert lease.signals.acts == [
        Act("", "reported", date(2026, 2, 27), "S", "not_reached"),
        Act("", "reported", date(2026, 3, 4), "T", "reached"),
    ]
    assert lease.signals.undone == []


def test_the_acts_that_version_4_stored_are_read_and_those_that_were_undone_stay_so() -> None:
    """Of the sample's case a report and a plan stand, and a word to wait was taken back."""
    lease = decode((SAMPLES / "lease.state.v4.msgpack").read_bytes(), 4)
    assert lease.case is not None
    secure = lease.case.tasks[-1]
    own = task_id(LEASE, lease.case.episode, secure.step, secure.round)
    assert [(a.kind, a.task_id, a.on) for a in lease.signals.acts if a.task_id] == [
        ("assigned", own, date(2026, 2, 11)),
        ("planned", own, date(2026, 2, 11)),
        ("reported", own, date(2026, 2, 16)),
    ]
    assert standing(lease, "waits") == []
    assert is_raised(lease)
    assert secure.due_at == "2026-02-13T12:00:00+01:00"


def test_a_state_of_a_newer_version_is_refused_with_what_to_do() -> None:
    newer = STATE_VERSION + 1
    said = rf"has version {newer}, this program reads 1 to {STATE_VERSION}.*newer"
    with pytest.raises(ValueError, match=said):
        decode(encode(Lease(LEASE)), newer)


def test_an_account_is_stored_in_the_order_of_its_facts_and_read_back_whole() -> None:
    lease = after(registered(), invoiced("2026-03"), paid("2026-02-27"), invoiced("2026-04"))
    assert decode(encode(lease)) == lease
