"""Files that were written otherwise than they should be: read, or refused in one sentence."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from alerts.learning.export_files import ExportError
from alerts.learning.history import History
from streams.cli import build
from streams.cli.learning_print import report_lines
from tests.learning.exports import write

LEASES = [f"Å{number};2020-01-01;7000" for number in range(20)]
BILLS = [f"Å{number};1;2026-01;2025-12-31;7000" for number in range(20)]
PAID = [f"Å{number};{number};2025-12-30;7000" for number in range(20)]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    return write(tmp_path / "export", leases=LEASES, invoices=BILLS, payments=PAID)


def paid(folder: Path) -> int:
    with History(folder) as history:
        return sum(len(lease.payments) for lease in history.leases())


def raw_lines(folder: Path) -> list[bytes]:
    return (folder / "payments.csv").read_bytes().splitlines()


def rewrite(folder: Path, lines: list[bytes]) -> None:
    (folder / "payments.csv").write_bytes(b"\n".join(lines) + b"\n")


@pytest.mark.parametrize("place", [b'"L1;P1;2025-12-30;7000', b'L1;"P1;2025-12-30;7000'])
def test_a_stray_quotation_mark_is_named_with_its_line_and_nothing_is_learnt(
    export: Path, place: bytes
) -> None:
    lines = raw_lines(export)
    rewrite(export, [*lines[:4], place, *lines[4:]])
    found = CliRunner().invoke(build(["backtest"]), ["backtest", "--history", str(export)])
    assert found.exit_code == 1
    assert "payments.csv, line 5, opens a quotation mark" in " ".join(found.stderr.split())


def test_quoted_fields_with_marks_in_them_are_read(export: Path) -> None:
    lines = raw_lines(export)
    rewrite(export, [*lines, b'"\xc3\x851";"a;""b""";"2025-12-30";"7 000,00"'])
    assert paid(export) == 21


def test_a_field_that_no_line_could_hold_is_named_with_its_line(export: Path) -> None:
    rewrite(export, [*raw_lines(export), b"A;" + b"x" * 200_000 + b";2025-12-30;1"])
    with pytest.raises(ExportError, match=r"payments\.csv, line 22, cannot be read"):
        History(export)


def test_lines_of_windows_letters_far_down_in_a_file_of_utf_8_are_read(export: Path) -> None:
    lines = raw_lines(export)
    rest = [f"Å1;R{number};2025-12-30;1".encode() for number in range(5000)]
    rewrite(export, [*lines, *rest, "Å1;Påminn;2025-12-30;1".encode("cp1252")])
    assert paid(export) == 5021


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_is_read_in_other_letters_and_with_other_line_ends(
    export: Path, encoding: str, end: str
) -> None:
    lines = [line.decode() for line in raw_lines(export)]
    (export / "payments.csv").write_bytes(end.join(lines).encode(encoding))
    assert paid(export) == 20


def test_letters_that_cannot_be_read_are_said_with_their_line(export: Path) -> None:
    rewrite(export, [*raw_lines(export), b"A;\x81\xe5;2025-12-30;1"])
    with pytest.raises(ExportError, match="from line 22 on: its letters are neither UTF-8 nor"):
        History(export)


def test_utf_16_without_its_mark_is_refused_with_what_is_asked_for(export: Path) -> None:
    text = (export / "payments.csv").read_text("utf-8")
    (export / "payments.csv").write_bytes(text.encode("utf-16-le"))
    with pytest.raises(ExportError, match=r"has no column lease_id: .* \(in UTF-8"):
        History(export)


def test_utf_16_that_breaks_off_is_refused(export: Path) -> None:
    text = (export / "payments.csv").read_text("utf-8")
    (export / "payments.csv").write_bytes(text.encode("utf-16")[:-1])
    with pytest.raises(ExportError, match="no UTF-16"):
        History(export)


def test_rows_with_more_or_fewer_fields_than_columns_are_counted_and_left_out(
    export: Path,
) -> None:
    lines = raw_lines(export)
    rewrite(export, [*lines, b"A;90;2025-12-30;7845;50", b"A;91", b"A;92;2025-12-30;7845;;"])
    with History(export) as history:
        assert history.report.files["payments"]["other_number_of_fields"] == 2
        assert history.report.files["payments"]["rows"] == 23


def test_a_file_with_bare_decimal_commas_between_commas_is_refused(export: Path) -> None:
    lines = [line.replace(b";", b",") for line in raw_lines(export)]
    rewrite(export, [lines[0], *lines[1:11], *(line + b",50" for line in lines[11:])])
    with pytest.raises(ExportError, match=r"payments: 10 of 20 rows have more or fewer fields"):
        History(export)


def slashed(folder: Path, *dates: str) -> None:
    lines = raw_lines(folder)[:1]
    rewrite(folder, lines + [f"A;{n};{day};1".encode() for n, day in enumerate(dates)])


def test_dates_with_the_month_before_the_day_are_refused(export: Path) -> None:
    slashed(export, "1/2/2026", "1/31/2026", "02/28/2026", "31/1/2026")
    with pytest.raises(ExportError, match=r"payments: 2 dates have the month before the day"):
        History(export)


def test_dates_with_the_day_first_are_read_and_a_slip_among_them_counted(export: Path) -> None:
    slashed(export, "1/2/2026", "31/1/2026", "28/02/2026", "1/31/2026")
    with History(export) as history:
        assert history.report.files["payments"]["unreadable_date"] == 1
        assert history.report.through == "2026-02-28"


def test_leases_without_payments_and_without_rent_are_counted_and_said(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "export",
        leases=["A;2020-01-01;0", "B;2020-01-01;7000", "C;2020-01-01;-5"],
        invoices=["A;1;;2025-12-31;7000", "B;1;;2025-12-31;7000"],
        payments=["B;1;2025-12-30;7000"],
    )
    with History(folder) as history:
        report = history.report
    assert (report.without_payments, report.without_rent, report.without_bills) == (1, 2, 1)
    said = " ".join(report_lines(report))
    assert "1 leases with bills and no payment" in said
    assert "2 leases whose rent in leases.csv is 0 or below" in said
