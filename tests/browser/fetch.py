"""Fetch what the browser tests run with into .browser: `python -m tests.browser.fetch`.

With `--lock` it writes package-lock.json anew after a change of package.json instead.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.browser import headless_shell
from tests.browser.toolchain import (
    CHROMIUM,
    NODE,
    NPM,
    PACKAGES,
    SOURCE,
    Toolchain,
    named_chromium,
)

_COPIED = ("package.json", "package-lock.json", ".npmrc")


class FetchError(Exception):
    """What is needed could not be fetched; the text is one sentence for the user."""


def fetch(toolchain: Toolchain) -> None:
    """Fetch and unpack what is not there yet; nothing of Chromium if the user names one.

    A machine that cannot run our Chromium is told so, and is no error. Raises FetchError.
    """
    try:
        toolchain.folder.mkdir(parents=True, exist_ok=True)
        if not toolchain.has(PACKAGES):
            _fetch_packages(toolchain)
        if named_chromium() is None and not toolchain.has(CHROMIUM):
            _unpack_chromium(toolchain)
    except OSError as error:
        raise FetchError(f"{toolchain.folder} cannot be filled: {error}.") from error
    toolchain.finish(PACKAGES)
    if named_chromium() is None:
        toolchain.finish(CHROMIUM)


def _fetch_packages(toolchain: Toolchain) -> None:
    print("Fetching what the browser tests run with into .browser (once, 100 MB)...", flush=True)
    for name in _COPIED:
        shutil.copy(SOURCE / name, toolchain.folder / name)
    # No package may run a program of its own when it is installed.
    npm(toolchain.folder, "ci", "--ignore-scripts")
    toolchain.finish(PACKAGES)


def _unpack_chromium(toolchain: Toolchain) -> None:
    obstacle = headless_shell.why_not_made_for_this_machine()
    if obstacle is None:
        headless_shell.unpack(toolchain)
        obstacle = headless_shell.why_it_does_not_run(toolchain.launcher)
    if obstacle is None:
        toolchain.obstacle.unlink(missing_ok=True)
    else:
        print(obstacle, flush=True)
        toolchain.obstacle.write_text(obstacle)


def npm(folder: Path, *arguments: str) -> None:
    """Run npm in `folder`. Raises FetchError with npm's own reason."""
    command = [str(NODE), str(NPM), *arguments, "--loglevel=error", "--no-progress"]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if ended.returncode:
        told = [line.removeprefix("npm error ") for line in ended.stderr.splitlines()]
        reason = next((line for line in told if not line.startswith("code ")), "no reason given")
        raise FetchError(
            f"npm could not fetch the packages of the browser tests ({reason.rstrip('.')}): "
            "try again with the npm registry in reach; `make fast` does without them."
        )


def without_addresses(lock: Path) -> None:
    """Leave out of a lock whom to give money to: it holds hashes, and no address of anybody."""
    held = json.loads(lock.read_text("utf-8"))
    for package in held["packages"].values():
        package.pop("funding", None)
    lock.write_text(json.dumps(held, indent=2, ensure_ascii=False) + "\n", "utf-8")


def main(arguments: list[str]) -> int:
    """The exit code: 0, or 1 after one sentence on standard error."""
    try:
        if arguments == ["--lock"]:
            npm(SOURCE, "install", "--package-lock-only", "--ignore-scripts")
            without_addresses(SOURCE / "package-lock.json")
        else:
            fetch(Toolchain())
    except FetchError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
