"""The periods of the income-support norm (riksnorm): the one file to fill in.

Kronor a month, from the ordinance in force that day (2025:468 12 kap. 2-3 §§). A period is added
when its figures *and* its first day have been read in the ordinance; none is guessed from the one
before. Two checks of the figures of 2026, both in the tests: the government's own sums for a single
adult and a couple, and 2025's figures times 1.007, rounded up to the next ten.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from models.law.riksnorm_formula import Costs, personal_and_common
from models.law.riksnorm_household import NormHousehold
from models.law.riksnorm_table import AgeBand, Figures

FILE = "models/law/riksnorm_figures.py"


@dataclass(frozen=True, slots=True)
class Period:
    """Figures and the way to compute with them, in force from `first_day` until the next period."""

    first_day: date
    figures: Figures
    formula: Callable[[NormHousehold, Figures], Costs]


# As read in the ordinance, in force from 1 July; 2001:937 before it had the same amounts from
# 1 January (the National Board of Health and Welfare's riksnorm for 2025).
JANUARY_2025 = Figures(
    source="2025:468 12 kap. 2-3 §§",
    children=(
        AgeBand(0, 0, 2720, 2540),
        AgeBand(1, 2, 3030, 2780),
        AgeBand(3, 3, 2700, 2480),
        AgeBand(4, 6, 3030, 2700),
        AgeBand(7, 10, 3790, 3790),
        AgeBand(11, 14, 4350, 4350),
        AgeBand(15, 18, 4920, 4920),
        AgeBand(19, 20, 4960, 4960),
    ),
    single_kr=3910,
    couple_kr=7050,
    common_kr=(1270, 1400, 1770, 2010, 2310, 2620, 2810),
)
# The same sections as amended by SFS 2025:1046, in force 1 January 2026.
JANUARY_2026 = Figures(
    source="2025:468 12 kap. 2-3 §§, SFS 2025:1046",
    children=(
        AgeBand(0, 0, 2740, 2560),
        AgeBand(1, 2, 3060, 2800),
        AgeBand(3, 3, 2720, 2500),
        AgeBand(4, 6, 3060, 2720),
        AgeBand(7, 10, 3820, 3820),
        AgeBand(11, 14, 4390, 4390),
        AgeBand(15, 18, 4960, 4960),
        AgeBand(19, 20, 5000, 5000),
    ),
    single_kr=3940,
    couple_kr=7100,
    common_kr=(1280, 1410, 1790, 2030, 2330, 2640, 2830),
)

PERIODS = (  # the oldest first
    Period(date(2025, 1, 1), JANUARY_2025, personal_and_common),
    Period(date(2026, 1, 1), JANUARY_2026, personal_and_common),
)
# The last day the newest period is known to be in force: the law moves it, and the reason.
KNOWN_THROUGH = date(2026, 12, 31)
WHY_NO_LONGER = (
    "a reform proposed in December 2025 would change the computation itself from 2027-01-01, and "
    "whether it was adopted is not known here"
)
