"""What the program can note in the audit, read out of its own text."""

import ast
from collections.abc import Iterator
from pathlib import Path

import alerts.web

_NOTES = ("note", "note_leases")
_ROOM = Path(alerts.web.__file__).parent


def noted() -> tuple[set[str], set[str]]:
    """The actions that are noted by name, and the names that stand beside any action. Fails where
    a name is made while the program runs, for nobody could say then whether it has words."""
    actions, names = set[str](), set[str]()
    for path in sorted(_ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            actions |= set(_actions(node))
            names |= set(_names(node, path.name))
    return actions, names


def _actions(node: ast.AST) -> Iterator[str]:
    """`ask.note("glass_broken", ...)`, `Entry(subject, role, town, "login", ...)`, and what a route
    that does several things did: `ask.did = "paper_sent"`."""
    match node:
        case ast.Assign(targets=[ast.Attribute(attr="did")], value=ast.Constant(value=str(did))):
            yield did
    if not isinstance(node, ast.Call):
        return
    if isinstance(node.func, ast.Attribute) and node.func.attr in _NOTES and len(node.args) > 1:
        given = node.args[0]
    elif isinstance(node.func, ast.Name) and node.func.id == "Entry" and len(node.args) > 3:
        given = node.args[3]
    else:
        return
    if isinstance(given, ast.Constant):
        yield str(given.value)


def _names(node: ast.AST, file: str) -> Iterator[str]:
    """`noted["act"] = ...`, `noted |= {...}`, `noted.setdefault("act", ...)`, `detail = {...}` and
    what is given to `note` at once."""
    match node:
        case ast.Subscript(value=ast.Attribute(attr="noted"), slice=key):
            yield _text(key, file)
        case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="noted"), attr=how), args=args):
            assert how == "setdefault", f"{file}: noted.{how}"
            yield _text(args[0], file)
        case ast.AugAssign(target=ast.Attribute(attr="noted"), value=value):
            yield from _keys(value, file)
        case ast.Assign(targets=[ast.Name(id="detail")], value=ast.Dict() as value):
            yield from _keys(value, file)
        case ast.Call(func=ast.Attribute(attr=how), args=[_, ast.Dict() as value, *_]) if (
            how in _NOTES
        ):
            yield from _keys(value, file)


def _keys(value: ast.expr, file: str) -> Iterator[str]:
    if isinstance(value, ast.DictComp):
        assert file == "audit.py", f"{file} notes names that are made"
        return  # what the auditor asks for: the fields of `Asked`
    assert isinstance(value, ast.Dict), f"{file} notes names that are made"
    for key in value.keys:
        if key is not None:  # `**detail`, which is read where it is made
            yield _text(key, file)


def _text(key: ast.expr, file: str) -> str:
    assert isinstance(key, ast.Constant), f"{file} notes names that are made"
    return str(key.value)
