"""Random money on one lease over three years, and what must come of it, worked out coin by coin."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from models.contract import facts
from models.contract.events import Event
from models.lease import trifles
from models.lease.fold import fold
from models.lease.ledger import Account, Credit, Invoice, Payment, Refund
from models.lease.lines import Settlement, due_day
from models.lease.state import Lease
from tests.builders import LEASE, event
from tests.tried_on import examples

MANY = settings(
    max_examples=examples(150),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)
START, END = date(2023, 1, 1), date.max
MONTHS = [f"{2023 + n // 12}-{n % 12 + 1:02}" for n in range(36)]
HABITS = (
    "whole", "whole", "whole", "named", "part", "over", "for_next", "reversed", "deposit",
    "dispute", "credit_whole", "credit_part", "credit_over", "nothing", "refund", "refund_named",
    "refund_over", "corrected", "corrected",
)  # fmt: skip


def invoice(month: str, rent: int, other: int, due_on: date | None = None) -> facts.RentInvoiced:
    """An invoice of rent and parking, due as agreed or on the last day of the month before."""
    given = due_on or date.fromisoformat(f"{month}-01") - timedelta(days=1)
    lines = [facts.InvoiceLine("rent", rent), facts.InvoiceLine("parking", other)]
    return facts.RentInvoiced(
        lease_id=LEASE, invoice_id=f"I{month}", period=month, due_on=given, lines=lines
    )


def histories() -> st.SearchStrategy[list[facts.Fact]]:
    """Facts by their day over three years; no two say different things of the same key."""
    month = st.one_of(st.integers(0, 5), st.integers(0, 35))
    act = st.tuples(month, st.sampled_from(HABITS), st.integers(-40, 60))
    return st.lists(act, max_size=16).map(history_of)


def history_of(acts: list[tuple[int, str, int]]) -> list[facts.Fact]:
    """The facts of acts: (month, habit, days from the first of the month)."""
    found: dict[Any, facts.Fact] = {}
    for number, (month, habit, days) in enumerate(acts):
        rent, other = [(5, 0), (8, 0), (4, 3), (0, 2), (6, 6)][month % 5]
        first = date.fromisoformat(f"{MONTHS[month]}-01")
        early = first - timedelta(days=120) if month % 4 == 1 else None
        invoiced = invoice(MONTHS[month], rent, other, early)
        on = first + timedelta(days=days)
        for fact in [invoiced, *_act(habit, invoiced, f"P{number}", on)]:
            found[_key(fact)] = fact
    return sorted(found.values(), key=_day)


def _act(habit: str, of: facts.RentInvoiced, key: str, on: date) -> list[facts.Fact]:
    whole, credit = of.rent_ore + of.other_ore, habit.startswith("credit")
    amount = {"part": 3, "credit_part": 2, "over": whole + 4, "credit_over": whole + 3}
    amount |= {"refund": whole + 4, "refund_named": 2 * whole}
    ore = amount.get(habit, whole)
    if habit == "nothing":
        return []
    if habit == "corrected":
        return [_corrected(of, on)]
    if habit == "dispute":
        return [facts.RentDisputed(lease_id=LEASE, invoice_id=of.invoice_id, on=on)]
    if habit == "deposit":
        return [facts.RentDeposited(lease_id=LEASE, amount_ore=ore, on=on)]
    if credit:
        return [facts.RentCredited(lease_id=LEASE, invoice_id=of.invoice_id, amount_ore=ore, on=on)]
    following = MONTHS[min(35, MONTHS.index(of.period) + 1)]
    named = {"named": of.invoice_id, "for_next": f"I{following}"}.get(habit)
    ordered = on - timedelta(days=3) if habit == "over" else None
    paid = facts.RentPaid(
        lease_id=LEASE, payment_id=key, amount_ore=ore, booked_on=on, ordered_on=ordered,
        invoice_id=named,
    )  # fmt: skip
    back = on + timedelta(days=5)
    if habit.startswith("refund"):
        return [paid, _refund(habit, key, whole, back)]
    if habit != "reversed":
        return [paid]
    return [paid, facts.RentPaymentReversed(lease_id=LEASE, payment_id=key, booked_on=back)]


def _corrected(of: facts.RentInvoiced, on: date) -> facts.InvoiceCorrected:
    """Another amount, and another due day, by the day of the correction."""
    return facts.InvoiceCorrected(
        lease_id=LEASE, invoice_id=of.invoice_id, period=of.period, corrected_on=on,
        due_on=of.due_on + timedelta(days=on.day % 3), amount_ore=2 + on.day % 9,
    )  # fmt: skip


def _invoices(facts_: Iterable[facts.Fact]) -> dict[str, facts.RentInvoiced]:
    """The invoices by id, as their newest corrections have them."""
    told = [fact for fact in facts_ if isinstance(fact, facts.RentInvoiced)]
    first = {f.invoice_id: f for f in told if type(f) is facts.RentInvoiced}
    corrected = [f for f in told if isinstance(f, facts.InvoiceCorrected)]
    newest = {f.invoice_id: f for f in sorted(corrected, key=lambda f: f.corrected_on)}
    return first | newest


def _refund(habit: str, key: str, whole: int, on: date) -> facts.RentRefunded:
    ore = {"refund": 4, "refund_named": whole}.get(habit, whole + 9)
    named = key if habit == "refund_named" else None
    return facts.RentRefunded(
        lease_id=LEASE, refund_id=f"R{key}", amount_ore=ore, on=on, payment_id=named
    )


def _key(fact: Any) -> tuple[Any, ...]:
    names = ("refund_id", "payment_id", "invoice_id")
    own = next((getattr(fact, name) for name in names if getattr(fact, name, None)), None)
    if isinstance(fact, facts.RentCredited | facts.RentDeposited):
        return type(fact), own, fact.on, fact.amount_ore
    return type(fact), own, getattr(fact, "corrected_on", None)


def _day(fact: Any) -> date:
    if isinstance(fact, facts.InvoiceCorrected):
        return fact.corrected_on
    if isinstance(fact, facts.RentInvoiced):
        return date.fromisoformat(f"{fact.period}-01") - timedelta(days=20)
    return getattr(fact, "booked_on", None) or fact.on  # type: ignore[no-any-return]


def told(facts_: Iterable[facts.Fact]) -> list[Event]:
    """The facts as events, each with an id that goes with it."""
    return [event(fact, f"{_key(fact)}") for fact in facts_]


def folded(events: Iterable[Event], today: date = START) -> Lease:
    """A lease after the events, all folded on one day, so that nothing is old enough to drop."""
    lease = Lease(LEASE)
    for each in events:
        fold(lease, each, today)
    return lease


def plain(facts_: Iterable[facts.Fact]) -> Account:
    """The same account with nothing packed away: the facts, put side by side."""
    account = Account()
    for key, of in _invoices(facts_).items():
        account.invoices[key] = Invoice(of.period, of.due_on, of.rent_ore, of.other_ore)
    for fact in facts_:
        match fact:
            case facts.RentPaid():
                account.payments[fact.payment_id] = Payment(
                    fact.amount_ore, fact.booked_on, fact.ordered_on, fact.payer, fact.invoice_id
                )
            case facts.RentDeposited():
                account.payments[f"deposit {fact.on} {fact.amount_ore}"] = Payment(
                    fact.amount_ore, fact.on, None, "deposit", None
                )
            case facts.RentPaymentReversed():
                account.reversals[fact.payment_id] = fact.booked_on
            case facts.RentRefunded():
                account.refunds[fact.refund_id] = Refund(fact.amount_ore, fact.on, fact.payment_id)
            case facts.RentCredited():
                account.credits.append(Credit(fact.invoice_id, fact.amount_ore, fact.on))
    return account


def money(facts_: Iterable[facts.Fact]) -> int:
    """What is owed less what is left over, öre, from the facts alone."""
    total = sum(of.rent_ore + of.other_ore for of in _invoices(facts_).values())
    reversed_ = {f.payment_id for f in facts_ if isinstance(f, facts.RentPaymentReversed)}
    for fact in facts_:
        match fact:
            case facts.RentPaid():
                total -= 0 if fact.payment_id in reversed_ else fact.amount_ore
            case facts.RentDeposited() | facts.RentCredited():
                total -= fact.amount_ore
            case facts.RentRefunded():
                total += fact.amount_ore
    return total


_KINDS = ("rent", "other")


class Purse(NamedTuple):
    """An invoice in the oracle: what is left of it, and when less than `rest` of its rent was."""

    due_on: date
    key: str
    left: dict[str, int]
    rest: int
    covered: list[date]


def coin_by_coin(facts_: Sequence[facts.Fact], as_of: date) -> tuple[list[Any], int]:
    """What `settle` must say of the facts: (lines, surplus), by paying one öre at a time."""
    purses = [
        Purse(
            due_day(f.period, f.due_on, None),
            f.invoice_id,
            {"rent": f.rent_ore, "other": f.other_ore},
            trifles.TRIFLE if f.rent_ore >= trifles.TRIFLE else 1,
            [],
        )
        for f in _invoices(facts_).values()
    ]
    purses.sort(key=lambda purse: purse[:2])
    too_much = [coin for coin in _credit_coins(facts_, as_of) if not _put_own(purses, *coin)]
    paid, unheld = _paid_coins(facts_, as_of)
    surplus = -max(0, unheld - len(too_much))
    for named, on in [*paid, *((None, None) for _ in too_much[unheld:])]:
        surplus += not (_put_own(purses, named, on) or _put_oldest(purses, on))
    lines = [
        (p.key, p.due_on, p.left["rent"], p.left["other"], p.covered[0] if p.covered else None)
        for p in purses
    ]
    return lines, surplus


def _credit_coins(facts_: Sequence[Any], as_of: date) -> list[tuple[str, None]]:
    given = [f for f in facts_ if isinstance(f, facts.RentCredited) and f.on <= as_of]
    return [(f.invoice_id, None) for f in given for _ in range(f.amount_ore)]


class Held(NamedTuple):
    """A coin of a payment in the oracle."""

    on: date
    key: str
    named: str | None
    booked: date
    may_go_back: bool


def _paid_coins(
    facts_: Sequence[Any], as_of: date
) -> tuple[list[tuple[str | None, date | None]], int]:
    """Invoice and day of each coin that is held, and how many went back that were not."""
    gone = {
        f.payment_id
        for f in facts_
        if isinstance(f, facts.RentPaymentReversed) and f.booked_on <= as_of
    }
    paid: list[Held] = []
    for fact in facts_:
        if isinstance(fact, facts.RentPaid) and fact.booked_on <= as_of:
            on = min(fact.booked_on, fact.ordered_on or fact.booked_on)
            if fact.payment_id not in gone:
                coin = Held(on, fact.payment_id, fact.invoice_id, fact.booked_on, True)
                paid += [coin] * fact.amount_ore
        elif isinstance(fact, facts.RentDeposited) and fact.on <= as_of:
            key = f"deposit {fact.on} {fact.amount_ore}"
            paid += [Held(fact.on, key, None, fact.on, False)] * fact.amount_ore
    paid.sort(key=lambda coin: coin[:2])
    unheld = 0
    for fact in sorted(_refunds(facts_, as_of), key=lambda f: (f.on, f.refund_id)):
        unheld += sum(not _give_back(paid, fact) for _ in range(fact.amount_ore))
    return [(coin.named, coin.on) for coin in paid], unheld


def _refunds(facts_: Sequence[Any], as_of: date) -> list[facts.RentRefunded]:
    return [f for f in facts_ if isinstance(f, facts.RentRefunded) and f.on <= as_of]


def _give_back(paid: list[Held], of: facts.RentRefunded) -> bool:
    """Take the newest coin that the refund may be of."""
    for place in reversed(range(len(paid))):
        coin = paid[place]
        newest = coin.may_go_back and coin.booked <= of.on
        if coin.key == of.payment_id if of.payment_id else newest:
            del paid[place]
            return True
    return False


def _put_own(purses: list[Purse], named: str | None, on: date | None) -> bool:
    return any(_put(purse, kind, on) for purse in purses if purse.key == named for kind in _KINDS)


def _put_oldest(purses: list[Purse], on: date | None) -> bool:
    due = [purse for purse in purses if on is None or purse.due_on <= on]
    coming = [purse for purse in purses if purse not in due]
    return any(_put(purse, kind, on) for kind in _KINDS for purse in due) or any(
        _put(purse, kind, on) for purse in coming for kind in _KINDS
    )


def _put(purse: Purse, kind: str, on: date | None) -> bool:
    if not purse.left[kind]:
        return False
    purse.left[kind] -= 1
    if kind == "rent" and purse.left["rent"] == purse.rest - 1 and on is not None:
        purse.covered.append(on)
    return True


def lines(found: Settlement) -> tuple[list[Any], int]:
    """A settlement in the oracle's form."""
    return [
        (line.invoice_id, line.due_on, line.rent_left, line.other_left, line.paid_on)
        for line in found.lines
    ], found.surplus_ore
