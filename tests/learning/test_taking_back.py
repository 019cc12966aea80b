"""Credits and returned payments of an export: what each takes back, and what it does."""

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from alerts.learning.history import History
from alerts.learning.learnt import learnt
from alerts.learning.taking_back import Row, credits, returns, unmatched
from alerts.learning.telling import told
from alerts.learning.validation import Report
from models.contract import facts
from models.lease.fold import fold
from models.lease.state import Lease
from models.risk.outcome import HORIZON
from tests.learning import exports
from tests.learning.exports import write


def row(key: str, month: int, ore: int, day: int = 1) -> Row:
    return Row(key, date(2026, month, day), ore)


def credited(*bills: Row) -> list[tuple[str, str]]:
    return [(credit.id, bill.id) for credit, bill in credits(bills)]


def returned(*payments: Row) -> list[tuple[str, str | None]]:
    return [(taken.id, of.id if of else None) for taken, of in returns(payments)]


JANUARY, FEBRUARY, MARCH = row("1", 1, 700), row("2", 2, 900), row("3", 3, 700)


@pytest.mark.parametrize(
    ("credit", "bill"),
    [
        (row("c", 2, -700, 20), "1"),  # the same amount before a newer and larger one
        (row("c", 3, -700), "3"),  # of the same amounts the newest, its own day too
        (row("c", 3, -800, 9), "2"),  # none is the same: the newest that is as large
        (row("c", 3, -100, 9), "3"),
        (row("1", 3, -700, 9), "1"),  # its own number says it
    ],
)
def test_a_credit_is_of_the_bill_that_it_fits_best(credit: Row, bill: str) -> None:
    assert credited(JANUARY, FEBRUARY, MARCH, credit) == [(credit.id, bill)]


def test_a_bill_is_credited_no_further_than_its_amount() -> None:
    twice = [JANUARY, row("c", 1, -700, 2), row("d", 1, -700, 3), row("e", 1, -1, 4)]
    assert credited(*twice) == [("c", "1")]
    assert unmatched(twice, credits(twice)) == 2


def test_a_credit_of_a_bill_that_is_sent_and_not_yet_due_is_of_that_bill() -> None:
    assert credited(row("c", 1, -900, 20), FEBRUARY) == [("c", "2")]
    assert credited(row("c", 1, -800, 20), FEBRUARY) == []


def test_a_credit_before_every_bill_and_one_that_is_too_large_fit_none() -> None:
    assert credited(row("c", 1, -700), FEBRUARY) == []
    assert credited(JANUARY, row("c", 2, -701)) == []


def test_a_negative_payment_takes_back_the_newest_of_its_amount_whole_and_once() -> None:
    paid = [JANUARY, FEBRUARY, MARCH]
    assert returned(*paid, row("r", 4, -700), row("s", 4, -700, 2)) == [("r", "3"), ("s", "1")]


def test_a_negative_payment_takes_back_the_one_with_its_own_id_before_a_newer_one() -> None:
    assert returned(JANUARY, MARCH, row("1", 4, -700)) == [("1", "1")]


def test_a_negative_payment_of_another_amount_is_money_that_went_back() -> None:
    assert returned(JANUARY, FEBRUARY, row("r", 4, -1000)) == [("r", None)]
    assert returned(JANUARY, FEBRUARY, row("r", 4, -200), row("s", 4, -900, 2)) == [
        ("r", None), ("s", None),
    ]  # fmt: skip


def test_more_than_was_held_is_left_out() -> None:
    assert returned(JANUARY, FEBRUARY, row("r", 1, -701, 9), row("s", 4, -1601)) == []


def lived(folder: Path, **files: list[str]) -> tuple[Report, Lease, list[type]]:
    """The report of an export of one lease, the lease at its end, and the kinds of its events."""
    write(folder, leases=["A;2020-01-01;7000"], **files)
    with History(folder) as history:
        report, (rented,) = history.report, list(history.leases())
    lease, events = Lease("x"), told(rented)
    for on, event in events:
        fold(lease, event, on)
    return report, lease, [type(event.data) for _, event in events]


def test_a_bill_that_is_credited_and_billed_anew_leaves_nothing_owed(tmp_path: Path) -> None:
    bills = ["A;1;;2025-12-31;7000", "A;1;;2026-01-05;-7000", "A;2;;2026-01-31;7100"]
    report, lease, kinds = lived(tmp_path, invoices=bills, payments=["A;1;2026-01-30;7100"])
    assert lease.account.balance_ore == 0
    assert kinds.count(facts.RentCredited) == 1
    assert (report.credits, report.unmatched_credits) == (1, 0)
    assert (report.paid_share, report.trifling_bills) == (1.0, 0)


def test_a_payment_that_went_back_is_owed_again_whole_or_in_part(tmp_path: Path) -> None:
    bills = ["A;1;;2025-12-31;7000", "A;2;;2026-01-31;7000"]
    paid = ["A;1;2025-12-30;7000", "A;2;2026-01-30;7000", "A;2;2026-02-03;-7000"]
    report, lease, kinds = lived(tmp_path, invoices=bills, payments=[*paid, "A;3;2026-02-04;-500"])
    assert lease.account.balance_ore == 750_000
    assert kinds[-2:] == [facts.RentPaymentReversed, facts.RentRefunded]
    assert (report.returns, report.unmatched_returns, report.paid_share) == (2, 0, 0.4643)


def test_what_takes_back_nothing_that_is_known_is_counted_and_not_told(tmp_path: Path) -> None:
    bills = ["A;0;;2025-11-30;-7000", "A;1;;2025-12-31;7000"]
    report, lease, kinds = lived(tmp_path, invoices=bills, payments=["A;1;2025-12-30;-7000"])
    assert (report.unmatched_credits, report.unmatched_returns) == (1, 1)
    assert kinds == [facts.LeaseRegistered, facts.RentInvoiced]
    assert lease.account.balance_ore == 700_000


def troubled(folder: Path) -> float:
    """The share of looks that came into trouble."""
    with History(folder) as history:
        return float(learnt(history, HORIZON, lambda: None).hit.mean())


def changed(folder: Path, to: Path, name: str, every: int) -> Path:
    """The same export, with every so many rows of a file taken back; bills are billed anew."""
    copytree(folder, to)
    file = to / f"{name}.csv"
    head, *rows = file.read_text("utf-8").splitlines()
    for row in rows[::every]:
        lease, key, *rest, amount = row.split(";")
        rows.append(";".join([lease, key, *rest, f"-{amount}"]))
        if name == "invoices":
            rows.append(";".join([lease, f"{key}n", *rest, amount]))
    file.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return to


def test_bills_credited_and_billed_anew_change_no_share_of_trouble_returned_payments_do(
    tmp_path: Path,
) -> None:
    plain = exports.lived(tmp_path / "plain", leases=60)
    usual = troubled(plain)
    assert troubled(changed(plain, tmp_path / "credited", "invoices", 20)) == usual
    assert troubled(changed(plain, tmp_path / "returned", "payments", 20)) > usual * 1.2
