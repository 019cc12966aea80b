"""Exports of an invented landlord, as files."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

HEADS = {
    "leases": "lease_id;started_on;rent",
    "invoices": "lease_id;invoice_id;period;due_on;amount",
    "payments": "lease_id;payment_id;booked_on;amount",
}


def write(folder: Path, **files: list[str]) -> Path:
    """An export with these rows; a file that is not given has only its head."""
    folder.mkdir(exist_ok=True)
    for name, head in HEADS.items():
        text = "\n".join([head, *files.get(name, [])]) + "\n"
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return folder


def lived(folder: Path, leases: int = 120, months: int = 30) -> Path:
    """Some leases over some years; some come into strain, pay late, in part or not at all."""
    chance = Random(1)
    files: dict[str, list[str]] = {"leases": [], "invoices": [], "payments": []}
    for number in range(leases):
        rent, strain = chance.randint(50, 120) * 100, 0
        files["leases"].append(f"L{number};2020-01-01;{rent}")
        for month in range(months):
            year, of_year = 2022 + month // 12, month % 12 + 1
            due = date(year, of_year, 1) - timedelta(days=1)
            key = f"{number}-{month}"
            files["invoices"].append(f"L{number};I{key};{year}-{of_year:02};{due};{rent}")
            if number % 3 == 0 and chance.random() < 0.06:
                strain = chance.randint(2, 6)
            came, days = rent, chance.randint(-6, 0)
            if strain:
                strain -= 1
                days = chance.randint(0, 25)
                came = chance.choice([0, 0, rent // 2, rent])
            if came:
                on, kronor = due + timedelta(days=days), f"{came:,}".replace(",", " ")
                files["payments"].append(f"L{number};P{key};{on};{kronor},00")
    return write(folder, **files)
