"""The headless Chromium inside the npm package @sparticuz/chromium: no root, no system packages."""

import io
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import brotli

from tests.browser.toolchain import Toolchain

# The libraries lie beside the program, for systems that have none. Its font is the only one that
# it sees, so that a text is equally wide on every machine.
_LAUNCHER = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")/chromium
export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
export FONTCONFIG_FILE="$here/own-fonts.conf"
exec "$here/headless_shell" "$@"
"""
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}/fonts</dir><cachedir>{folder}/font-cache</cachedir></fontconfig>
"""
_ANSWER_SECONDS = 60.0


def unpack(toolchain: Toolchain) -> None:
    """Put the program, its libraries and its font into the folder, with a launcher."""
    package = toolchain.modules / "@sparticuz" / "chromium" / "bin"
    folder = toolchain.folder / "chromium"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for archive in ("al2023", "fonts"):
        _extract(package / f"{archive}.tar.br", folder)
    (folder / "own-fonts.conf").write_text(_FONTS.format(folder=folder))
    _program(folder / "headless_shell", brotli.decompress((package / "chromium.br").read_bytes()))
    _program(toolchain.launcher, _LAUNCHER.encode())


def why_not_made_for_this_machine() -> str | None:
    """One sentence if the program was built for another kind of machine."""
    kind = f"{sys.platform} {platform.machine()}"
    return None if kind in ("linux x86_64", "linux AMD64") else _sentence(f"this is {kind}")


def why_it_does_not_run(launcher: Path) -> str | None:
    """One sentence if the unpacked program does not even tell its version."""
    try:
        told = subprocess.run(
            [launcher, "--version"], capture_output=True, text=True, timeout=_ANSWER_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return _sentence(type(error).__name__)
    if told.returncode == 0:
        return None
    return _sentence((told.stderr.strip().splitlines() or [f"exit code {told.returncode}"])[-1])


def _sentence(reason: str) -> str:
    return (
        "The Chromium that comes with the browser tests, for Linux on x86-64, does not run here "
        f"({reason}): to run those tests, name one that does in BOKVAR_CHROMIUM."
    )


def _extract(archive: Path, folder: Path) -> None:
    with tarfile.open(fileobj=io.BytesIO(brotli.decompress(archive.read_bytes()))) as files:
        if hasattr(tarfile, "data_filter"):  # not in the first releases of Python 3.11
            files.extractall(folder, filter="data")
        else:
            files.extractall(folder)


def _program(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    path.chmod(0o755)
