"""The simulation's facts in one place, each with its source or marked an assumption.

"Report" is "Vem tar ansvar för att alla får en bostad?" (Hyresgästföreningen, SABO,
Fastighetsägarna and SKL, 2014). What is marked "assumption" is nobody's count but ours. What
differs from town to town stands with the town. Chances are of an average tenancy in a month unless
said otherwise. Small habits inside a story stand where they are used, and are assumptions all.
"""

from typing import Literal

from models.contract.facts import Channel, LeaseKind, Living, Payer

# Executed evictions and applications in Sweden in 2025 (Kronofogden), over its rented homes
# (assumption, within 1.6-1.9 million): what one lease meets in a year.
RENTED_HOMES_IN_SWEDEN = 1_700_000
EVICTIONS_A_YEAR = 3_330 / RENTED_HOMES_IN_SWEDEN
APPLICATIONS_A_YEAR = 7_907 / RENTED_HOMES_IN_SWEDEN
DISTURBANCE_SHARE = 0.07  # assumption: evictions for another reason than rent

# A home. Rents by rooms are SCB's national means of 2023 raised by its 5.0 % of 2024, kronor a
# month; the other shares are assumptions.
RENT_BY_ROOMS = {1: 5_050, 2: 6_950, 3: 8_500, 4: 10_880, 5: 12_500}
ROOMS = ((1, 0.14), (2, 0.36), (3, 0.33), (4, 0.14), (5, 0.03))
CHILDREN_BY_ROOMS = {1: 0.04, 2: 0.20, 3: 0.50, 4: 0.70, 5: 0.80}
AGES = (((18, 25), 0.09), ((26, 44), 0.38), ((45, 64), 0.30), ((65, 94), 0.23))
KINDS: tuple[tuple[LeaseKind, float], ...] = (
    ("first_hand", 0.93),
    ("municipal", 0.03),
    ("trial", 0.02),
    ("second_hand", 0.02),
)
LIVING: tuple[tuple[Living, float], ...] = (
    ("permanent", 0.75),
    ("alternating", 0.17),
    ("visiting", 0.08),
)
KNOWN: tuple[tuple[Literal["yes", "unknown"] | None, float], ...] = (
    ("yes", 0.88),
    ("unknown", 0.08),
    (None, 0.04),  # the municipality has sent nothing
)
DAYS_LIVED = 2_200  # assumption: mean, beside eleven months that all have lived there
HIDDEN_IDENTITIES = 0.003  # assumption: share of tenancies that begin with a protected identity

# How a household pays: assumptions. Strain multiplies the chance to run short or to decline; it is
# drawn for each tenancy and tied to nothing else, not to age either, so that no difference between
# groups is built in. Its mean is 1.
Habit = Literal["debit", "payday", "last_day"]
HABITS: tuple[tuple[Habit, float], ...] = (("debit", 0.36), ("payday", 0.46), ("last_day", 0.18))
ALWAYS_LATE_BY = (3, 10)  # days after the due day, of who is always late and always pays
LEAST_STRAIN = 0.3  # of those: they are safe
PARTS = (0.3, 0.5, 0.6, 0.7)  # of the rent, paid first by who pays in parts when money is short

# What happens in a month: assumptions. With those of the towns they keep about 2.4 % of the rented
# homes more than a week late, as counted in Norrköping (report).
PAYS_SOME_DAYS_LATE = 0.040  # at most a week, without consequences
MOVES = 0.010  # about an eighth of the tenants in a year
DISTURBS = 0.0008
DISPUTES = 0.0001
HIDES_IDENTITY = 0.00015  # protected identity switched on
HOUSEHOLD_CHANGES = 0.0020  # a child is born, moves in or out
DOUBLE, OVER, HALVES, BOUNCED, CREDITED, DEBIT_FAILED = 0.0008, 0.002, 0.002, 0.0003, 0.0015, 0.006

# Crises, rents missed for a reason that does not pass by itself: CRISES is an assumption (two to
# three notices for each application), and so are the ways out that save the home. How many end in
# an application and in an eviction follows from Kronofogden's figures.
CRISES = 0.0024
EVICTED = EVICTIONS_A_YEAR * (1 - DISTURBANCE_SHARE) / (12 * CRISES)
CANCELLED = (APPLICATIONS_A_YEAR - EVICTIONS_A_YEAR) / (12 * CRISES)
DISTURBED_LOSE = EVICTIONS_A_YEAR * DISTURBANCE_SHARE / (12 * DISTURBS)
Ending = Literal[
    "paid_early",
    "plan_kept",
    "plan_broken",
    "paid_after_notice",
    "paid_after_claim",
    "left",
    "cancelled",
    "evicted",
]
_REST = 1 - EVICTED - CANCELLED
ENDINGS: tuple[tuple[Ending, float], ...] = (
    ("evicted", EVICTED),
    ("cancelled", CANCELLED),
    ("paid_early", _REST * 0.38),
    ("plan_kept", _REST * 0.16),
    ("plan_broken", _REST * 0.06),
    ("paid_after_notice", _REST * 0.27),
    ("paid_after_claim", _REST * 0.08),
    ("left", _REST * 0.05),
)
# Psychiatric in-patient care misses rents and loses homes (report, RSMH); the shares are
# assumptions. Causes are in the truth file alone.
CAUSES = (
    ("job_lost", 0.34),
    ("illness", 0.20),
    ("separation", 0.20),
    ("benefit_delayed", 0.19),
    ("psychiatric_care", 0.07),
)

# What a crisis leaves unpaid. Of families evicted in 2013 40 % owed less than 10,000 kr and the
# mean was about 16,000 kr (report): most miss one or two rents and pay the later ones. The shares
# are assumptions, chosen to agree.
MISSED = ((1, 0.44), (2, 0.27), (3, 0.14), (4, 0.08), (5, 0.04), (6, 0.03))
PAYERS: tuple[tuple[Payer, float], ...] = (
    ("tenant", 0.66),
    ("municipality", 0.22),
    ("guarantor", 0.06),
    ("other", 0.06),
)
CHANNELS: tuple[Channel, ...] = ("phone", "phone", "sms", "email", "letter")

# Proceedings: assumptions. A few landlords err, so that defects can be shown.
NO_FORM_1, LATE_MESSAGE, INCOMPLETE_MESSAGE = 0.04, 0.06, 0.05
REGISTERED = 0.8  # the share of messages sent by registered letter
DISPUTED, DEFERRED, TIME_SET = 0.06, 0.10, 0.65
# What a reminder and a debt-collection demand may cost, öre (förordning 1981:1057).
REMINDER_FEE, DEMAND_FEE = 6_000, 18_000
YOUNG = 25  # demanded of earlier by two public landlords (report)
