"""The person at the worklist, as the login provider vouched for them."""

from enum import StrEnum

from msgspec import Struct


class Role(StrEnum):
    """What a person is here; each has one."""

    CASEWORKER = "caseworker"
    TEAM_LEADER = "team_leader"
    LANDLORD = "landlord"
    OPERATOR = "operator"
    AUDITOR = "auditor"


LONGEST_SUBJECT = 200  # characters: it signs acts, whose texts are no longer (`facts.fields.Text`)


class Person(Struct, frozen=True):
    """Who somebody is: made by `alerts.access.claims.person_of` alone.

    `subject` is the provider's lasting id, and signs acts. A caseworker and a team leader have a
    municipality; without `districts` all of it is theirs. `landlord` is an organisation number in
    its one spelling, and a landlord's alone.
    """

    subject: str
    name: str
    role: Role
    municipality: str | None
    districts: tuple[str, ...] = ()
    landlord: str | None = None
