"""What every letter is made of: its signatory, its sheets, and why one cannot be written.

The tenant's name and address are sealed and never known here: where they belong stands a marked
blank, written [[like this]], that the caseworker fills in from the case system.
"""

from datetime import date
from enum import StrEnum

from msgspec import Struct

TENANT = "[[hyresgästens namn och adress]]"
NO_ADVICE = (
    "Bokvar räknar fram dagar ur de uppgifter som har lämnats. Det är inte juridisk rådgivning; "
    "handläggaren ansvarar för brevet."
)
PROTECTED = (
    "Hyresgästen har skyddade personuppgifter. Följ kommunens rutin innan du fyller i namn eller "
    "adress."
)


class Signatory(Struct, frozen=True):
    """Who signs: the caseworker responsible, their phone, and the municipality's name if known."""

    caseworker: str
    phone: str
    municipality: str | None = None

    @property
    def board(self) -> str:
        """The social welfare board, as it calls itself."""
        return f"Socialnämnden i {self.municipality or '[[kommunens namn]]'}"


class Sheet(Struct, frozen=True):
    """One page: to whom, a title, paragraphs, a table of facts, what follows, signature lines."""

    to: tuple[str, ...]
    title: str
    before: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    after: tuple[str, ...]
    signature: tuple[str, ...]


class Letter(Struct, frozen=True):
    """A letter ready to sign. `last_day` is the law's last day for it, `notes` are for the
    caseworker and not part of the letter; `body_html` is a whole page that prints on A4."""

    title: str
    to: str
    body_html: str
    body_text: str
    last_day: date
    legal_basis: str
    notes: tuple[str, ...]


class Reason(StrEnum):
    """Why a letter cannot be written."""

    CASEWORKER_MISSING = "caseworker_missing"
    LEASE_NOT_REGISTERED = "lease_not_registered"
    LEASE_OVER = "lease_over"
    NO_EVICTION_TIME = "no_eviction_time"
    EVICTION_DAY_PASSED = "eviction_day_passed"
    DUTY_NOT_IN_FORCE = "duty_not_in_force"
    NO_NOTICE_FOR_ARREARS = "no_notice_for_arrears"
    TIME_NOT_BEGUN = "time_not_begun"
    TIME_PASSED = "time_passed"


class Refusal(Struct, frozen=True):
    """Why there is no letter, and what can be done instead, in Swedish."""

    reason: Reason
    text: str


def unsigned(signatory: Signatory) -> Refusal | None:
    """A letter of the law names its caseworker."""
    if signatory.caseworker.strip() and signatory.phone.strip():
        return None
    return Refusal(
        Reason.CASEWORKER_MISSING, "Ange ansvarig handläggares namn och telefon: brevet ska ha dem."
    )
