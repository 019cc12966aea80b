"""What the audit has noted, in words: our own names and codes; everything else as it stands."""

from collections.abc import Callable
from typing import Any

from alerts.language.sentences import Language
from alerts.web.written_out import quoted, written_out

# Under which sentences the codes are that may stand beside a name. What people typed is in none.
CODES: dict[str, Callable[[str], str]] = {
    "as": lambda code: f"audit_as.{code}",
    "closed": lambda code: f"audit_closed.{code}",
    "fault": lambda code: f"login.{code}",
    "glass": lambda code: f"audit_glass.{code}",
    "letter": lambda code: f"letter_kind.{code}",
    "only": lambda code: f"audit_only.{code}",
    "paper": lambda code: f"paper_form.tab_{code}",
    "refused": lambda code: f"audit_refused.{code}",
    "status": lambda code: f"audit_status.{code}",
    "undone": lambda code: f"audit_undone.{code}",
}


def word(language: Language, code: str) -> str:
    """What a name of ours is called; another release's, or nobody's, as it stands."""
    if code in language.sentences:
        return language.say(code)
    return written_out(code.partition(".")[2])


def detail(language: Language, told: Any) -> list[tuple[str, str]]:
    """What was noted beside: its names in words, and the values so that none looks like a name."""
    if not isinstance(told, dict):
        return [("", quoted(told))]
    return [
        (word(language, f"audit_detail.{name}"), _value(language, name, value))
        for name, value in told.items()
    ]


def code_of(name: str, value: str) -> str:
    """The sentence of a code that stands beside a name."""
    return CODES[name](value.replace("-", "_"))


def _value(language: Language, name: str, value: Any) -> str:
    code = code_of(name, str(value)) if name in CODES else ""
    return language.say(code) if code in language.sentences else quoted(value)
