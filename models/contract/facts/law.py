"""Facts of the law's own road: notices, messages to the board, claims and evictions."""

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from models.contract.facts.fields import Fact, LongText, Municipality, Ore, Text


class NoticeServed(Fact, frozen=True, gc=False):
    """A notice to quit. Without `recovery_notice_served_on` (form 1) the three weeks of
    JB 12:44 have not begun, a defect to show. Reports of one notice fill each other in; one that
    says otherwise is told whole with `corrected_on`, and the newest holds. From a municipality it
    is what it has heard from the landlord: of one notice the landlord's own report holds, under
    whatever `notice_id`, and else the municipality's newest word. It is undone as an act is."""

    notice_id: Text
    served_on: date
    reason: Literal["arrears", "disturbance"]
    tenant_ref: Text | None = None
    amount_ore: Ore | None = None
    recovery_notice_served_on: date | None = None
    corrected_on: date | None = None


class NoticeWithdrawn(Fact, frozen=True, gc=False):
    """A notice to quit was withdrawn."""

    notice_id: Text
    on: date | None = None


class CouncilNotified(Fact, frozen=True, gc=False):
    """The landlord's message to the social welfare board (socialnämnden).

    For arrears it has a set form (form 3, SFS 1978:314), whose fields follow; the tenant's name
    and address travel sealed. A message counts as given the day it was sent by registered letter
    (JB 12:63), otherwise the day it arrived. Missing form fields make it defective, never
    unreadable. A message that was told wrong is told whole again with the same `message_id` and
    `corrected_on`; one that was wrong itself is followed by a new message. `municipality` is the
    one whose board a landlord sent it to: until a landlord has registered the lease, it says whose
    the lease is.
    """

    matter: Literal["arrears", "disturbance", "serious_disturbance"]
    sent_on: date
    how: Literal["registered", "other"]
    received_on: date | None = None
    landlord_name: Text | None = None
    landlord_address: Text | None = None
    landlord_phone: Text | None = None
    sealed_identity: LongText | None = None
    rooms: Annotated[int, Meta(ge=0, le=50)] | None = None
    amount_ore: Ore | None = None
    due_on: date | None = None
    interest: Text | None = None
    account: Text | None = None
    message_id: Text | None = None
    corrected_on: date | None = None
    municipality: Municipality | None = None


class CouncilRentAssumed(Fact, frozen=True, gc=False):
    """The board took on the rent in writing (JB 12:44 4 st 1)."""

    on: date


class ClaimStep(Fact, frozen=True, gc=False):
    """A step of a claim (summary application) for payment or eviction."""

    on: date
    reply_by: date | None = None


class ClaimFiled(ClaimStep, frozen=True, gc=False):
    """A claim was filed."""


class ClaimServed(ClaimStep, frozen=True, gc=False):
    """A claim was served; the tenant may reply until `reply_by`."""


class ClaimDisputed(ClaimStep, frozen=True, gc=False):
    """The tenant disputed the claim."""


class ClaimDecided(ClaimStep, frozen=True, gc=False):
    """A decision was made on the claim."""


class ClaimWithdrawn(ClaimStep, frozen=True, gc=False):
    """The claim was withdrawn."""


class EvictionStep(Fact, frozen=True, gc=False):
    """A step of an eviction at the enforcement authority (Kronofogden). `on` is the day the
    step became known to the municipality; `to` is the new date of a deferral."""

    on: date
    scheduled_on: date | None = None
    to: date | None = None


class EvictionApplied(EvictionStep, frozen=True, gc=False):
    """An eviction was applied for."""


class EvictionScheduled(EvictionStep, frozen=True, gc=False):
    """A time was set; the municipality confirms the same day (2025:468 11:3). `corrects` is the
    day that was told before and was wrong; a time that was moved is a deferral."""

    corrects: date | None = None


class EvictionDeferred(EvictionStep, frozen=True, gc=False):
    """The eviction was put off."""


class EvictionCancelled(EvictionStep, frozen=True, gc=False):
    """The eviction was called off."""


class EvictionExecuted(EvictionStep, frozen=True, gc=False):
    """The eviction was carried out."""
