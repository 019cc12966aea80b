"""Templates become pages. All that is data is escaped; words come from the language's files."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from alerts.language.sentences import Language
from alerts.web.links import link
from alerts.web.menu import GROUPS, MENU
from alerts.web.written_out import written_out
from models.phrase import Phrase

_HERE = Path(__file__).parent
_COMMAND = re.compile(r"`([^`]+)`")


class Reader(Protocol):
    """Whoever the page is for: what they read, and in which language."""

    language: Language

    def say(self, code: Phrase | str, **args: Any) -> str:
        """The words of a phrase."""
        ...


def render(ask: Reader, template: str, values: Mapping[str, Any]) -> str:
    """The HTML of a template. `t(code, ...)` says a phrase, `link(route, ...)` is an address."""
    return (
        _templates()
        .get_template(template)
        .render(ask=ask, t=ask.say, lang=ask.language.name, **values)
    )


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"link": link, "menu": MENU, "groups": GROUPS}
    made.filters |= {"iso": _iso, "commands": _commands, "written_out": written_out}
    made.filters |= {"begun": begun, "closed": closed}
    return made


def begun(words: str) -> str:
    """The words as a sentence begins."""
    return words[:1].upper() + words[1:]


def closed(words: str) -> str:
    """The words as a sentence ends: with a full stop, unless they end in a mark of their own."""
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _commands(text: str) -> Markup:
    """A sentence with the commands that stand in it, between backticks, set as such."""
    return Markup(_COMMAND.sub(r"<code>\1</code>", str(escape(text))))
