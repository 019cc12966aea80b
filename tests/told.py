"""What the processes of a failed test had written, for whoever reads its failure."""

from collections.abc import Iterator
from pathlib import Path

import pytest

_SUFFIXES = {".log", ".err"}
_MOST_FILES, _LAST_LINES = 8, 30


def tell(item: pytest.Item, report: pytest.TestReport) -> None:
    """Add the ends of what the test's processes wrote to the report of its failure."""
    folder = getattr(item, "funcargs", {}).get("tmp_path")
    if report.failed and isinstance(folder, Path):
        report.sections += list(_ends(folder))


def _ends(folder: Path) -> Iterator[tuple[str, str]]:
    """The newest files first; their names, and their last lines."""
    found = [file for file in folder.rglob("*") if file.suffix in _SUFFIXES and file.is_file()]
    for file in sorted(found, key=lambda one: one.stat().st_mtime, reverse=True)[:_MOST_FILES]:
        lines = file.read_text("utf-8", errors="replace").splitlines()[-_LAST_LINES:]
        if lines:
            yield f"end of {file.relative_to(folder)}", "\n".join(lines)
