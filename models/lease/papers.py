"""The law's papers on one lease, as they are stored."""

from datetime import date

from msgspec import Struct


class Notice(Struct, array_like=True):
    """A notice to quit; `served` is False while only its withdrawal is known. `corrected_on` is the
    day of the correction that holds. One that is `heard` the landlord has told to the municipality
    alone. An undated withdrawal was made on the day on which it came."""

    served: bool = False
    withdrawn: bool = False
    reason: str = "arrears"
    served_on: date | None = None
    recovery_notice_served_on: date | None = None
    tenant_ref: str | None = None
    amount_ore: int | None = None
    corrected_on: date | None = None
    heard: bool = False
    withdrawn_on: date | None = None


class HeardNotice(Struct, array_like=True, frozen=True, gc=False):
    """What a municipality heard from the landlord of a notice: told on a day, at the moment `sent`
    (as `models.lease.newest` writes it), under the municipality's own `notice_id`. `town` is that
    municipality, "" of what was kept before that was (`models.lease.whose_act`)."""

    act_id: str
    on: date
    sent: str
    notice_id: str
    reason: str
    served_on: date
    recovery_notice_served_on: date | None = None
    tenant_ref: str | None = None
    amount_ore: int | None = None
    town: str = ""


class CouncilMessage(Struct, array_like=True, frozen=True, gc=False):
    """A message to the social welfare board; `lacks` names missing fields of form 3.

    `given_on` is the day it counts as given (JB 12:63), None while the arrival is not known;
    `amount_ore` and `due_on` are the rent it speaks of; of one `message_id` the newest
    `corrected_on` holds.
    """

    sent_on: date
    matter: str
    given_on: date | None
    lacks: tuple[str, ...] = ()
    registered: bool = False
    amount_ore: int | None = None
    due_on: date | None = None
    message_id: str | None = None
    corrected_on: date | None = None


class LegalStep(Struct, array_like=True, frozen=True, gc=False):
    """A step of a claim or an eviction, by its event name (`claim.filed`, ...). `corrects` is a day
    of the same step that was told wrong."""

    on: date
    step: str
    day: date | None = None
    corrects: date | None = None


class Legal(Struct, array_like=True):
    """Notices, messages to the board, its assumptions of the rent, claims and evictions. `heard` is
    all that a municipality heard of notices; what counts of it is among `notices`."""

    notices: dict[str, Notice] = {}
    council: list[CouncilMessage] = []
    assumed: list[date] = []
    steps: list[LegalStep] = []
    heard: list[HeardNotice] = []
