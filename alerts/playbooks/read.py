"""Reads a playbook's TOML; all that is wrong is told at once, with file, key and mend."""

import re
import tomllib
from typing import Any

import msgspec

from alerts.playbooks.check import check
from alerts.playbooks.language import Playbook
from alerts.playbooks.shape import faults, without

_LINE = re.compile(r"\(at line (\d+)")
MOST = 200_000  # characters of a file; a playbook has some thousands


class PlaybookError(Exception):
    """A playbook cannot be used; `faults` has a sentence for each thing to mend."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read(text: str, file: str) -> Playbook:
    """The playbook in `text`; `file` names it in what is told. `PlaybookError` if it cannot be
    used."""
    raw = _toml(text, file)
    found = faults(raw, Playbook)
    told = [f"{file}: {fault.key}: {fault.told}" for fault in found]
    playbook = _convert(raw if not found else without(raw, found))
    if playbook is not None:
        told += [f"{file}: {fault}" for fault in check(playbook)]
    if told or playbook is None:
        raise PlaybookError(told)
    return playbook


def _toml(text: str, file: str) -> dict[str, Any]:
    if len(text) > MOST:
        why = f"is longer than {MOST:,} characters: a playbook is not, so name another file"
        raise PlaybookError([f"{file}: {why}"])
    try:
        raw = tomllib.loads(text.removeprefix("\ufeff"))  # which some editors put first
    except RecursionError:
        raise PlaybookError([f"{file}: brackets stand too deep in each other: mend them"]) from None
    except tomllib.TOMLDecodeError as error:
        raise PlaybookError([f"{file}: {_not_toml(str(error), text)}"]) from None
    except ValueError:
        raise PlaybookError([f"{file}: a number has thousands of digits: mend it"]) from None
    if not raw:
        raise PlaybookError(
            [f"{file}: there is nothing in it: begin with what `bokvar playbook new` writes"]
        )
    return raw


def _not_toml(why: str, text: str) -> str:
    """What keeps a text from being TOML, with the line where that shows."""
    at = _LINE.search(why)
    lines = text.splitlines()
    number = int(at[1]) if at is not None else len(lines)
    line = lines[number - 1].strip()[:60] if 0 < number <= len(lines) else ""
    where = f", in {line}" if line else ""
    return (
        f"this is not TOML: {why}{where}: mend it there or just above; texts and codes stand in "
        "double quotes, lists in brackets"
    )


def _convert(raw: dict[str, Any]) -> Playbook | None:
    """The playbook, as far as it can be read; None where what it needs is not there."""
    try:
        return msgspec.convert(raw, Playbook)
    except msgspec.ValidationError:
        return None
