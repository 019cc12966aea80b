"""Four landlords and their habits: when they invoice, remind, give notice and fall silent.

All are invented (ours). The organisation numbers pass the Luhn check and lie in a range that is
not in use. Two are the municipality's own companies, which demand the rent earlier of tenants
aged 25 or younger, as the two public landlords of the 2014 report do.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from models.contract.events import LANDLORD
from streams.simulate import municipality


@dataclass(frozen=True)
class Landlord:
    """A landlord's habits. `..._after` are days after the due day; `raises` is a fraction."""

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

    @property
    def source(self) -> str:
        """The CloudEvents source this landlord sends as."""
        return LANDLORD + self.orgnr

    def rent(self, base_ore: int, month: int, since: int) -> int:
        """A rent of `base_ore` in month `since`, as it is in `month`, in öre (whole kronor)."""
        raises = raises_between(self.raise_month, since, month)
        return round(base_ore * (1 + self.raises) ** raises / 100) * 100

    def silent_days(self, start: date, days: int, rng: Random) -> frozenset[date]:
        """The days on which nothing comes from this landlord: a few spells of one to six days."""
        chance = self.silences_a_year / 365
        silent: set[date] = set()
        for n in range(days):
            if rng.random() < chance:
                spell = rng.randint(1, 6)
                silent.update(start + timedelta(n + k) for k in range(spell))
        return frozenset(silent)


@cache
def raises_between(raise_month: int, since: int, month: int) -> int:
    """How often the yearly raise came after month `since`, up to and including `month`."""
    return sum(1 for m in range(since + 1, month + 1) if m % 12 + 1 == raise_month)


_ALL = tuple(municipality.DISTRICTS)

LANDLORDS = (
    Landlord(
        orgnr="559990-0015",
        name="Täljehem AB (påhittat)",
        share=0.42,
        districts=_ALL,
        invoice_day=11,
        by_bank_day=True,
        raise_month=2,
        raises=0.041,
        public=True,
        tells_order_day=True,
        young_demand_after=10,
        notice_after=35,
    ),
    Landlord(
        orgnr="559990-0023",
        name="Kringelstadens Bostäder AB (påhittat)",
        share=0.23,
        districts=("Geneta", "Hovsjö", "Ronna", "Fornhöjden", "Järna", "Hölö"),
        invoice_day=14,
        by_bank_day=False,
        raise_month=4,
        raises=0.038,
        public=True,
        reminder_after=6,
        young_demand_after=9,
        notice_after=38,
    ),
    Landlord(
        orgnr="559990-0031",
        name="Mälarkustens Hyreshus AB (påhittat)",
        share=0.25,
        districts=("Centrum", "Brunnsäng", "Rosenlund", "Bårsta", "Östertälje", "Lina"),
        invoice_day=12,
        by_bank_day=True,
        raise_month=4,
        raises=0.045,
        tells_order_day=True,
        names_invoice=False,
        notice_after=26,
        silences_a_year=4.0,
    ),
    Landlord(
        orgnr="559990-0049",
        name="Fastighetsbolaget Slussporten AB (påhittat)",
        share=0.10,
        districts=("Centrum", "Mariekälla", "Saltskog", "Västergård", "Blombacka"),
        invoice_day=17,
        by_bank_day=False,
        raise_month=7,
        raises=0.050,
        reminder_after=9,
        demand_after=21,
        notice_after=24,
        silences_a_year=7.0,
    ),
)
