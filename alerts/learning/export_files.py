"""The three files of a landlord's export: found, opened and read row by row (docs/training.md)."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO

FILES = {
    "leases": ("lease_id", "started_on", "rent"),
    "invoices": ("lease_id", "invoice_id", "due_on", "amount"),
    "payments": ("lease_id", "payment_id", "booked_on", "amount"),
}
_PROBE = 1 << 16


class ExportError(Exception):
    """An export that cannot be read; the text says which file, why and how to mend it."""


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The rows of one of `FILES`, each by column; .gz too, in UTF-8 or Windows' Latin letters, with
    comma, semicolon or tab between. `ExportError` without the file or one of its columns."""
    path = find(folder, name)
    try:
        with _opened(path) as lines:
            head = lines.readline()
            if not head.strip():
                raise ExportError(f"{path.name} is empty: its first line names the columns")
            mark = max(";,\t", key=head.count)
            columns = [
                column.strip().lower() for column in next(csv.reader([head], delimiter=mark))
            ]
            missing = [column for column in FILES[name] if column not in columns]
            if missing:
                raise ExportError(
                    f"{path.name} has no column {missing[0]}: its first line must name "
                    f"{', '.join(FILES[name])}"
                )
            for row in csv.reader(lines, delimiter=mark):
                if row:
                    yield dict(zip(columns, map(str.strip, row), strict=False))
    except (EOFError, gzip.BadGzipFile, csv.Error) as error:
        raise ExportError(f"{path.name} cannot be read: {error}; export it anew") from None


def find(folder: Path, name: str) -> Path:
    """The file of that name in the folder, packed or not."""
    for path in (folder / f"{name}.csv", folder / f"{name}.csv.gz"):
        if path.is_file():
            return path
    raise ExportError(
        f"{folder} has no {name}.csv or {name}.csv.gz: an export is a folder with "
        "leases.csv, invoices.csv and payments.csv"
    )


def _opened(path: Path) -> IO[str]:
    opener = gzip.open if path.suffix == ".gz" else open
    return opener(path, "rt", encoding=_encoding(path), newline="")


def _encoding(path: Path) -> str:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rb") as raw:
        probe = raw.read(_PROBE)
    try:
        probe[: probe.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
