"""A second opinion on the money, from the raw JSON of the log alone: nothing is shared with the
fold but the list of records that it set aside.

A lease's balance is what was invoiced, less what was credited and paid, with payments that were
taken back put back, and what went back to the payer. An invoice, payment, reversal or refund counts
once by its own id, a deposit once by its day and amount. Of equal credits as many count as have
different ids, one where none has. Of an invoice the newest correction counts. Öre.
"""

import json
from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date
from hashlib import blake2b
from typing import Any
from unicodedata import normalize

import msgspec
from kafka.partitioner.default import murmur2

from alerts.fold.record import Record
from models.lease import known
from models.lease.archive import unpacked
from models.lease.credits import UNNAMED
from models.lease.state import Lease

_PREFIX = "se.bokvar."
_POSITIVE = 0x7FFFFFFF
# Figures of an amount; Python refuses to read thousands, which an ignored field may have.
_LONGEST = 19


class Purse(msgspec.Struct, array_like=True):
    """One lease's balance, and what has been counted in it: key to amount, öre. `trusted` has the
    marks of what the ledger held no longer when its word was taken."""

    balance: int = 0
    counted: dict[int, int] = {}
    trusted: bytes = b""

    def has(self, key: str) -> bool:
        """Is it counted already?"""
        if _digest(key) in self.counted:
            return True
        return bool(self.trusted) and known.find(self.trusted, known.key_of(key)) is not None

    def once(self, key: str, amount: int) -> None:
        """Add an amount, unless it is counted already."""
        if not self.has(key):
            self.counted[_digest(key)] = amount
            self.balance += amount


class Money:
    """The balances of one partition's leases."""

    def __init__(self, partition: int, partitions: int, saved: bytes | None = None) -> None:
        """Begins with nothing, or with what `save` gave."""
        self._partition = partition
        self._partitions = partitions
        self._at_home: dict[str, bool] = {}
        self._purses: dict[str, Purse] = (
            msgspec.msgpack.decode(saved, type=dict[str, Purse]) if saved else {}
        )

    def take(
        self, records: Iterable[Record], set_aside: Container[int], stored: Container[str] = ()
    ) -> None:
        """Count records of the log; those at the offsets `set_aside` do not count. A lease that is
        `stored` as a sender spells it goes by that name."""
        for record in records:
            if record.error is not None or record.offset in set_aside:
                continue
            event = json.loads(record.value, parse_int=_number)
            kind = event["type"].removeprefix(_PREFIX)
            count = _COUNTED.get(kind)
            if count is None:
                continue
            given = event["data"]["lease_id"]
            lease_id = _spelled(given)
            if given in stored:
                lease_id = given
            if self._is_home(lease_id):
                purse = self._purses.setdefault(lease_id, Purse())
                count(purse, event, event["data"])

    def differs(self, balances: Iterable[tuple[str, int]]) -> Iterator[str]:
        """The leases whose balance is another one, or missing, in `balances` of all leases."""
        left = {lease_id for lease_id, purse in self._purses.items() if purse.balance}
        for lease_id, balance in balances:
            left.discard(lease_id)
            purse = self._purses.get(lease_id)
            if balance != (purse.balance if purse else 0):
                yield lease_id
        yield from sorted(left)

    def save(self) -> bytes:
        """All that is known, to go on from another time."""
        return msgspec.msgpack.encode(dict(sorted(self._purses.items())))

    def _is_home(self, lease_id: str) -> bool:
        """Does the lease live here? A record astray counts where it is sent on to."""
        known = self._at_home.get(lease_id)
        if known is None:
            partition = (murmur2(lease_id.encode()) & _POSITIVE) % self._partitions
            known = self._at_home[lease_id] = partition == self._partition
        return known


def _spelled(name: str) -> str:
    """A lease id with its hyphen and its letters composed."""
    landlord, _, number = name.partition(":")
    digits = landlord.replace("-", "")
    return f"{digits[:6]}-{digits[6:]}:{normalize('NFC', number)}"


