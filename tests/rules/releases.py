"""The next release: a copy of the sources in which a few places differ."""

import shutil
from pathlib import Path
from typing import NamedTuple

from alerts.rules import rules
from tests.chaos.guards import Edit
from tests.processes import ROOT

ROOMS = ("models", "alerts", "streams")
CONSTANT = Edit("alerts/cases/duties.py", "SECURE_AFTER = 3 ", "SECURE_AFTER = 4 ")
PLAYBOOK = Edit(
    "alerts/playbooks/shipped/sodertalje.toml", 'within = "2 working', 'within = "4 working'
)
SENTENCE = Edit("alerts/language/sv.toml", 'letter_rent = "Skicka ', 'letter_rent = "Skicka ett ')
FOLD = Edit("alerts/rules/rules.py", f"FOLD = {rules.FOLD} ", f"FOLD = {rules.FOLD + 1} ")


class Release(NamedTuple):
    """Where the sources of a release are."""

    root: Path

    @property
    def environment(self) -> dict[str, str]:
        """What makes a `bokvar` command one of this release."""
        return {"PYTHONPATH": str(self.root)}


THIS = Release(ROOT)


def changed(folder: Path, *edits: Edit) -> Release:
    """A release in `folder` that differs from this one in `edits` alone."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    for edit in edits:
        edit.apply(folder)
    return Release(folder)
