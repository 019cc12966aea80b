"""Reads the staff file; all that is wrong is told at once, with file, key and mend."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from alerts.planning.hours import FORMS, read_hours
from alerts.planning.staff import Person, Staff, spelled
from alerts.playbooks.language import Actor
from alerts.playbooks.minutes import MINUTES, OUTSIDE

ROLES = tuple(role for role in get_args(Actor) if role not in OUTSIDE)
MOST_PEOPLE, MOST_MINUTES, LONGEST = 100, 480, 60
_PERSON = ("name", "role", "districts", "hours", "protected")
Fault = tuple[str, str]  # the key, and what is wrong there and how to mend it


class StaffError(Exception):
    """A staff file cannot be used; `faults` has a sentence for each thing to mend."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def from_file(path: Path) -> Staff:
    """The staff in a file. `StaffError` if it cannot be used."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise StaffError([f"{path}: this is not UTF-8: save it as UTF-8"]) from None
    except OSError as error:
        why = f"{path}: cannot be read ({error.strerror}): name the file of your staff"
        raise StaffError([why]) from None
    return read(text, str(path))


def read(text: str, file: str) -> Staff:
    """The staff in `text`; `file` names it in what is told. `StaffError` if it cannot be used."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        why = f"{file}: this is not TOML: {error}: mend that line, then plan again"
        raise StaffError([why]) from None
    faults = [f"{file}: {key}: {told}" for key, told in _faults(raw)]
    if faults:
        raise StaffError(faults)
    people = sorted(map(_person, raw["people"]), key=lambda person: spelled(person.name))
    return Staff(tuple(people), {**MINUTES, **raw.get("minutes", {})})


def _person(raw: Mapping[str, Any]) -> Person:
    read_here = read_hours(raw["hours"])
    assert read_here is not None, "a checked file has readable hours"
    minutes, spans = read_here
    role = raw["role"]
    return Person(
        name=raw["name"].strip(),
        roles=frozenset(role if isinstance(role, list) else [role]),
        minutes=minutes,
        districts=tuple(district.strip() for district in raw.get("districts", [])),
        spans=spans,
        protected=raw.get("protected", False),
    )


def _faults(raw: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _unknown(raw, ("people", "minutes"), "")
    yield from _minutes(raw.get("minutes", {}))
    people = raw.get("people", [])
    if not isinstance(people, list) or not all(isinstance(one, dict) for one in people):
        yield "people", "is no list of people: write [[people]], in two brackets, above each"
        return
    if not 1 <= len(people) <= MOST_PEOPLE:
        told = f"has {len(people)} of them: write one to {MOST_PEOPLE}, [[people]] above each"
        yield "people", told
    for number, one in enumerate(people, 1):
        yield from _of_person(one, f"people[{number}]")
    named = Counter(spelled(one["name"]) for one in people if _is_name(one.get("name")))
    for name, count in named.items():
        if count > 1:
            yield "people", f"{count} have the name {name!r}: give each a name of their own"


def _minutes(raw: Any) -> Iterator[Fault]:
    if not isinstance(raw, dict):
        yield "minutes", "is no table: write [minutes] on a line, and `visit = 60` below it"
        return
    yield from _unknown(raw, MINUTES, "minutes.")
    for channel, value in raw.items():
        if channel in MINUTES and not (type(value) is int and 1 <= value <= MOST_MINUTES):
            told = f"{value!r} cannot be: write whole minutes from 1 to {MOST_MINUTES}"
            yield f"minutes.{channel}", told


def _of_person(raw: Mapping[str, Any], number: str) -> Iterator[Fault]:
    name = raw.get("name")
    at = f"people.{name}" if _is_name(name) else number
    yield from _unknown(raw, _PERSON, f"{at}.")
    if not _is_name(name):
        yield f"{at}.name", f'write a name of 1 to {LONGEST} letters on one line, as name = "Anna"'
    yield from _role(raw.get("role"), at)
    if not _are_names(raw.get("districts", [])):
        yield f"{at}.districts", 'write a list, as ["Ronna", "Hovsjö"]; [] is every district'
    if read_hours(raw.get("hours")) is None:
        yield f"{at}.hours", f"{_shown(raw.get('hours'))}write {FORMS}"
    if not isinstance(raw.get("protected", False), bool):
        yield f"{at}.protected", "write true or false, in small letters and without quotes"


def _role(value: Any, at: str) -> Iterator[Fault]:
    roles = value if isinstance(value, list) else [value]
    if value is None or not roles:
        yield f"{at}.role", f'is missing: add role = ["caseworker"], some of {", ".join(ROLES)}'
        return
    for role in roles:
        if not isinstance(role, str):
            yield f"{at}.role", f'{role!r} cannot be: write names in quotes, as ["caseworker"]'
        elif role in OUTSIDE:
            yield f"{at}.role", f"{role!r} is none of the municipality's staff: take it away"
        elif role not in ROLES:
            yield f"{at}.role", f"{role!r} is no role: {_meant(role, ROLES)}"


def _unknown(raw: Mapping[str, Any], known: Iterable[str], at: str) -> Iterator[Fault]:
    for key in raw:
        if key not in known:
            yield f"{at}{key}", f"is no key here: take it away, or {_meant(key, known)}"


def _meant(value: Any, known: Iterable[str]) -> str:
    known = list(known)
    close = get_close_matches(str(value), known, n=1)
    return f"write `{close[0]}`" if close else f"use one of {', '.join(known)}"


def _shown(value: Any) -> str:
    return "is missing: " if value is None else f"{value!r} cannot be: "


def _is_name(value: Any) -> bool:
    fits = isinstance(value, str) and 0 < len(value.strip()) <= LONGEST
    return fits and value.isprintable()


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_name, value))
