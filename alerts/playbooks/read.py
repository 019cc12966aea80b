"""Reads a playbook's TOML; all that is wrong is told at once, with file, key and mend."""

import re
import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from alerts.playbooks.check import check
from alerts.playbooks.language import Playbook

_AT = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>\$[^`]*)`)?$", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(?P<name>[^`]+)`")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>[^`]+)`")
_ENUM = re.compile(r"Invalid enum value (?P<value>.+)")


class PlaybookError(Exception):
    """A playbook cannot be used; `faults` has a sentence for each thing to mend."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def read(text: str, file: str) -> Playbook:
    """The playbook in `text`; `file` names it in what is told. `PlaybookError` if it cannot be
    used."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        why = f"{file}: this is not TOML: {error}: mend that line, then check again"
        raise PlaybookError([why]) from None
    faults: list[str] = []
    while True:
        try:
            playbook = msgspec.convert(raw, Playbook)
        except msgspec.ValidationError as error:
            key, told = _told(str(error))
            faults.append(f"{file}: {key}: {told}" if key else f"{file}: {told}")
            if not _leave_out(raw, str(error)):
                break
        else:
            if not faults:
                faults = [f"{file}: {fault}" for fault in check(playbook)]
            break
    if faults:
        raise PlaybookError(faults)
    return playbook


def _told(error: str) -> tuple[str, str]:
    """The key at fault, and what is wrong there and how to mend it."""
    found = _AT.match(error)
    assert found is not None
    what, path = found["what"], (found["path"] or "$").removeprefix("$").removeprefix(".")
    path = re.sub(r"\[\.\.\.\]", "", path)
    if (missing := _MISSING.match(what)) is not None:
        name = missing["name"]
        return _join(path, name), f"is missing: add `{name} = ...`{_form(path, name)}"
    if (unknown := _UNKNOWN.match(what)) is not None:
        name = unknown["name"]
        return _join(path, name), f"is no key here: {_meant(name, _keys(path), 'take it away')}"
    if (enum := _ENUM.match(what)) is not None:
        value = enum["value"].strip("'\"")
        return path, f"{value!r} is none of its values: {_meant(value, _values(path), '')}"
    return path, f"{what[:1].lower()}{what[1:]}: write such a value"


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _meant(name: str, known: Iterable[str], otherwise: str) -> str:
    known = list(known)
    close = get_close_matches(name, known, n=1)
    if close:
        return f"write `{close[0]}`"
    either = f"{otherwise}, or use" if otherwise else "use"
    return f"{either} one of {', '.join(known)}"


def _form(path: str, name: str) -> str:
    values = _values(_join(path, name))
    return f", one of {', '.join(values)}" if values else ""


def _keys(path: str) -> list[str]:
    kind = _type_at(path)
    return (
        list(kind.__struct_fields__) if isinstance(kind, type) and issubclass(kind, Struct) else []
    )


def _values(path: str) -> list[str]:
    return _literals(_type_at(path))


def _literals(kind: Any) -> list[str]:
    if get_origin(kind) is Literal:
        return [str(value) for value in get_args(kind)]
    found = [_literals(part) for part in get_args(kind)]
    return next((values for values in found if values), [])


def _type_at(path: str) -> Any:
    """The type of what stands at a key's path, as `steps[2].audience.ages`."""
    kind: Any = Playbook
    for part in [part for part in re.split(r"\.|\[\d*\]", path) if part]:
        kind = _struct_in(kind)
        if kind is None:
            return None
        kind = get_type_hints(kind).get(part)
    inner = _struct_in(kind)
    return inner if inner is not None else kind


def _struct_in(kind: Any) -> type[Struct] | None:
    if isinstance(kind, type) and issubclass(kind, Struct):
        return kind
    if get_origin(kind) in (list, Union, UnionType):
        return next((one for part in get_args(kind) if (one := _struct_in(part))), None)
    return None


def _leave_out(raw: dict[str, Any], error: str) -> bool:
    """Take away what is at fault, so that the next fault is told too; False where nothing can be
    read any further."""
    found = _AT.match(error)
    assert found is not None
    unknown = _UNKNOWN.match(found["what"])
    if unknown is None:
        return False
    at: Any = raw
    for name, index in re.findall(r"\.(\w+)|\[(\d+)\]", found["path"] or "$"):
        try:
            at = at[name] if name else at[int(index)]
        except (KeyError, IndexError, TypeError):
            return False
    return isinstance(at, dict) and at.pop(unknown["name"], None) is not None
