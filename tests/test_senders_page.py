"""The page for senders: every snippet of it runs, one after the other, against the whole system."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from streams.embedded.broker import Broker
from streams.embedded.broker.config import free_ports
from tests.processes import ROOT, BokvarProcess

PAGE = ROOT / "docs" / "senders.md"
SNIPPETS = re.compile(r"^```(python|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(300)]


def snippets(kind: str) -> list[str]:
    return [text for name, text in SNIPPETS.findall(PAGE.read_text("utf-8")) if name == kind]


@pytest.fixture
def environment(tmp_path: Path, sqlite_url: str) -> Iterator[dict[str, str]]:
    """A cluster of its own: the page names the topics as they are, with no prefix."""
    with Broker(tmp_path / "kafka") as broker:
        yield {
            "BOKVAR_KAFKA": broker.bootstrap,
            "BOKVAR_DATABASE": sqlite_url,
            "BOKVAR_DATA": str(tmp_path / "data"),
            "BOKVAR_LANGUAGE": "en",
            "BOKVAR_WEB_PORT": str(free_ports(1)[0]),
        }


def test_every_snippet_runs_and_prints_what_the_page_says(
    environment: dict[str, str], bokvar: Callable[..., BokvarProcess], tmp_path: Path
) -> None:
    assert bokvar("init", environment=environment).wait() == 0
    system = bokvar("worker", "--all", environment=environment)
    script = tmp_path / "sender.py"
    script.write_text("\n\n".join(snippets("python")), "utf-8")
    ran = subprocess.run(
        [sys.executable, str(script)],
        cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=200,
        check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:] + system.errors
    assert ran.stdout.strip() == snippets("text")[0].strip()
    assert system.exit_code is None, system.errors
