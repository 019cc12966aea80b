"""What is read of an export, what is left out and said, and what becomes of a bill's day."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from alerts.learning.export_files import ExportError
from alerts.learning.history import History
from alerts.learning.taking_back import Row
from alerts.learning.telling import ORGNR, told
from alerts.learning.written import day, has_points, ore
from models.contract import facts
from models.lease.fold import fold
from models.lease.settlement import settle
from models.lease.state import Lease
from tests.learning.exports import write


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7845", 784_500), ("7 845,50", 784_550), ("7\u00a0845,50 kr", 784_550),
        ("7.845,50", 784_550), ("7,845.50", 784_550), ("7845.5", 784_550), ("7845:50", 784_550),
        ("7845:-", 784_500), ("\u2212250,00", -25_000), ("1.234", 123_400), ("1.23", 123),
        ("0,005", 1), ("", None), ("sju", None), ("1,2,3", None), ("12-3", None),
    ],
)  # fmt: skip
def test_an_amount_is_read_in_the_forms_that_landlords_write(text: str, expected: int) -> None:
    assert ore(text) == expected


def test_three_decimals_are_no_thousands_where_the_file_has_decimal_points() -> None:
    assert has_points(["100", "6948.36"])
    assert not has_points(["1.234", "1.234,50"])
    assert ore("716.525", pointed=True) == 71_653


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-31", date(2026, 1, 31)), ("2026-01-31 00:00:00", date(2026, 1, 31)),
        ("20260131", date(2026, 1, 31)), ("31.1.2026", date(2026, 1, 31)),
        ("2026/1/31", date(2026, 1, 31)), ("2026-02-30", None), ("1899-01-01", None), ("", None),
    ],
)  # fmt: skip
def test_a_day_is_read_in_several_forms_and_one_that_cannot_be_is_none(
    text: str, expected: date | None
) -> None:
    assert day(text) == expected


def test_a_missing_file_and_a_missing_column_are_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"has no leases\.csv or leases\.csv\.gz"):
        History(tmp_path)
    write(tmp_path)
    (tmp_path / "payments.csv").write_text("lease_id;amount\n")
    with pytest.raises(ExportError, match=r"payments\.csv has no column payment_id"):
        History(tmp_path)


def test_a_packed_file_that_breaks_off_is_said_to_be_unreadable(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "payments.csv").unlink()
    whole = gzip.compress(b"lease_id,payment_id,booked_on,amount\n" * 50)
    (tmp_path / "payments.csv.gz").write_bytes(whole[:-9])
    with pytest.raises(ExportError, match=r"payments\.csv\.gz cannot be read"):
        History(tmp_path)


def test_what_is_wrong_is_counted_and_left_out(tmp_path: Path) -> None:
    write(
        tmp_path,
        leases=["A;2020-01-01;7 000,00", "B;2020-01-01;7000", ";2020-01-01;1"],
        invoices=[
            "A;1;2026-01;2025-12-31;7000", "A;1;2026-01;2025-12-31;7000",
            "A;1;2026-01;2025-12-31;7100", "A;2;2026-05;2026-04-30;7000",
            "C;3;2026-01;2025-12-31;50", "A;4;2026-01;2025-02-31;7000", "A;5;2026-01;2026-01-31;0",
        ],
        payments=["A;1;2025-12-30;7000", "D;2;2025-12-30;7000"],
    )  # fmt: skip
    with History(tmp_path) as history:
        report, (lease,) = history.report, list(history.leases())
    bills = report.files["invoices"]
    assert report.files["leases"]["without_id"] == 1
    assert (bills["rows"], bills["repeated"], bills["other_content"]) == (7, 1, 1)
    assert (bills["unreadable_date"], bills["amount_zero"]) == (1, 1)
    assert (report.without_bills, report.billed_unknown, report.with_gaps) == (1, 1, 1)
    assert (report.matched_share, report.paid_share, report.trifling_bills) == (0.5, 0.5, 1)
    assert lease.invoices[0] == Row("1", date(2025, 12, 31), 700_000)
    assert lease.payments == [Row("1", date(2025, 12, 30), 700_000)]


def test_letters_of_windows_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    write(tmp_path, leases=["Å1;2020-01-01;7000"], invoices=["Å1;1;;2025-12-31;7000"])
    text = (tmp_path / "leases.csv").read_text("utf-8")
    (tmp_path / "leases.csv").write_bytes(text.encode("cp1252"))
    bills = (tmp_path / "invoices.csv").read_text("utf-8")
    (tmp_path / "invoices.csv").write_bytes(bills.encode("utf-8-sig"))
    with History(tmp_path) as history:
        assert [lease.lease_id for lease in history.leases()] == ["Å1"]


@pytest.mark.parametrize("due_on", ["2026-01-31", "2026-01-30", "2026-01-27", "2026-02-05"])
def test_a_bill_keeps_the_day_that_the_landlord_gave_it(tmp_path: Path, due_on: str) -> None:
    write(tmp_path, leases=["A;2020-01-01;7000"], invoices=[f"A;1;2026-02;{due_on};7000"])
    with History(tmp_path) as history:
        (rented,) = history.leases()
    lease = Lease("x")
    for on, event in told(rented):
        fold(lease, event, on)
    (line,) = settle(lease.account, lease.started_on).lines
    assert line.due_on == date.fromisoformat(due_on)


def test_a_home_rented_since_before_the_calendar_of_the_law_is_kept(tmp_path: Path) -> None:
    bill, paid = "A;1;2026-02;2026-01-31;7000", "A;1;2026-01-30;7000"
    write(tmp_path, leases=["A;1971-04-01;7000"], invoices=[bill], payments=[paid])
    with History(tmp_path) as history:
        (rented,) = history.leases()
    lease = Lease("x")
    for on, event in told(rented):
        fold(lease, event, on)
    assert lease.started_on == date(1971, 4, 1)
    assert lease.account.balance_ore == 0


def test_events_are_told_in_order_the_registration_first(tmp_path: Path) -> None:
    write(
        tmp_path,
        leases=["A;2026-03-01;7000"],
        invoices=["A;1;2026-02;2026-01-31;7000"],
        payments=["A;1;2026-01-05;7000", "A;2;2026-01-20;7000"],
    )
    with History(tmp_path) as history:
        (rented,) = history.leases()
    days = [on for on, _ in told(rented)]
    kinds = [type(event.data) for _, event in told(rented)]
    assert days == sorted(days)
    assert kinds == [facts.LeaseRegistered, facts.RentPaid, facts.RentInvoiced, facts.RentPaid]


def test_lease_ids_that_differ_only_in_a_long_tail_stay_two_leases(tmp_path: Path) -> None:
    ids = ["z" * 120 + end for end in "ab"] + ["short"]
    write(
        tmp_path,
        leases=[f"{one};2020-01-01;7000" for one in ids],
        invoices=[f"{one};1;2026-02;2026-01-31;7000" for one in ids],
    )
    with History(tmp_path) as history:
        found = [lease_id for lease_id, _ in history.lives()]
    assert len(set(found)) == 3
    assert max(map(len, found)) == 100
    assert f"{ORGNR}:short" in found
