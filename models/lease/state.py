"""What is known of one lease: the state that its events fold into, and its stored form.

State is a pure function of the lease's events and of the days that have ended. It is stored as
MessagePack arrays; a field is only ever added at the end, with a default, or the version grows
and `upcast` learns the older form.
"""

from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from models.contract.facts import Child, Tenant
from models.lease.cases import Case
from models.lease.guarantees import GuaranteeAct
from models.lease.ledger import Account
from models.lease.papers import Legal
from models.lease.paying import Paying
from models.lease.signals import Signals
from models.lease.upcast import upcast
from models.phrase import Phrase

STATE_VERSION = 4
PROVISIONAL = b""  # the digest of terms that no landlord has told
UNKNOWN_DISTRICT = "-"  # of terms that no landlord has told


class Terms(Struct, array_like=True):
    """The lease as the landlord knows it; rent in öre a month."""

    landlord_id: str
    municipality: str
    district: str
    rent_ore: int
    rooms: int
    kind: str
    started_on: date
    review_on: date | None = None
    digest: bytes = PROVISIONAL


class Household(Struct, array_like=True):
    """Who lives there. `known` is yes, no or unknown; unknown is never none. `told_on` is the day
    on which the children were told of, if a day had ended by then."""

    known: str = "unknown"
    tenants: list[Tenant] = []
    children: list[Child] = []
    sublet_children: bool = False
    told_by_municipality: bool = False
    protected: bool = False
    told_on: date | None = None


class Risk(Struct, array_like=True):
    """The last score: the scorecard's points, band (low, raised, high, acute) and what moved it, by
    weight. Where a model ranks, `chance` is its chance of trouble in thousandths, 1000 where that
    has come already, and `model` its version."""

    points: int = 0
    band: str = "low"
    reasons: tuple[Phrase, ...] = ()
    scored_on: date | None = None
    chance: int | None = None
    model: str = ""


class Handover(Struct, array_like=True):
    """From `on` the lease is this landlord's. `taken` when that has spoken of the lease."""

    on: date
    landlord_id: str
    taken: bool = False


class Move(Struct, array_like=True):
    """From `on` the lease is in another municipality than `town`, known since `known_on`; `handed`
    once the case that `town` had is handed over. `provisional` where it never was in `town`, which
    had it by its own papers or a landlord's slip until somebody told whose it is."""

    on: date
    town: str
    known_on: date
    handed: bool = False
    provisional: bool = False


class Lease(Struct, array_like=True):
    """All that is known of one lease.

    `terms` is None until the lease is registered: facts that come earlier are held here. Papers of
    the law that a municipality tells of give it provisional terms, until the landlord's come.
    `changes` wait for their effective day; `changed_on` says since when each changed field holds.
    `held_since` is the day and offset of the first fact while the lease is not registered, and
    `held_for` the landlord and the id of its first event then. `resends` has the marks of what
    would make good a record that was set aside, by partition and offset.
    `wake_on` is the day at whose end the lease is next looked at although nothing happened.
    `told` says how new the reports are that hold, by their matter (`models.lease.newest`).
    `seen` has the events of the last `HOLD_DAYS`, `known` those, for ever, of which nothing else
    would tell that they have come (`models.lease.seen`).
    `incomplete` names the records about this lease that were set aside, (partition, offset).
    `handovers` by day are to landlords other than the one in the lease's id; `held` is what
    municipalities said before the lease was registered, events in JSON with their offsets.
    `case` is opened, changed and closed by `alerts`; `habit_named_on` is when it was last said that
    the rent is always some days late. `guarantees` outlive it (`models.standing.guarantees`).
    `paying` is where the rent is paid to, None until somebody has told; `moves` are from one
    municipality to another.
    """

    lease_id: str
    terms: Terms | None = None
    household: Household = msgspec.field(default_factory=Household)
    account: Account = msgspec.field(default_factory=Account)
    signals: Signals = msgspec.field(default_factory=Signals)
    legal: Legal = msgspec.field(default_factory=Legal)
    risk: Risk = msgspec.field(default_factory=Risk)
    seen: bytes = b""
    incomplete: list[tuple[int, int]] = []
    changes: list[tuple[date, str, Any]] = []
    changed_on: dict[str, date] = {}
    held_since: tuple[date, int] | None = None
    wake_on: date | None = None
    ended: tuple[date, str] | None = None
    episodes: int = 0
    case: Case | None = None
    sealed_identity: str | None = None
    held_for: tuple[str, str] | None = None
    resends: list[tuple[int, int, list[str]]] = []
    habit_named_on: date | None = None
    told: dict[str, tuple[date, str]] = {}
    handovers: list[Handover] = []
    held: list[tuple[int, bytes]] = []
    known: bytes = b""
    guarantees: list[GuaranteeAct] = []
    paying: Paying | None = None
    moves: list[Move] = []

    @property
    def is_registered(self) -> bool:
        """Has a landlord registered it? What a municipality's papers tell of it is provisional."""
        return self.terms is not None and self.terms.digest != PROVISIONAL

    @property
    def started_on(self) -> date | None:
        """The first day of the lease, when it is registered."""
        return self.terms.started_on if self.terms else None


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Lease)


def encode(lease: Lease) -> bytes:
    """The stored form of a lease, of version `STATE_VERSION`."""
    return _encoder.encode(lease)


def decode(state: bytes, version: int = STATE_VERSION) -> Lease:
    """A lease from its stored form. ValueError for a version newer than this code."""
    if version != STATE_VERSION:
        state = upcast(state, version, STATE_VERSION)
    return _decoder.decode(state)
