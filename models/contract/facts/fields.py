"""The values that facts are made of, with their ranges; `Fact` and `Broadcast`."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

_END = r"(?!\n)$"  # the end in ECMA 262 and in Python alike, whose bare $ lets a line end pass


MAX_ORE = 10**12  # ten billion kronor: anything above is a unit error, and sums stay in 64 bits


Ore = Annotated[int, Meta(ge=0, le=MAX_ORE, description="öre")]


PositiveOre = Annotated[int, Meta(gt=0, le=MAX_ORE, description="öre, more than nothing")]


Text = Annotated[str, Meta(min_length=1, max_length=200)]


LongText = Annotated[str, Meta(max_length=20_000)]


LeaseId = Annotated[
    str,
    Meta(
        min_length=3,
        max_length=100,
        description="<the landlord's organisation number>:<the landlord's own lease number>",
    ),
]


OrgNr = Annotated[
    str, Meta(pattern=r"^[0-9]{6}-?[0-9]{4}" + _END, description="organisation number")
]


Period = Annotated[
    str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])" + _END, description="month, 2026-12")
]


BirthYear = Annotated[int, Meta(ge=1880, le=2200)]


Municipality = Annotated[
    str, Meta(pattern=r"^[0-9]{4}" + _END, description="SCB municipality code")
]


LeaseKind = Literal["first_hand", "second_hand", "municipal", "trial"]


Living = Literal["permanent", "alternating", "visiting"]


LineKind = Literal["rent", "metered", "parking", "storage", "fee", "interest", "damage"]


Payer = Literal["tenant", "municipality", "guarantor", "benefit", "collector", "estate", "other"]


Channel = Literal["phone", "sms", "email", "letter", "visit", "portal", "other"]


class Fact(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A fact about one lease; `lease_id` equals the event's subject and its Kafka key."""

    lease_id: LeaseId


class Broadcast(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A fact about no single lease, published to every partition."""
