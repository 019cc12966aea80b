"""The UCI behaviour as rent events: valid, as late as the file says, and free of what is nobody's
business."""

import csv
import gzip
from collections import defaultdict
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np
import pytest

from examples.uci.adapter import FIRST_DAY, LAST_DAY, ORGNR, events, lease_id
from examples.uci.encoding import ledgers
from examples.uci.figures import auc, top_decile_precision
from examples.uci.table import FILE, Behaviour, read_behaviour
from models.contract import facts
from models.contract.events import AnyEvent, Event
from models.contract.who_may_say import Standing, standing
from models.lease.account import invoice, pay
from models.lease.archive import unpacked
from models.lease.ledger import Account
from models.lease.settlement import settle

UNREAD = ("LIMIT_BAL", "SEX", "EDUCATION", "MARRIAGE", "AGE", "default.payment.next.month")
MONTH_ENDS = [date(2005, month + 1, 1) - timedelta(days=1) for month in range(4, 10)]


@lru_cache
def everyone() -> Behaviour:
    return read_behaviour()


def some(step: int = 60) -> Behaviour:
    """Every `step`th customer."""
    whole = everyone()
    return Behaviour(**{name: getattr(whole, name)[::step] for name in Behaviour.__struct_fields__})


def customer(status: list[int], paid: list[int], billed: int = 1000) -> Behaviour:
    return Behaviour(
        number=np.array([1]),
        status=np.array([status]),
        billed=np.full((1, 6), billed),
        paid=np.array([paid]),
    )


def accounts(behaviour: Behaviour) -> dict[str, Account]:
    found: dict[str, Account] = defaultdict(Account)
    for event in events(behaviour):
        if isinstance(event.data, facts.RentInvoiced):
            invoice(found[event.data.lease_id], event.data)
        elif isinstance(event.data, facts.RentPaid):
            pay(found[event.data.lease_id], event.data)
    return found


def unpaid(account: Account, at_end_of: date) -> int:
    """How many rents of this month and earlier ones are not paid at the month's end."""
    month = at_end_of.isoformat()[:7]
    lines = settle(unpacked(account), date(2004, 1, 1), at_end_of).lines
    return sum(line.rent_left > 0 for line in lines if line.period <= month)


def data(behaviour: Behaviour, kind: type[facts.Fact]) -> list[facts.Fact]:
    return [event.data for event in events(behaviour) if isinstance(event.data, kind)]


def test_a_file_without_a_behaviour_column_is_refused_by_the_columns_name(tmp_path: Path) -> None:
    short = tmp_path / "short.csv.gz"
    with gzip.open(short, "wt") as lines:
        lines.write("ID,PAY_0\n1,0\n")
    with pytest.raises(ValueError, match=r"short\.csv\.gz has no column PAY_6"):
        read_behaviour(short)


def test_no_protected_column_and_no_outcome_reaches_any_event(tmp_path: Path) -> None:
    with gzip.open(FILE, "rt", newline="") as lines:
        rows = [row for number, row in enumerate(csv.reader(lines)) if number <= 200]
    plain, other = tmp_path / "plain.csv.gz", tmp_path / "other.csv.gz"
    places = [rows[0].index(name) for name in UNREAD]
    for file, blank in ((plain, False), (other, True)):
        with gzip.open(file, "wt", newline="") as lines:
            written = [rows[0]]
            for row in rows[1:]:
                gone = ["?" if at in places and blank else cell for at, cell in enumerate(row)]
                written.append(gone)
            csv.writer(lines).writerows(written)
    assert list(events(read_behaviour(plain))) == list(events(read_behaviour(other)))


def test_no_tenant_has_a_birth_year_and_no_household_is_known() -> None:
    sample = some()
    registered = data(sample, facts.LeaseRegistered)
    assert len(registered) == len(sample.number)
    for fact in registered:
        assert isinstance(fact, facts.LeaseRegistered)
        assert [tenant.birth_year for tenant in fact.tenants] == [None]
        assert fact.children is None
        assert fact.sealed_identity is None
    assert not data(sample, facts.HouseholdUpdated)


def test_every_event_is_valid_allowed_for_its_source_and_comes_once() -> None:
    decoder = msgspec.json.Decoder(AnyEvent)
    seen = set()
    for event in events(some(200)):
        assert decoder.decode(msgspec.json.encode(event)) == event
        assert standing(event.source, event.data) is Standing.ALLOWED
        assert (event.source, event.id) not in seen
        seen.add((event.source, event.id))


def test_the_same_file_gives_the_same_events() -> None:
    assert list(events(some(500))) == list(events(some(500)))


def test_no_event_tells_of_a_day_after_its_own_or_of_october() -> None:
    today = FIRST_DAY
    for event in events(some(200)):
        fact = event.data
        if isinstance(fact, facts.CalendarDay):
            assert fact.day == today
            today += timedelta(days=1)
        elif isinstance(fact, facts.RentPaid):
            assert fact.booked_on == today
        elif isinstance(fact, facts.RentInvoiced):
            assert fact.due_on < LAST_DAY
    assert today == LAST_DAY + timedelta(days=1)


def test_at_each_months_end_as_many_rents_are_unpaid_as_the_lateness_says() -> None:
    sample = some(20)
    late, found = ledgers(sample).late, accounts(sample)
    for row, number in enumerate(sample.number.tolist()):
        held = found[lease_id(number)]
        assert [unpaid(held, day) for day in MONTH_ENDS] == late[row].tolist()


