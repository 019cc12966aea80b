"""Where unpaid rent is paid to: what was told of it, by whom, and what is no more certain."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from msgspec.structs import replace

from models.contract import facts
from models.contract.events import LANDLORD, Event
from models.lease.account import Outcome
from models.lease.fold import fold
from models.lease.lines import Line
from models.lease.settlement import settle
from models.lease.state import Lease, decode, encode
from models.standing.pay_to import PayTo, form_3_account, in_common, pay_to
from tests.builders import LEASE, MUNICIPAL, invoiced, paid, registered, say

TODAY = date(2026, 4, 20)
BUYER = "556036-0793"
BG, OTHER_BG, OCR, OTHER_OCR = "bankgiro 5050-1055", "bankgiro 900-8004", "18", "26"


def billed(period: str, **data: Any) -> Event:
    """The rent of a month, with what its invoice says of where it is paid to."""
    event = invoiced(period)
    return replace(event, id=f"{event.id} {data}", data=replace(event.data, **data))


def form_3(on: str, account: str | None = "bg 900-8004", **data: Any) -> Event:
    message = {"matter": "arrears", "sent_on": on, "how": "registered", "account": account, **data}
    return say(facts.CouncilNotified, **message)


def changed(on: str = "2026-03-01", source: str | None = None, **data: Any) -> Event:
    return say(facts.LeaseChanged, source, effective_on=on, **data)


def after(*events: Event) -> Lease:
    lease = Lease(LEASE)
    for event in events:
        fold(lease, event, TODAY)
    return lease


def unpaid(lease: Lease) -> list[Line]:
    lines = settle(lease.account, lease.started_on, TODAY).lines
    return [line for line in lines if line.rent_left]


def where(*events: Event) -> list[PayTo]:
    lease = after(*events)
    assert decode(encode(lease)) == lease
    return pay_to(lease, unpaid(lease), TODAY)


def test_an_invoices_own_account_and_reference_go_before_the_leases() -> None:
    known = registered(account="bg 900-8004", ocr=OTHER_OCR)
    march, april = billed("2026-03", account="5050-1055", ocr=OCR), billed("2026-04")
    assert where(known, march, april) == [PayTo(BG, OCR), PayTo(OTHER_BG, OTHER_OCR)]


def test_what_does_not_check_is_kept_nowhere() -> None:
    lease = after(
        registered(account="bg 5050-1056", ocr="27"),
        billed("2026-03", account="8327-9, 123", ocr="19"),
        form_3("2026-04-01", "bg 123-4567"),
        changed(ocr="none"),
    )
    assert lease.paying is None
    assert pay_to(lease, unpaid(lease), TODAY) == [PayTo()]


def test_an_invoice_that_is_told_again_with_its_reference_is_filled_in_and_counts_once() -> None:
    lease = after(registered(), billed("2026-03"))
    outcome = fold(lease, billed("2026-03", account="5050-1055", ocr=OCR), TODAY)
    assert outcome is Outcome.REPEAT
    assert pay_to(lease, unpaid(lease), TODAY) == [PayTo(BG, OCR)]
    assert lease.account.balance_ore == 800_000


def corrected(ocr: str, on: str = "2026-03-10") -> Event:
    data = {"invoice_id": "I2026-03", "period": "2026-03", "due_on": "2026-02-28", "ocr": ocr}
    return say(facts.InvoiceCorrected, amount_ore=700_000, corrected_on=on, **data)


def test_a_correction_holds_over_its_invoice_in_whatever_order_they_come() -> None:
    told = billed("2026-03", ocr=OCR), corrected(OTHER_OCR)
    for events in permutations(told):
        assert where(registered(), *events) == [PayTo(None, OTHER_OCR)]


def test_references_of_paid_invoices_are_not_kept() -> None:
    months = [(f"2026-{n:02}", paid(f"2026-{n:02}-02")) for n in range(1, 4)]
    events = [event for name, money in months for event in (billed(name, ocr=OCR), money)]
    lease = after(registered(), *events, billed("2026-04", ocr=OTHER_OCR))
    assert lease.paying is not None
    assert list(lease.paying.bills) == ["I2026-04"]


def test_changed_terms_hold_from_their_day_and_the_newest_of_them() -> None:
    first = changed("2026-03-01", account="bg 900-8004", ocr=OCR)
    later = changed("2026-04-01", account="bg 5050-1055")
    coming = changed("2026-05-01", account="pg 90 20 03-3")
    for events in permutations((first, later, coming)):
        assert where(registered(), *events, billed("2026-04")) == [PayTo(BG, OCR)]


def test_the_account_of_form_3_is_used_where_no_other_is_known() -> None:
    notice = form_3("2026-03-20")
    assert where(registered(), billed("2026-03"), notice) == [PayTo(OTHER_BG, None)]
    known = registered(account="5050-1055")
    assert where(known, billed("2026-03"), notice) == [PayTo(BG, None)]
    assert form_3_account(after(known, notice), TODAY) == OTHER_BG
    assert form_3_account(after(known), TODAY) is None


def test_of_several_messages_by_form_3_the_newest_names_the_account() -> None:
    told = form_3("2026-03-20"), form_3("2026-04-02", "5050-1055"), form_3("2026-04-03", None)
    for events in permutations(told):
        assert form_3_account(after(registered(), *events), TODAY) == BG


def test_a_message_of_disturbances_names_no_account_for_rent() -> None:
    told = form_3("2026-03-20", matter="disturbance")
    assert form_3_account(after(registered(), told), TODAY) is None


SOLD = changed("2026-04-01", landlord_id=BUYER)


@pytest.mark.parametrize("form_3s", [(), (form_3("2026-03-20"),)], ids=["", "form 3"])
def test_after_a_house_is_sold_the_sellers_account_stands_nowhere(
    form_3s: tuple[Event, ...],
) -> None:
    known = registered(account="5050-1055", ocr=OCR)
    before = billed("2026-03", account="5050-1055", ocr=OCR)
    assert where(known, before, *form_3s, SOLD) == [PayTo()]
    assert form_3_account(after(known, *form_3s, SOLD), TODAY) is None
    told = changed("2026-04-01", LANDLORD + BUYER, account="bg 900-8004")
    may = replace(billed("2026-05"), source=LANDLORD + BUYER)
    assert where(known, before, *form_3s, SOLD, told, may) == [PayTo(), PayTo(OTHER_BG, None)]


def test_of_a_house_that_will_be_sold_the_account_is_todays() -> None:
    sold = changed("2026-06-01", landlord_id=BUYER)
    known = registered(account="5050-1055", ocr=OCR)
    assert where(known, billed("2026-03"), sold) == [PayTo(BG, OCR)]
    assert where(registered(), billed("2026-03"), form_3("2026-03-20"), sold) == [
        PayTo(OTHER_BG, None)
    ]


def test_a_municipality_tells_the_account_of_form_3_alone() -> None:
    told = say(
        facts.CouncilNotified, MUNICIPAL, matter="arrears", sent_on="2026-03-20", how="registered",
        account="5050-1055",
    )  # fmt: skip
    assert where(registered(), billed("2026-03"), told) == [PayTo(BG, None)]


def test_in_common_is_what_is_the_same_for_all() -> None:
    assert in_common([PayTo(BG, OCR), PayTo(BG, OTHER_OCR)]) == PayTo(BG, None)
    assert in_common([PayTo(BG, OCR), PayTo(None, OCR)]) == PayTo(None, OCR)
    assert in_common([]) == PayTo()
