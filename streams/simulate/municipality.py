"""Södertälje in figures: how many rented homes there are, and how often rent is not paid.

Every figure names its source. "Report" is "Vem tar ansvar för att alla får en bostad?" (2014);
"ours" is our own assumption, chosen so that the totals agree with the sources.
"""

CODE = "0181"  # SCB municipality code

INHABITANTS = 89_473  # report
RENTED_SHARE = 0.54  # report: share of homes that are rented
PERSONS_PER_HOME = 2.40  # SCB by the municipality's own fact page, 31 December 2015
FRACTION = 0.1  # ours: the default size, a tenth of the municipality

# The municipality's districts, with the share of its rented homes (ours).
DISTRICTS = {
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

# Executed evictions and applications in Sweden in 2025 (Kronofogden), over its rented homes
# (ours, within 1.6-1.9 million): what one lease meets in a year.
RENTED_HOMES_IN_SWEDEN = 1_700_000
EVICTIONS_A_YEAR = 3_330 / RENTED_HOMES_IN_SWEDEN
APPLICATIONS_A_YEAR = 7_907 / RENTED_HOMES_IN_SWEDEN
DISTURBANCE_SHARE = 0.07  # ours: evictions for another reason than rent

# Chances for an average lease in a month (ours). Together they keep about 2.4 % of the rented
# homes more than a week late, as counted in Norrköping (report).
FORGETS = 0.0145
RUNS_SHORT = 0.0065
CRISIS = 0.0012
PAYS_SOME_DAYS_LATE = 0.045  # at most a week, without consequences
MOVES = 0.010  # about an eighth of the tenants in a year
DISTURBS = 0.0008
DISPUTES = 0.0001
HIDES_IDENTITY = 0.00015  # protected identity switched on
HIDDEN_IDENTITIES = 0.003  # share of tenancies that begin with one
HOUSEHOLD_CHANGES = 0.0020  # a child is born, moves in or out


def full_size() -> int:
    """The municipality's rented homes: inhabitants / persons a home x share rented."""
    return round(INHABITANTS / PERSONS_PER_HOME * RENTED_SHARE)


def default_size() -> int:
    """A tenth of the municipality's rented homes."""
    return round(full_size() * FRACTION)
