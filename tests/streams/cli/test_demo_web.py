"""The demo serves the worklist where a person sits, and ends by itself where none does."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from alerts.web.links import link
from tests.processes import ROOT, BokvarProcess
from tests.web.forms import form

SMALL = ("demo", "--leases", "40", "--days", "70")
PLACE = re.compile(r"The worklist: (http://127\.0\.0\.1:[0-9]+)")

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(240)]


def test_without_a_terminal_it_ends_by_itself_and_serves_nothing(
    bokvar: Callable[..., BokvarProcess],
) -> None:
    demo = bokvar(*SMALL)
    assert demo.wait(200) == 0
    assert "different 0" in demo.output
    assert "The worklist:" not in demo.output


def test_at_a_terminal_it_serves_until_interrupted_and_what_is_done_there_is_folded(
    tmp_path: Path,
) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "streams.cli", *SMALL, "--data", str(tmp_path / "demo")]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BOKVAR_D")}
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env={**kept, "PYTHONPATH": str(ROOT)}
    )
    os.close(theirs)
    try:
        url = _served_at(ours, process)
        anna = requests.Session()
        anna.headers["origin"] = url
        anna.post(url + link("login_as"), data={"subject": "anna"}, timeout=20)
        page = anna.get(url + link("everyone"), timeout=20).text
        report = re.search(r'href="(/case/[^"]+/report/[^"]+)"', page)
        assert report is not None
        asked = anna.get(url + report[1], timeout=20).text
        action = report[1].rpartition("/")[0]
        fields = form(asked, action) | {"outcome": "reached"}
        answer = anna.post(url + action, data=fields, timeout=30)
        assert answer.status_code == 200
        assert "later" not in answer.url
        assert "Sparat." in answer.text
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _served_at(terminal: int, process: "subprocess.Popen[bytes]") -> str:
    """The address that the demo tells at the terminal."""
    said, until = "", time.monotonic() + 200
    while time.monotonic() < until:
        if select.select([terminal], [], [], 1.0)[0]:
            said += os.read(terminal, 1 << 16).decode(errors="replace")
        if found := PLACE.search(said):
            return found[1]
        assert process.poll() is None, said[-2000:]
    raise AssertionError(said[-2000:])
