"""Who rents which home: the tenancies of the first day, and those that follow when one ends."""

from datetime import date, timedelta
from random import Random

from streams.simulate import figures
from streams.simulate.household import draw_household, pick
from streams.simulate.landlords import Landlord
from streams.simulate.months import first_day, month_of
from streams.simulate.tenancy import Tenancy
from streams.simulate.town import Town


class Letting:
    """Draws tenancies, each from its own seed; `since` is the month from which they are lived."""

    def __init__(self, town: Town, seed: int, start: date, since: int) -> None:
        self._town = town
        self._seed = seed
        self._start = start
        self._since = since

    def first(self, home: int) -> Tenancy:
        """The tenancy of a home on the first day; it began at least eleven months ago."""
        rng = Random(f"{self._seed} home {home}")
        started = self._start - timedelta(days=330 + int(rng.expovariate(1 / figures.DAYS_LIVED)))
        landlord = pick(rng, tuple((one, one.share) for one in self._town.landlords))
        shares = [self._town.districts[name] for name in landlord.districts]
        district = rng.choices(landlord.districts, shares)[0]
        tenancy = self._draw(rng, f"{10_000 + home}-1", landlord, district, started)
        tenancy.since = self._since
        return tenancy

    def next(self, home: int, last: Tenancy, month: int) -> Tenancy:
        """The home is let again from `month` (a running number) on."""
        count = int(last.number.rpartition("-")[2]) + 1
        rng = Random(f"{self._seed} home {home} {count}")
        number = f"{10_000 + home}-{count}"
        return self._draw(rng, number, last.landlord, last.district, first_day(month))

    def _draw(
        self, rng: Random, number: str, landlord: Landlord, district: str, started: date
    ) -> Tenancy:
        return Tenancy(
            town=self._town,
            number=number,
            lease_id=f"{landlord.orgnr}:{number}",
            landlord=landlord,
            source=landlord.source,
            district=district,
            household=draw_household(rng, max(started, self._start).year, self._town),
            since=month_of(started),
            started_on=started,
            protected=rng.random() < figures.HIDDEN_IDENTITIES,
        )
