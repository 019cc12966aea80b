"""The language of playbooks: what a TOML file may say, as frozen records.

`alerts.playbooks.read` reads and checks a file, `alerts.playbooks.compiled` makes it decide. Clocks
are in working days or clock hours; docs/playbooks.md explains every key to a town. The description
of a kind of text is what a town is told to write.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from models.contract.facts import LeaseKind
from models.contract.facts.acts import Outcome

Trigger = Literal[
    "rent_late",
    "reminder",
    "debt_collection",
    "landlord_signal",
    "complaint",
    "notice",
    "form_3",
    "claim_filed",
    "claim_served",
    "eviction_applied",
    "eviction_scheduled",
    "nobody_home",
    "phoned",
    "review_due",
    "new_lease",
    "guarantee_ends",
    "guarantee_drawn",
    "handed_over",
]
Channel = Literal[
    "letter",
    "call",
    "text",
    "visit",
    "joint_visit",
    "referral",
    "plan",
    "guarantee",
    "meeting",
    "review",
    "feedback",
    "payment",
    "contact",
]
Actor = Literal[
    "landlord",
    "caseworker",
    "district_caseworker",
    "housing_consultant",
    "debt_adviser",
    "coordinator",
    "enforcement",
    "guarantee_officer",
    "service",
]
Committee = Literal["elderly", "health", "children_young", "education_labour", "by_household"]
HouseholdGroup = Literal["children", "young", "old", "unknown", "others"]
Name = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9_]{1,39}$",
        description="2 to 40 small letters a-z, digits and _, with a letter first",
    ),
]
Code = Annotated[
    str,
    Meta(pattern=r"^[0-9]{4}$", description='SCB\'s four digits in quotes, as "0181"'),
]
Sentence = Annotated[
    str, Meta(min_length=1, max_length=300, description="a sentence of at most 300 characters")
]
Few = Annotated[int, Meta(ge=1, le=60)]


class _Part(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Says no more than it may."""


class Words(_Part, frozen=True):
    """A town's own sentence, in both languages."""

    sv: Sentence
    en: Sentence


Said = Sentence | Words  # in one language, or in both


class Audience(_Part, frozen=True):
    """Whom a step is for; what is not said narrows nothing. `ages` are 25 or younger and over 65,
    `subtenants` families that rent a part of the home, `small` rent of at most a tenth of a
    month."""

    ages: list[Literal["young", "old"]] = []
    children: bool | None = None
    subtenants: bool | None = None
    districts: list[Sentence] = []
    kinds: list[LeaseKind] = []
    small: bool | None = None


class Escalation(_Part, frozen=True):
    """Whose a task becomes when it is so many working days overdue."""

    after: Few
    to: Actor


class Step(_Part, frozen=True):
    """One step: what sets it off, for whom, how, by whom and by when.

    `within` is a clock: "3 working days", "48 hours", "same day", "round" (the first working day
    more than a week after the due day) or "at review". It counts from the trigger, or from the end
    of the step `after`, and with `begins_when` only when one of these came of that. `days_late`
    waits so many days of late rent. `unless` stops the step while the tenant has phoned.
    `attempts` are how often one tries where nobody is home.
    """

    id: Name
    trigger: Trigger | list[Trigger]
    channel: Channel
    actor: list[Actor]
    within: str
    after: Name | None = None
    begins_when: list[Outcome] = []
    days_late: Annotated[int, Meta(ge=0, le=90)] = 0
    audience: Audience = field(default_factory=Audience)
    unless: list[Literal["phoned"]] = []
    attempts: Annotated[int, Meta(ge=1, le=10)] = 3
    committee: Committee | None = None
    escalate: Escalation | None = None
    text: Words | None = None

    @property
    def triggers(self) -> list[Trigger]:
        """What sets it off, one or several."""
        return self.trigger if isinstance(self.trigger, list) else [self.trigger]


class Applies(_Part, frozen=True):
    """Which leases follow the playbook: those of municipalities (SCB codes), and of them only some
    kinds or districts, if it says so."""

    municipalities: list[Code] = []
    kinds: list[LeaseKind] = []
    districts: list[Sentence] = []


class Meeting(_Part, frozen=True):
    """A meeting held again and again, on the so-maniest working day of each month, quarter or half
    year. Its pack holds numbers, not persons, unless they consent."""

    id: Name
    every: Literal["month", "quarter", "half_year"]
    who: list[Sentence]
    working_day: Annotated[int, Meta(ge=1, le=15)] = 1
    pack: Literal["numbers", "consented_cases"] = "numbers"
    text: Words | None = None


class Rung(_Part, frozen=True):
    """A step of the contract ladder: `review_after` months at the earliest, what is asked then, who
    must agree to the next step, and which support ends how many months after the review."""

    contract: Said
    review_after: Annotated[int, Meta(ge=1, le=60)]
    conditions: list[Said] = []
    agrees: list[Literal["landlord", "municipality", "tenant"]] = []
    support: Said | None = None
    support_ends_after: Annotated[int, Meta(ge=0, le=60)] | None = None
    tenure_waived_for: Annotated[int, Meta(ge=0, le=60)] | None = None


class Guarantee(_Part, frozen=True):
    """A rent guarantee that a town may give: months of rent, within so many months, to whom."""

    id: Name
    who: list[Said]
    months_of_rent: Annotated[int, Meta(ge=1, le=36)] | None = None
    within_months: Annotated[int, Meta(ge=1, le=60)] | None = None
    highest_debt_kr: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None
    covers_rent_debts: bool = False


class Playbook(_Part, frozen=True):
    """A town's way of working.

    `groups` are the household groups in their order inside a band; `follow_up` working days from a
    report until the case is back, by outcome; `source` says where the town's way is described.
    """

    name: Name
    title: Words
    source: Sentence
    steps: list[Step]
    applies: Applies = field(default_factory=Applies)
    groups: list[list[HouseholdGroup]] = field(
        default_factory=lambda: [["children"], ["young", "old", "unknown"], ["others"]]
    )
    follow_up: dict[str, Few] = {}
    meetings: list[Meeting] = []
    ladder: list[Rung] = []
    guarantees: list[Guarantee] = []
    every_tenant: list[Words] = []
    measures: list[Words] = []
