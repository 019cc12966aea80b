"""Since when something sets a step off."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from alerts.cases.situation import Situation


class Since(NamedTuple):
    """`first` is the day that a trigger began to hold, `newest` that of its newest news."""

    first: date
    newest: date


Trigger = Callable[[Situation], Since | None]
