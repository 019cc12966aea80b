"""Negative rows of an export: which bill a credit is of, and which payment was taken back.

An export seldom says it. A credit is of the bill with its own id; else of the newest bill due by
its day of the same amount; else of the newest that is at least as large; else of one of the same
amount that was sent and is not yet due. A negative payment takes back a payment booked by its day
of the same amount, whole: the one with its own id, else the newest. Of another amount it is money
that went back to the payer, if so much was held. What fits none is left out and counted.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

BILLED_BEFORE = timedelta(days=20)  # ours: an export does not say when a bill was sent


class Row(NamedTuple):
    """A bill or payment, öre; below zero it takes back."""

    id: str
    on: date
    ore: int


def credits(bills: Sequence[Row]) -> Iterator[tuple[Row, Row]]:
    """The credits among a lease's bills that have a bill, each with it, by day."""
    left = {bill: bill.ore for bill in _above_zero(bills)}
    for credit in _below_zero(bills):
        bill = _credited(credit, left)
        if bill is not None:
            left[bill] += credit.ore
            yield credit, bill


def returns(payments: Sequence[Row]) -> Iterator[tuple[Row, Row | None]]:
    """The payments of a lease that were taken back, each with the one that was taken back whole;
    None when money went back, of the newest that was held. By day."""
    left = {paid: paid.ore for paid in _above_zero(payments)}
    for taken in _below_zero(payments):
        held = [paid for paid in left if paid.on <= taken.on]
        same = [paid for paid in held if paid.ore == left[paid] == -taken.ore]
        if same:
            whole = next((paid for paid in same if paid.id == taken.id), same[-1])
            left[whole] = 0
            yield taken, whole
        elif sum(left[paid] for paid in held) >= -taken.ore:
            _take_newest(held, left, -taken.ore)
            yield taken, None


def unmatched(rows: Sequence[Row], matched: Iterable[tuple[Row, Row | None]]) -> int:
    """How many rows below zero take back nothing that is known."""
    return len(_below_zero(rows)) - sum(1 for _ in matched)


def _credited(credit: Row, left: dict[Row, int]) -> Row | None:
    ore = -credit.ore
    room = [bill for bill, rest in left.items() if rest >= ore]
    due = [bill for bill in room if bill.on <= credit.on]
    sent = [bill for bill in room if credit.on < bill.on <= credit.on + BILLED_BEFORE]
    for fits in (
        [bill for bill in room if bill.id == credit.id],
        [bill for bill in due if bill.ore == ore],
        due,
        [bill for bill in sent if bill.ore == ore],
    ):
        if fits:
            return fits[-1]
    return None


def _take_newest(held: Sequence[Row], left: dict[Row, int], ore: int) -> None:
    for paid in reversed(held):
        part = min(left[paid], ore)
        left[paid] -= part
        ore -= part


def _above_zero(rows: Sequence[Row]) -> list[Row]:
    return sorted((row for row in rows if row.ore > 0), key=_by_day)


def _below_zero(rows: Sequence[Row]) -> list[Row]:
    return sorted((row for row in rows if row.ore < 0), key=_by_day)


def _by_day(row: Row) -> tuple[date, str]:
    return row.on, row.id
