"""The `bokvar` command: one thin function a verb, loaded when it is asked for."""

import gc
import sys
from importlib import import_module
from typing import Any

import typer

from streams.quiet.logs import fault, install

COMMANDS = {
    "demo": "streams.cli.demo:demo",
    "broker": "streams.cli.broker:broker",
    "init": "streams.cli.init:init",
    "upgrade": "streams.cli.upgrade:upgrade",
    "worker": "streams.cli.worker:worker",
    "relay": "streams.cli.relay:relay",
    "scheduler": "streams.cli.scheduler:scheduler",
    "web": "streams.cli.web:web",
    "status": "streams.cli.status:status",
    "publish": "streams.cli.publish:publish",
    "tasks": "streams.cli.tasks:tasks",
    "case": "streams.cli.case:app",
    "plan": "streams.cli.plan:plan",
    "meetings": "streams.cli.meetings:meetings",
    "lease": "streams.cli.lease:app",
    "guarantee": "streams.cli.guarantee:app",
    "letter": "streams.cli.letter:app",
    "checkpoint": "streams.cli.checkpoint:checkpoint",
    "audit": "streams.cli.audit:app",
    "verify": "streams.cli.verify:verify",
    "deadletters": "streams.cli.deadletters:app",
    "refused": "streams.cli.refused:app",
    "deadlines": "streams.cli.deadlines:deadlines",
    "riksnorm": "streams.cli.riksnorm:riksnorm",
    "simulate": "streams.cli.simulate:simulate",
    "playbook": "streams.cli.playbook:app",
    "train": "streams.cli.train:train",
    "backtest": "streams.cli.backtest:backtest",
    "model": "streams.cli.model:app",
    "try": "streams.cli.try_events:try_",
}


def build(names: list[str]) -> typer.Typer:
    """The command line with the commands `names`."""
    app = typer.Typer(
        name="bokvar",
        help="Bokvar, an early-warning service against eviction.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    for name in names:
        module, _, attribute = COMMANDS[name].partition(":")
        found = getattr(import_module(module), attribute)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name)(found)
    return app


def _loaded(names: list[str]) -> typer.Typer:
    """The command line. Nothing of a program that is loaded becomes garbage: it is looked through
    neither meanwhile, which took a fifth of a command's start, nor at any collection later."""
    gc.disable()
    app = build(names)
    gc.freeze()
    gc.enable()
    return app


def _root() -> None:
    """Bokvar, an early-warning service against eviction."""


def main() -> None:
    """Run the command line; only the command asked for is loaded. A fault of ours ends it with
    status 1, without a word of what was sent."""
    install()
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        _loaded([asked] if asked in COMMANDS else list(COMMANDS))()
    except Exception as error:  # typer has put its own hook before ours
        sys.stderr.write(f"bokvar: {fault(error)}\n")
        raise SystemExit(1) from None


def __getattr__(name: str) -> Any:
    if name == "app":
        return build(list(COMMANDS))
    raise AttributeError(name)
