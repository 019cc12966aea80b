"""A landlord's habits: when it invoices, reminds, gives notice, is silent and changes its feed."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from models.contract.events import LANDLORD
from streams.simulate.months import of_year


@dataclass(frozen=True)
class Landlord:
    """A landlord's habits. `..._after` are days after the due day; `raises` is a fraction.

    It falls silent for up to six days `silences_a_year`, and for one to three weeks
    `outages_a_year`; what it missed to send then comes. `new_system_after` so many months of the
    simulation its feed changes: the usual payment names no invoice, and neither reminders nor the
    day of an order are told.
    """

    orgnr: str
    name: str
    share: float
    districts: tuple[str, ...]
    invoice_day: int
    by_bank_day: bool
    raise_month: int
    raises: float
    public: bool = False
    tells_order_day: bool = False
    names_invoice: bool = True
    reminder_after: int = 7
    demand_after: int = 18
    young_demand_after: int = 18
    notice_after: int = 32
    silences_a_year: float = 2.0
    outages_a_year: float = 0.3
    new_system_after: int | None = None

    @property
    def source(self) -> str:
        """The CloudEvents source this landlord sends as."""
        return LANDLORD + self.orgnr

    def rent(self, base_ore: int, month: int, since: int) -> int:
        """A rent of `base_ore` in month `since`, as it is in `month`, in öre (whole kronor)."""
        raises = raises_between(self.raise_month, since, month)
        return round(base_ore * (1 + self.raises) ** raises / 100) * 100

    def silent_days(self, start: date, days: int, rng: Random) -> frozenset[date]:
        """The days on which nothing comes from this landlord."""
        silent: set[date] = set()
        for n in range(days):
            if (chance := rng.random() * 365) < self.silences_a_year + self.outages_a_year:
                short = chance < self.silences_a_year
                spell = rng.randint(1, 6) if short else rng.randint(8, 20)
                silent.update(start + timedelta(n + k) for k in range(spell))
        return frozenset(silent)


@cache
def raises_between(raise_month: int, since: int, month: int) -> int:
    """How often the yearly raise came after month `since`, up to and including `month`."""
    return sum(1 for m in range(since + 1, month + 1) if of_year(m) == raise_month)
