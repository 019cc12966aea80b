"""Credits, and which of them are the same.

A credit is known by its `credit_id`. One without is known by what it says, and an equal one (the
same invoice, amount and day) is the same credit under whatever event id; the first equal one that
has a `credit_id` gives it its name. So of equal credits as many count as they have ids, one where
none has, in whatever order they come. Their marks are made when they come, for dropping spends
and merges them.
"""

from models.contract import facts
from models.lease import known
from models.lease.account import Outcome
from models.lease.archive import unpack_if_touched
from models.lease.ledger import Account, Credit

UNNAMED, NAMED = 0, 1  # of equal credits: the one counted has no name yet, or all have


def credit(account: Account, fact: facts.RentCredited) -> Outcome:
    """Add a credit; its invoice may come later."""
    item = Credit(fact.invoice_id, fact.amount_ore, fact.on)
    told = f"{item.invoice_id} {item.amount_ore} {item.on}"
    equals = known.key_of(f"equal credits {told}")
    before = known.find(account.known, equals)
    if before is None and item in account.credits:
        before = UNNAMED  # stored by a program that made no marks
    if fact.credit_id is not None:
        name, content = known.key_of(f"credit {fact.credit_id}"), known.content_of(told.encode())
        held = known.find(account.known, name)
        if held is not None:
            return Outcome.COUNTED if held == content else Outcome.OTHER_CONTENT
        account.known = known.put(account.known, name, content)
    elif before is not None:
        return Outcome.COUNTED
    account.known = known.put(account.known, equals, UNNAMED if fact.credit_id is None else NAMED)
    if before == UNNAMED:
        return Outcome.COUNTED
    unpack_if_touched(account, fact.on, fact.invoice_id)
    account.credits.append(item)
    return Outcome.APPLIED
