"""A paper as its form shows it once more before it is told."""

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from alerts.language.municipalities import named
from alerts.language.sentences import Language
from alerts.web.papers.fields import Fact

# In the form's order; the label of each is `paper_form.<name>`.
_ORDER = (
    *("lease_id", "municipality", "reason", "served_on", "recovery_notice_served_on", "tenant_ref"),
    *("matter", "how", "sent_on", "received_on", "on", "scheduled_on"),
    *("landlord_name", "landlord_address", "landlord_phone", "rooms", "amount_ore", "due_on"),
    *("interest", "account", "sealed_identity"),
)


class Line(Struct, frozen=True):
    """A label and what stands beside it."""

    label: str
    text: str


def shown(fact: Fact, language: Language) -> list[Line]:
    """What the paper says, without what it leaves out."""
    held = msgspec.structs.asdict(fact)
    return [
        Line(language.say(f"paper_form.{name}"), _written(name, held[name], language))
        for name in _ORDER
        if held.get(name) is not None
    ]


def _written(name: str, value: Any, language: Language) -> str:
    if isinstance(value, date):
        return language.day(value)
    words = _WORDS.get(name)
    return words(language, value) if words is not None else str(value)


_WORDS: dict[str, Callable[[Language, Any], str]] = {
    "amount_ore": lambda language, value: language.exact(value),
    "municipality": lambda language, value: named(value),
    "reason": lambda language, value: language.say(f"paper_form.ground_{value}"),
    "matter": lambda language, value: language.say(f"paper_form.matter_{value}"),
    "how": lambda language, value: language.say(f"paper_form.how_{value}"),
    "sealed_identity": lambda language, value: language.say("paper_form.on_paper"),
}
