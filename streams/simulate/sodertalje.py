"""Södertälje: its size and districts; its landlords are invented.

Their organisation numbers pass the Luhn check and lie in a range that is not in use. Two are the
municipality's own companies, which demand the rent earlier of tenants aged 25 or younger, as the
two public landlords of the 2014 report do. Unless a source is named a figure is an assumption.
"""

from streams.simulate import figures
from streams.simulate.landlords import Landlord
from streams.simulate.town import Course, Town

# 89,473 inhabitants (report), 2.40 persons a home (SCB by the municipality's own fact page,
# 31 December 2015), 54 % of the homes rented (report).
_RENTED_HOMES = round(89_473 / 2.40 * 0.54)

# The districts, with the share of the rented homes.
_DISTRICTS = {
    "Ronna": 0.11,
    "Geneta": 0.12,
    "Hovsjö": 0.09,
    "Fornhöjden": 0.07,
    "Brunnsäng": 0.07,
    "Blombacka": 0.04,
    "Centrum": 0.13,
    "Mariekälla": 0.05,
    "Saltskog": 0.04,
    "Rosenlund": 0.05,
    "Bårsta": 0.05,
    "Västergård": 0.03,
    "Lina": 0.04,
    "Östertälje": 0.05,
    "Järna": 0.05,
    "Hölö": 0.01,
}

_COMPANIES = (
    Landlord(
        orgnr="559990-0015",
        name="Täljehem AB (påhittat)",
        share=0.42,
        districts=tuple(_DISTRICTS),
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
        new_system_after=20,
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
SODERTALJE = Town(
    name="sodertalje",
    code="0181",  # SCB
    homes=_RENTED_HOMES,
    districts=_DISTRICTS,
    landlords=_COMPANIES,
    rents=1.0,
    strain=((0.3, 0.60), (1.2, 0.26), (3.63, 0.14)),
    crises=figures.CRISES,
    gradual=0.55,
    course=Course(later_worse=0.28, later_recovers=0.20, part_worse=0.42, part_recovers=0.20),
    forgets=0.0055,
    runs_short=0.0050,
    season=(1.30, 1.20, 1.00, 0.90, 0.90, 0.85, 0.90, 1.05, 1.15, 1.00, 0.90, 0.85),
    drift=0.04,
    always_late=0.025,
    in_parts=0.40,
    waits=0.15,
    spread=10,
)
