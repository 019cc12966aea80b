"""`python -m tests.chaos.mutate`: switch each guard off in a copy, and see the suite fail.

A guard's tests must pass on an unchanged copy, for a test that fails anyway proves nothing; then,
in a copy without the guard, one of them must fail. Names of guards as arguments try only those.
The last line is one JSON object: true for each guard whose absence was caught.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from tests.chaos.guards import GUARDS, Guard
from tests.processes import ROOT

COPIED = ("models", "alerts", "streams", "tests")
PATIENCE = 600.0  # seconds for one run of tests
_PASSED, _FAILED = 0, 1  # pytest's own codes; any other means that the tests did not run
_IMPORTED = "import alerts, models, streams, sys; print(alerts.__path__[0])"


class Outcome(NamedTuple):
    """What became of the tests on a copy; `told` is what the failure said."""

    code: int
    seconds: float
    told: str


class Verdict(NamedTuple):
    """The same tests with the guard and without it."""

    untouched: Outcome
    without: Outcome | None

    @property
    def caught(self) -> bool:
        """Did the tests pass with the guard, and fail without it?"""
        passed = self.untouched.code == _PASSED
        return passed and self.without is not None and self.without.code == _FAILED


def main(names: Sequence[str] = ()) -> int:
    """Try the guards `names`, or all; the exit code is 0 when every absence was caught."""
    console = Console(stderr=True)
    found = {}
    for guard in GUARDS:
        if not names or guard.name in names:
            console.print(f"without the guard {guard.name}: {guard.without} ...")
            untouched = run(None, guard.tests)
            without = run(guard, guard.tests) if untouched.code == _PASSED else None
            found[guard.name] = Verdict(untouched, without)
    console.print(table(found))
    caught = {name: verdict.caught for name, verdict in found.items()}
    print(json.dumps(caught), flush=True)
    return 0 if all(caught.values()) else 1


def run(guard: Guard | None, tests: Sequence[str]) -> Outcome:
    """Run tests on a copy of the source tree, without the guard if one is given."""
    with tempfile.TemporaryDirectory(prefix="bokvar-mutation-") as folder:
        copy = Path(folder) / "bokvar"
        copy_tree(copy)
        for edit in guard.edits if guard else ():
            edit.apply(copy)
        check_imports(copy)
        began = time.monotonic()
        done = python(copy, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests)
        return Outcome(done.returncode, time.monotonic() - began, last_words(done.stdout))


def copy_tree(copy: Path) -> None:
    """The packages and the settings of the tests; nothing in the work tree is ever changed."""
    for name in COPIED:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)


def check_imports(copy: Path) -> None:
    """RuntimeError unless Python takes the packages from the copy."""
    place = python(copy, "-c", _IMPORTED).stdout.strip()
    if Path(place).resolve() != (copy / "alerts").resolve():
        raise RuntimeError(f"the copy was not tested, but {place}: unset PYTHONPATH and try again")


def python(copy: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run this Python on the copy."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def last_words(output: str) -> str:
    """The first line of pytest's own about an error, or the end of what it said."""
    errors = [line[1:].strip() for line in output.splitlines() if line.startswith("E  ")]
    return errors[0][:200] if errors else output[-2000:]


def table(found: dict[str, Verdict]) -> Table:
    """For people."""
    shown = Table("guard switched off", "caught", "seconds", "what the test said")
    for name, (untouched, without) in found.items():
        outcome = without or untouched
        told = outcome.told if without else f"fails with the guard too: {outcome.told}"
        seconds = untouched.seconds + (without.seconds if without else 0.0)
        shown.add_row(name, "yes" if found[name].caught else "NO", f"{seconds:.0f}", told)
    return shown


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
