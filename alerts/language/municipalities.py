"""What the municipalities of Sweden are called; a code that none has is shown as it is."""

import tomllib
from functools import cache
from importlib.resources import files


def named(code: str) -> str:
    """A municipality by name, with its code: "Södertälje (0181)"."""
    name = _names().get(code)
    return code if name is None else f"{name} ({code})"


@cache
def _names() -> dict[str, str]:
    return tomllib.loads((files(__package__) / "municipalities.toml").read_text("utf-8"))
