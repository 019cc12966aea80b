"""A short soak on each database in every run of the suite, over as soon as every fault has struck
once; `make soak` runs a long one."""

import json
import subprocess
import sys

import pytest

from tests.chaos import running
from tests.chaos.faults import FAULTS
from tests.processes import ROOT

pytestmark = [pytest.mark.chaos, pytest.mark.kafka, pytest.mark.timeout(1820)]
assert running.__doc__, "importing it makes every fault known"


@pytest.mark.parametrize(
    ("kind", "options"),
    [pytest.param("postgresql", (), marks=pytest.mark.postgres), ("sqlite", ("--sqlite",))],
    ids=["postgresql", "sqlite"],
)
def test_every_fault_strikes_among_others_and_nothing_is_lost_doubled_or_different(
    kind: str, options: tuple[str, ...]
) -> None:
    command = [sys.executable, "-m", "tests.chaos.soak", "--seed", "7", "--minutes", "0"]
    done = subprocess.run(
        [*command, *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=1800,  # on a machine that is shared a window takes several times as long
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    report = json.loads(done.stdout.strip().splitlines()[-1])
    struck = report["faults_by_kind"]
    assert set(struck) == {name for name, fault in FAULTS.items() if fault.needs in (None, kind)}
    assert (report["lost"], report["doubled"], report["different"]) == (0, 0, 0)
    assert report["seed"] == 7
    assert report["faults"] == sum(struck.values())
    assert report["events"] >= 2_000
    assert report["recovery_seconds_max"] > 0
    assert report["peak_rss_mb"] > 0
