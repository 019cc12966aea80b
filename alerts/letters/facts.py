"""What every kind of letter knows."""

from datetime import date
from typing import ClassVar

from msgspec import Struct


class LetterFacts(Struct, frozen=True, kw_only=True):
    """What a letter says, as its templates name it.

    `FILLS` are the fields that a person may fill in; blanks until then. `last_day` is the law's
    last day for the letter, `lease` the landlord's number.
    """

    FILLS: ClassVar[tuple[str, ...]] = ()

    lease: str
    last_day: date | None = None