def test_september_is_as_late_as_the_file_says_for_everyone() -> None:
    whole = everyone()
    assert (ledgers(whole).late[:, -1] == whole.status[:, -1].clip(min=0)).all()


def test_an_earlier_month_differs_only_where_the_file_jumps_more_than_a_month() -> None:
    whole = everyone()
    late, told = ledgers(whole).late, whole.status.clip(min=0)
    raised = late != told
    assert (late[:, 1:] <= late[:, :-1] + 1).all()
    assert (late[raised] > told[raised]).all()
    assert 0.02 < raised[:, :-1].mean() < 0.05


def test_who_is_in_order_pays_every_rent_on_its_due_day() -> None:
    account = accounts(customer([-2, -1, 0, 0, -1, -2], [0] * 6))[lease_id(1)]
    lines = settle(unpacked(account), None).lines
    assert [line.paid_on for line in lines] == [line.due_on for line in lines]


def test_a_jump_from_in_order_to_two_months_late_leaves_the_month_between_unpaid() -> None:
    account = accounts(customer([0, 0, 0, 0, 0, 2], [1000] * 6))[lease_id(1)]
    assert [unpaid(account, day) for day in MONTH_ENDS] == [0, 0, 0, 0, 1, 2]


def test_who_is_late_when_april_begins_has_open_invoices_from_before() -> None:
    periods = [
        fact.period
        for fact in data(customer([3, 0, 0, 0, 0, 0], [0] * 6), facts.RentInvoiced)
        if isinstance(fact, facts.RentInvoiced)
    ]
    assert periods[:3] == ["2005-02", "2005-03", "2005-04"]


def test_arrears_are_paid_on_the_first_working_day_of_the_month() -> None:
    account = accounts(customer([1, 0, 0, 0, 0, 0], [0] * 6))[lease_id(1)]
    april = settle(unpacked(account), None).lines[0]
    assert april.paid_on == date(2005, 5, 2)


def test_less_than_a_rent_is_a_part_payment_and_never_more_than_half() -> None:
    paid = ledgers(customer([0, 0, 0, 0, 0, 1], [1000] * 5 + [900])).paid
    assert paid.tolist() == [[100_000] * 5 + [50_000]]


def test_a_large_payment_puts_the_lease_at_most_one_rent_ahead() -> None:
    paid = ledgers(customer([0] * 6, [90_000, 0, 0, 0, 0, 0])).paid
    assert paid[0, :3].tolist() == [200_000, 0, 100_000]


def test_uncapped_a_large_payment_waits_for_coming_rents() -> None:
    paid = ledgers(customer([0] * 6, [90_000, 0, 0, 0, 0, 0]), capped=False).paid
    assert paid.tolist() == [[9_000_000, 0, 0, 0, 0, 0]]


def test_uncapped_what_the_lateness_needs_and_the_file_does_not_tell_of_comes_on_the_15th() -> None:
    told = events(customer([0] * 6, [1000] * 5 + [300]), capped=False)
    paid = [event.data for event in told if isinstance(event.data, facts.RentPaid)]
    assert [(fact.booked_on, fact.amount_ore) for fact in paid[-2:]] == [
        (date(2005, 8, 31), 30_000),
        (date(2005, 9, 15), 70_000),
    ]


def test_a_rent_gets_a_reminder_at_one_month_and_a_demand_at_two() -> None:
    reminded = [
        (fact.sent_on, fact.kind, fact.invoice_id[-7:])
        for fact in data(customer([0, 0, 0, 0, 1, 2], [0] * 6), facts.RentReminded)
        if isinstance(fact, facts.RentReminded)
    ]
    assert reminded == [
        (date(2005, 8, 31), "reminder", "2005-08"),
        (date(2005, 9, 30), "reminder", "2005-09"),
        (date(2005, 9, 30), "debt_collection", "2005-08"),
    ]


def test_the_whole_file_makes_more_than_three_hundred_thousand_events() -> None:
    assert sum(_is_of_a_lease(event) for event in events(some(10))) * 10 > 300_000


def _is_of_a_lease(event: Event) -> bool:
    return event.subject is not None and event.subject.startswith(ORGNR)


def test_figures_of_too_few_or_of_one_kind_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="ten are needed"):
        top_decile_precision([True] * 9, [1] * 9)
    with pytest.raises(ValueError, match="both some who defaulted and some not"):
        auc([True] * 10, [1] * 10)


def test_those_tied_at_the_deciles_edge_share_its_places() -> None:
    # Twenty rows, two places: one above the edge who defaulted, one place for four of whom one did.
    defaulted = [True] + [True, False, False, False] + [False] * 15
    score = [9] + [5] * 4 + [1] * 15
    assert top_decile_precision(defaulted, score) == pytest.approx((1 + 0.25) / 2)


def test_the_decile_does_not_depend_on_the_order_of_the_rows() -> None:
    defaulted = [True, False] * 10
    score = [3, 3, 3, 3] + [1] * 16
    backwards = top_decile_precision(defaulted[::-1], score[::-1])
    assert top_decile_precision(defaulted, score) == backwards == 0.5


def test_a_tie_is_half_a_win_in_the_area_under_the_curve() -> None:
    assert auc([True, False], [1, 1]) == 0.5
    assert auc([True, True, False, False], [3, 1, 1, 0]) == pytest.approx(3.5 / 4)
