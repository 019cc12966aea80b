"""Askholma, an invented town: cheaper, with more who are late, other landlords and feeds.

All of it is an assumption. The organisation numbers pass the Luhn check and lie in a range that is
not in use.
"""

from streams.simulate import figures
from streams.simulate.landlords import Landlord
from streams.simulate.town import Course, Town

_DISTRICTS = {"Kvarnbacken": 0.38, "Hamnen": 0.27, "Norrgärdet": 0.22, "Kyrkbyn": 0.13}

_OWNERS = (
    Landlord(
        orgnr="559990-0072",
        name="Askholmahem AB (påhittat)",
        share=0.58,
        districts=tuple(_DISTRICTS),
        invoice_day=13,
        by_bank_day=False,
        raise_month=1,
        raises=0.036,
        public=True,
        reminder_after=10,
        demand_after=25,
        young_demand_after=25,
        notice_after=32,
    ),
    Landlord(
        orgnr="559990-0080",
        name="Hamnkontorets Fastigheter AB (påhittat)",
        share=0.29,
        districts=("Kvarnbacken", "Hamnen", "Norrgärdet"),
        invoice_day=10,
        by_bank_day=True,
        raise_month=4,
        raises=0.047,
        tells_order_day=True,
        reminder_after=5,
        demand_after=15,
        young_demand_after=15,
        notice_after=22,
        silences_a_year=5.0,
        new_system_after=14,
    ),
    Landlord(
        orgnr="559990-0106",
        name="Bröderna Askholm Förvaltning HB (påhittat)",
        share=0.13,
        districts=("Hamnen", "Kyrkbyn"),
        invoice_day=16,
        by_bank_day=True,
        raise_month=10,
        raises=0.052,
        names_invoice=False,
        reminder_after=12,
        demand_after=28,
        young_demand_after=28,
        notice_after=30,
        silences_a_year=8.0,
        outages_a_year=1.0,
    ),
)

ASKHOLMA = Town(
    name="askholma",
    code="9901",  # no municipality's
    homes=6_400,
    districts=_DISTRICTS,
    landlords=_OWNERS,
    rents=0.82,
    strain=((0.35, 0.66), (1.4, 0.22), (3.84, 0.12)),
    crises=1.25 * figures.CRISES,
    gradual=0.46,
    course=Course(later_worse=0.24, later_recovers=0.22, part_worse=0.44, part_recovers=0.22),
    forgets=0.0070,
    runs_short=0.0055,
    season=(1.15, 1.05, 0.95, 0.90, 0.85, 0.90, 1.10, 1.20, 1.10, 1.00, 0.90, 0.90),
    drift=-0.02,
    always_late=0.04,
    in_parts=0.55,
    waits=0.25,
    spread=14,
)
