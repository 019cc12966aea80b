"""A program whose faults quote what was sent: its fold fails on failed payments, with the fact in
the exception's text, and logs the record with every fault, as a careless library might.

`python -m tests.quiet.leaky worker` is a bokvar command of that program.
"""

import logging
from datetime import date

from models.contract import facts
from models.lease import fold
from models.lease.account import Outcome
from models.lease.state import Lease


def _fail(lease: Lease, fact: facts.PaymentFailed, today: date, /) -> Outcome:
    error = ValueError(f"cannot fold {fact!r} of {lease!r}")
    logging.getLogger("careless").critical("Agent %r raised error: %r", lease, error)
    raise error


if __name__ == "__main__":
    fold._HANDLERS[facts.PaymentFailed] = _fail
    from streams.cli import main

    main()
