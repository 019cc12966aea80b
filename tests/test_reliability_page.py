"""The page that promises reliability names every fault that the suite knows."""

from tests.chaos import running
from tests.chaos.faults import FAULTS
from tests.processes import ROOT


def test_every_fault_of_the_suite_is_in_the_table_with_what_must_hold() -> None:
    assert running.__doc__, "importing it makes every fault known"
    page = (ROOT / "docs" / "reliability.md").read_text()
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    missing = [
        name
        for name, fault in FAULTS.items()
        if not any(row.startswith(f"| {name} | {fault.promise} |") for row in rows)
    ]
    assert not missing
