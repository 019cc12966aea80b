"""Does what was read from TOML have the keys and kinds of values of a playbook?

Every fault is found in one walk, with the key as a town writes it: a step by its id, where it has
one, else by its number, so that `steps[3]` is the third.
"""

import re
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Meta, Struct, structs

from alerts.playbooks import shape_said as said
from alerts.playbooks.plain_values import plain, values_of

_AN_ID = re.compile(r"[a-z][a-z0-9_]{1,39}")
_NOTHING = Meta()


class Fault(NamedTuple):
    """A fault: the key as it is told, what is wrong and how to mend it, and where it stands."""

    key: str
    told: str
    place: tuple[str | int, ...]


class _At(NamedTuple):
    """Where the walk is."""

    key: str
    place: tuple[str | int, ...]

    def key_in(self, name: str) -> "_At":
        return _At(f"{self.key}.{name}" if self.key else name, (*self.place, name))

    def item(self, number: int, value: object) -> "_At":
        """An item of a list, by its id or its number; plain values have no name of their own."""
        place = (*self.place, number)
        if not isinstance(value, Mapping):
            return _At(self.key, place)
        name = value.get("id")
        named = isinstance(name, str) and _AN_ID.fullmatch(name)
        return _At(f"{self.key}.{name}" if named else f"{self.key}[{number + 1}]", place)


def faults(raw: Mapping[str, Any], kind: type[Struct]) -> list[Fault]:
    """All that keeps `raw` from being a `kind`."""
    return list(_struct(raw, kind, _At("", ())))


def without(raw: dict[str, Any], found: list[Fault]) -> dict[str, Any]:
    """What is left when the keys at fault are taken away, to be looked at further."""
    left: dict[str, Any] = _copy(raw)
    for fault in found:
        names = list(fault.place)
        while names and isinstance(names[-1], int):
            names.pop()
        at: Any = left
        for name in names[:-1]:
            at = at[name] if isinstance(name, int) else at.get(name, {})
        at.pop(names[-1], None)
    return left


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copy(held) for name, held in value.items()}
    return [_copy(held) for held in value] if isinstance(value, list) else value


def _struct(raw: Mapping[str, Any], kind: type[Struct], at: _At) -> Iterator[Fault]:
    kinds = get_type_hints(kind, include_extras=True)
    slips = set()
    for name in raw:
        if name not in kinds:
            here = at.key_in(name)
            slips.add(said.meant(name, kinds))
            yield Fault(here.key, said.unknown(name, kind, list(kinds)), here.place)
    for field in structs.fields(kind):
        here = at.key_in(field.name)
        if field.name in raw:
            yield from _value(raw[field.name], kinds[field.name], here)
        elif field.name not in slips and _is_needed(field):
            values = values_of(kinds[field.name])
            yield Fault(here.key, said.missing(kind, field.name, values), here.place)


def _is_needed(field: structs.FieldInfo) -> bool:
    return field.default is NODEFAULT and field.default_factory is NODEFAULT


def _value(value: Any, kind: Any, at: _At, meta: Meta = _NOTHING) -> Iterator[Fault]:
    origin = get_origin(kind)
    if origin is Annotated:
        inner, meta = get_args(kind)
        yield from _value(value, inner, at, meta)
    elif origin in (Union, UnionType):
        yield from _value(value, _chosen(value, get_args(kind)), at)
    elif origin is list:
        yield from _list(value, get_args(kind)[0], at)
    elif origin is dict:
        yield from _dict(value, get_args(kind)[1], at)
    elif isinstance(kind, type) and issubclass(kind, Struct):
        if isinstance(value, Mapping):
            yield from _struct(value, kind, at)
        else:
            yield Fault(at.key, said.no_table(value, kind, at.key), at.place)
    else:
        told = plain(value, kind, meta)
        if told is not None:
            yield Fault(at.key, told, at.place)


def _chosen(value: Any, kinds: tuple[Any, ...]) -> Any:
    """Of several kinds that may stand there the one that is meant."""
    held = [kind for kind in kinds if kind is not type(None)]
    for kind in held:
        is_list = get_origin(kind) is list
        is_table = isinstance(kind, type) and issubclass(kind, Struct)
        if is_list == isinstance(value, list) and is_table == isinstance(value, Mapping):
            return kind
    return held[0]


def _list(value: Any, kind: Any, at: _At) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield Fault(at.key, said.no_list(value, kind, at.key), at.place)
        return
    if get_origin(kind) is list and not all(isinstance(item, list) for item in value):
        yield Fault(at.key, said.NO_LISTS, at.place)
        return
    for number, item in enumerate(value):
        yield from _value(item, kind, at.item(number, item))


def _dict(value: Any, kind: Any, at: _At) -> Iterator[Fault]:
    if not isinstance(value, Mapping):
        yield Fault(at.key, said.no_table(value, dict, at.key), at.place)
        return
    for name, held in value.items():
        yield from _value(held, kind, at.key_in(name))
