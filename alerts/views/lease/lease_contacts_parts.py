"""Plans, attempts, acts and consents on a lease's page. Money is öre; texts are for the reader."""

from datetime import date

from msgspec import Struct


class Plan(Struct, frozen=True):
    """A payment plan, öre; `missed` are the days of its missed instalments. `text` says all of
    it, `missed_text` a line for each that was missed."""

    plan_id: str
    instalments: list[tuple[date, int]]
    ended: str | None
    missed: list[date]
    text: str
    missed_text: list[str]


class Attempt(Struct, frozen=True):
    """An attempt at contact, or what was reported of a task."""

    on: date
    text: str


class CaseAct(Struct, frozen=True):
    """What somebody at the municipality did in the case; `act_id` undoes it."""

    act_id: str
    on: date
    kind: str
    by: str
    text: str


class Consent(Struct, frozen=True):
    """What a tenant has said of what may be passed on."""

    on: date
    kind: str
    scope: str
    text: str