def _number(figures: str) -> int | str:
    return int(figures) if len(figures) <= _LONGEST else figures


def begin(leases: Iterable[Lease]) -> bytes:
    """What `Money` goes on from when the log cannot tell: the ledger's own balances and keys, taken
    on trust."""
    purses = {}
    for lease in leases:
        account = unpacked(lease.account)
        purse = purses[lease.lease_id] = Purse(account.balance_ore, trusted=account.known)
        for key, invoice in account.invoices.items():
            purse.counted[_digest(f"invoice {key}")] = invoice.rent_ore + invoice.other_ore
            if invoice.corrected_on is not None:
                purse.counted[_digest(f"corrected {key}")] = invoice.corrected_on.toordinal()
        for key, payment in account.payments.items():
            purse.counted[_digest(f"payment {key}")] = -payment.amount_ore
            purse.counted[_digest(key)] = -payment.amount_ore
        for key in account.refunds:
            purse.counted[_digest(f"refund {key}")] = 0
        for key in account.reversals:
            purse.counted[_digest(f"reversal {key}")] = 0
    return msgspec.msgpack.encode(purses)


def _digest(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")


def _invoiced(purse: Purse, event: Any, data: Any) -> None:
    purse.once(f"invoice {data['invoice_id']}", _amount(data))


def _amount(data: Any) -> int:
    lines = data.get("lines")
    return sum(line["amount_ore"] for line in lines) if lines else data.get("amount_ore") or 0


def _corrected(purse: Purse, event: Any, data: Any) -> None:
    day, invoice = date.fromisoformat(data["corrected_on"]).toordinal(), data["invoice_id"]
    if purse.has(f"correction {invoice} {data['corrected_on']}"):
        return
    if purse.counted.get(_digest(f"corrected {invoice}"), 0) < day:
        key = _digest(f"invoice {invoice}")
        purse.balance += _amount(data) - purse.counted.get(key, 0)
        purse.counted[key] = _amount(data)
        purse.counted[_digest(f"corrected {invoice}")] = day


def _credited(purse: Purse, event: Any, data: Any) -> None:
    equal = f"equal credits {data['invoice_id']} {data['amount_ore']} {data['on']}"
    name = data.get("credit_id")
    if name is None:
        purse.once(equal, -data["amount_ore"])
    elif not purse.has(f"credit {name}"):
        purse.once(f"credit {name}", 0 if _is_nameless(purse, equal) else -data["amount_ore"])
        purse.counted[_digest(equal)] = 0


def _is_nameless(purse: Purse, equal: str) -> bool:
    """Is an equal credit counted that had no id? Then this is the same, and gives it one."""
    counted = purse.counted.get(_digest(equal))
    if counted is None and purse.trusted:
        return known.find(purse.trusted, known.key_of(equal)) == UNNAMED
    return bool(counted)


def _paid(purse: Purse, event: Any, data: Any) -> None:
    taken_back = purse.has(f"reversal {data['payment_id']}")
    purse.once(f"payment {data['payment_id']}", 0 if taken_back else -data["amount_ore"])


def _reversed(purse: Purse, event: Any, data: Any) -> None:
    paid = purse.counted.get(_digest(f"payment {data['payment_id']}"), 0)
    purse.once(f"reversal {data['payment_id']}", -paid)


def _deposited(purse: Purse, event: Any, data: Any) -> None:
    purse.once(f"deposit {data['on']} {data['amount_ore']}", -data["amount_ore"])


def _refunded(purse: Purse, event: Any, data: Any) -> None:
    purse.once(f"refund {data['refund_id']}", data["amount_ore"])


_COUNTED: dict[str, Callable[[Purse, Any, Any], None]] = {
    "rent.invoiced.v1": _invoiced,
    "invoice.corrected.v1": _corrected,
    "rent.credited.v1": _credited,
    "rent.paid.v1": _paid,
    "rent.payment_reversed.v1": _reversed,
    "rent.deposited.v1": _deposited,
    "rent.refunded.v1": _refunded,
}
