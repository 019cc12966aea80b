"""What `bokvar try` makes of a file of events in `data`."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from streams.cli import build

DATA = Path(__file__).parent / "data"
_RUNNER, _APP = CliRunner(), build(["try"])


def tried(name: str, lease_id: str | None = None, to: date | None = None) -> dict[str, Any]:
    """The answer as JSON, with the page of a lease if one is named, without the town's meetings."""
    more = ["--lease", lease_id] if lease_id is not None else []
    more += ["--to", str(to)] if to is not None else []
    ran = _RUNNER.invoke(_APP, ["try", "--json", str(DATA / f"{name}.jsonl"), *more])
    assert ran.exit_code == 0, ran.output
    found: dict[str, Any] = json.loads(ran.stdout)
    found["open"] = [task for task in found["open"] if task["lease_id"] is not None]
    return found
