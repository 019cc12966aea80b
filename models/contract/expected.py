"""What the contract expects at a path of an event: the field's type and its range, as a phrase."""

import re
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct, inspect

from models.contract import facts
from models.contract.events import Event
from models.phrase import Phrase, phrase

_STEP = re.compile(r"([a-z_0-9]+)|(\[[^\]]*\])")
# What a text of a set form is, by the description that its type has in the contract.
_FORMS = {
    "organisation number": "expected.organisation_number",
    "month, 2026-12": "expected.month",
    "SCB municipality code": "expected.municipality",
}


def expected(kind: type[Struct] | None, path: str) -> Phrase | None:
    """What should stand at `path` ('data.lines[0].amount_ore') of an event whose data is `kind`;
    None where the contract has nothing."""
    found = _at(kind, path)
    return None if found is None else _said(*found)


@cache
def _at(kind: type[Struct] | None, path: str) -> tuple[Any, str] | None:
    """The type at a path, and the description that it has in the contract."""
    name, _, rest = path.partition(".")
    if name == "data" and kind is not None:
        node: Any = inspect.type_info(kind)
    else:
        node, rest = inspect.type_info(Event), path
    node, about = _plain(node)
    for field, _ in _STEP.findall(rest):
        if field:
            fields = {f.encode_name: f.type for f in getattr(node, "fields", ())}
            if field not in fields:
                return None
            node = fields[field]
        elif isinstance(node, inspect.ListType):
            node = node.item_type
        node, about = _plain(node)
    return node, about


def _plain(node: Any) -> tuple[Any, str]:
    """A type without its metadata and without null, and its description."""
    about = ""
    while isinstance(node, inspect.Metadata | inspect.UnionType):
        if isinstance(node, inspect.Metadata):
            about = (node.extra_json_schema or {}).get("description", about)
            node = node.type
        else:
            node = next(t for t in node.types if not isinstance(t, inspect.NoneType))
    return node, about


def _said(node: Any, about: str) -> Phrase:
    match node:
        case inspect.StrType() if about in _FORMS:
            return phrase(_FORMS[about])
        case inspect.StrType():
            return _text(node)
        case inspect.IntType():
            return _whole_number(node)
        case inspect.LiteralType():
            return phrase("expected.one_of", values=", ".join(map(str, node.values)))
        case inspect.ListType():
            return phrase("expected.list")
        case inspect.DateType():
            return phrase("expected.day")
        case inspect.BoolType():
            return phrase("expected.true_or_false")
    return phrase("expected.object")


def _whole_number(node: inspect.IntType) -> Phrase:
    low = node.ge if node.ge is not None else node.gt + 1 if node.gt is not None else None
    if low is None or node.le is None:
        return phrase("expected.whole_number")
    return phrase("expected.whole_number_from", low=low, high=node.le)


def _text(node: inspect.StrType) -> Phrase:
    if node.max_length is None:
        return phrase("expected.text")
    return phrase("expected.text_of", least=node.min_length or 0, most=node.max_length)


def must_be_given(what: Phrase | None) -> Phrase:
    """What is expected where a field that must be there is not."""
    return phrase("expected.given", what=what or phrase("expected.as_in_contract"))


def refused_path(error: msgspec.ValidationError) -> tuple[str, bool]:
    """The path of the field that the decoder refuses, and whether it is missing."""
    text, _, path = str(error).partition(" - at `$.")
    path = path.rstrip("`")
    absent = re.fullmatch(r"Object missing required field `([a-z_0-9]+)`", text)
    if absent is None:
        return path, False
    return (f"{path}.{absent[1]}" if path else absent[1]), True


def invoice_fault(kind: type[Struct] | None, error: msgspec.ValidationError) -> Phrase | None:
    """What an invoice must hold as a whole, if that is what the decoder refuses."""
    if kind is None or not issubclass(kind, facts.RentInvoiced):
        return None
    text = str(error)
    if "differs from the sum" in text:
        return phrase("expected.sum_of_lines")
    return phrase("expected.lines_or_amount") if "needs lines or amount_ore" in text else None
