"""The three files of a landlord's export: found, opened and read row by row (docs/training.md)."""

import csv
from collections.abc import Iterator
from pathlib import Path

from alerts.learning.text_lines import ExportError, text_lines

FILES = {
    "leases": ("lease_id", "started_on", "rent"),
    "invoices": ("lease_id", "invoice_id", "due_on", "amount"),
    "payments": ("lease_id", "payment_id", "booked_on", "amount"),
}
_MARKS = ";,\t"


def rows(folder: Path, name: str) -> Iterator[dict[str, str] | None]:
    """The rows of one of `FILES`, each by column; None for one that has more or fewer fields than
    there are columns. With comma, semicolon or tab between. `ExportError` without the file or one
    of its columns, or when it cannot be read."""
    path = find(folder, name)
    lines = text_lines(path)
    _, head = next(lines, (1, ""))
    if not head.strip():
        raise ExportError(f"{path.name} is empty: its first line names the columns")
    mark = max(_MARKS, key=head.count)
    columns = [column.lower() for column in _fields(path, 1, head, mark)]
    missing = [column for column in FILES[name] if column not in columns]
    if missing:
        raise ExportError(
            f"{path.name} has no column {missing[0]}: its first line must name "
            f"{', '.join(FILES[name])} (in UTF-8, with comma, semicolon or tab between)"
        )
    for number, line in lines:
        fields = _fields(path, number, line, mark)
        if any(fields):
            yield _by_column(columns, fields)


def _fields(path: Path, number: int, line: str, mark: str) -> list[str]:
    """The fields of one line, by itself: no field may hold a line break, else a stray quotation
    mark would take all that follows into one field."""
    try:
        (fields,) = csv.reader([line + "\n"], delimiter=mark)
    except csv.Error as error:
        raise ExportError(
            f"{path.name}, line {number}, cannot be read: {error}; mend it or export it anew"
        ) from None
    if any("\n" in field for field in fields):
        raise ExportError(
            f"{path.name}, line {number}, opens a quotation mark and does not close it: mend that "
            "line; no field may hold a line break"
        )
    return [field.strip() for field in fields]


def _by_column(columns: list[str], fields: list[str]) -> dict[str, str] | None:
    """None unless each column has its field; empty ones behind the last are a line's end."""
    count = len(columns)
    if len(fields) < count or any(fields[count:]):
        return None
    return dict(zip(columns, fields, strict=False))


def find(folder: Path, name: str) -> Path:
    """The file of that name in the folder, packed or not."""
    for path in (folder / f"{name}.csv", folder / f"{name}.csv.gz"):
        if path.is_file():
            return path
    raise ExportError(
        f"{folder} has no {name}.csv or {name}.csv.gz: an export is a folder with "
        "leases.csv, invoices.csv and payments.csv"
    )


__all__ = ["FILES", "ExportError", "find", "rows"]
