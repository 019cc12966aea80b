"""Can meetings, contract ladder and guarantees be kept, and does no home rest on a condition?"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from alerts.playbooks.language import Guarantee, Playbook, Rung, Said

# No home rests on these (Parliamentary Ombudsman 8958-2020).
NO_CONDITION = (
    *("nykter", "drog", "alkohol", "missbruk", "behandling", "terapi", "urinprov", "besök"),
    *("tillsyn", "sober", "sobri", "drug", "alcohol", "substance", "treatment", "therapy", "visit"),
    "inspection",
)
# Where a text only speaks of them, these make a condition of it, and those take it back.
_ASKED = (
    "måste",
    "krävs",
    "villkor",
    "bo kvar",
    "annars",
    "must",
    "require",
    "condition",
    "to stay",
)
_FREE = ("frivillig", "voluntary", "aldrig", "never")
_A_DAY = re.compile(r"\b(24|tjugofyra|twenty-four)[ -]?(h|tim|hour)|\bdygnskontrakt", re.IGNORECASE)


def terms(playbook: Playbook) -> Iterator[str]:
    """What is wrong, each with its key and how to mend it."""
    yield from _named_twice("meetings", (meeting.id for meeting in playbook.meetings))
    yield from _named_twice("guarantees", (one.id for one in playbook.guarantees))
    for meeting in playbook.meetings:
        if not meeting.who:
            yield f"meetings.{meeting.id}.who: nobody meets: name those who do"
    for number, rung in enumerate(playbook.ladder, 1):
        yield from _rung(f"ladder[{number}]", rung)
    for key, text in _told(playbook):
        if _is_condition(text):
            yield _resting(key, text)
    for one in playbook.guarantees:
        yield from _guarantee(f"guarantees.{one.id}", one)


def _named_twice(table: str, names: Iterable[str]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{table}.{name}.id: {count} have this id: give each an id of its own"


def _rung(key: str, rung: Rung) -> Iterator[str]:
    yield from _conditions(f"{key}.conditions", rung.conditions)
    if any(_A_DAY.search(text) for text in _texts(rung.contract)):
        yield (
            f"{key}.contract: a contract of 24 hours is never made (JO 8958-2020): name a tenancy "
            "with its tenure"
        )
    if rung.tenure_waived_for and rung.support_ends_after is None:
        yield (
            f"{key}.tenure_waived_for: tenure is waived but no support is promised: set "
            "support_ends_after, or take it away"
        )


def _guarantee(key: str, one: Guarantee) -> Iterator[str]:
    if not one.who:
        yield f"{key}.who: nobody may have it: say who, in words"
    yield from _conditions(f"{key}.who", one.who)
    months, within = one.months_of_rent, one.within_months
    if months is not None and within is not None and months > within:
        yield (
            f"{key}.months_of_rent: {months} months of rent cannot fall due within {within}: "
            "write fewer, or a longer within_months"
        )


def _conditions(key: str, conditions: Iterable[Said]) -> Iterator[str]:
    for condition in conditions:
        found = [text for text in _texts(condition) if _forbidden(text)]
        if found:
            yield _resting(key, found[0])


def _resting(key: str, text: str) -> str:
    return (
        f"{key}: no home rests on visits, sobriety or treatment (JO 8958-2020): take {text!r} away"
    )


def _told(playbook: Playbook) -> Iterator[tuple[str, str]]:
    """The texts of a town's own that a household may hear, each with its key."""
    for step in playbook.steps:
        for text in _texts(step.text) if step.text is not None else []:
            yield f"steps.{step.id}.text", text
    for number, words in enumerate(playbook.every_tenant, 1):
        for text in _texts(words):
            yield f"every_tenant[{number}]", text
    for number, rung in enumerate(playbook.ladder, 1):
        for text in [*_texts(rung.contract), *(_texts(rung.support) if rung.support else [])]:
            yield f"ladder[{number}]", text


def _is_condition(text: str) -> bool:
    said = text.lower()
    asked = any(word in said for word in _ASKED) and not any(word in said for word in _FREE)
    return asked and _forbidden(text)


def _forbidden(text: str) -> bool:
    return any(word in text.lower() for word in NO_CONDITION)


def _texts(said: Said) -> list[str]:
    return [said] if isinstance(said, str) else [said.sv, said.en]
