"""A short soak in every run of the suite; `make soak` runs a long one."""

import json
import subprocess
import sys

import pytest

from tests.processes import ROOT

MINUTES, SEED = 2, 7


@pytest.mark.chaos
@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.kafka
@pytest.mark.timeout(480)
def test_minutes_of_overlapping_faults_lose_double_and_change_nothing() -> None:
    command = [sys.executable, "-m", "tests.chaos.soak"]
    done = subprocess.run(
        [*command, "--minutes", str(MINUTES), "--seed", str(SEED)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=460,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    report = json.loads(done.stdout.strip().splitlines()[-1])
    assert (report["lost"], report["doubled"], report["different"]) == (0, 0, 0)
    assert report["seed"] == SEED
    assert report["faults"] == sum(report["faults_by_kind"].values()) >= 8
    assert report["events"] >= 2_000
    assert report["recovery_seconds_max"] > 0
    assert report["peak_rss_mb"] > 0
