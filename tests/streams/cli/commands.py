"""Runs a `bokvar` command in this process, with a world's environment: what it printed, and how
it ended."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
from typer.testing import CliRunner

from streams.cli import build
from tests.pump import World


class Ran(NamedTuple):
    """A command that has ended."""

    status: int
    output: str
    errors: str

    def json(self) -> Any:
        """Its whole output, which is one JSON value."""
        return msgspec.json.decode(self.output)


def run(world: World | Mapping[str, str], *arguments: str, given: bytes | None = None) -> Ran:
    """Run `bokvar` with `arguments`, and `given` as standard input; other faults are raised."""
    environment = world.environment if isinstance(world, World) else dict(world)
    app = build([arguments[0]])
    result = CliRunner().invoke(
        app, list(arguments), input=given, env=environment, catch_exceptions=False
    )
    return Ran(result.exit_code, result.stdout, result.stderr)
