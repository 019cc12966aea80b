"""What people at the municipality have done and decided about one lease, as it is stored.

Acts are kept by their days, and of one day by when they were sent, so that their order does not
depend on when they arrive.
"""

from datetime import date

from msgspec import Struct

from models.contract.facts import CaseMapped


class Act(Struct, array_like=True, frozen=True, gc=False):
    """An act on a day. `code` is an outcome, what is waited for or what was `mapped`; `day` the day
    of a follow-up, of a plan or until which is waited; `who` goes, or has the task; `by` told it,
    at the moment `sent` (as `models.lease.newest` writes it). `ended_on` is the day on which a
    paper of the law became known that ended a wait. `town` is the municipality whose act it is, ""
    of what was kept before that was (`models.lease.whose_act`)."""

    act_id: str
    kind: str
    on: date
    task_id: str = ""
    code: str = ""
    day: date | None = None
    who: str = ""
    by: str = ""
    sent: str = ""
    ended_on: date | None = None
    town: str = ""


def mapped(fact: CaseMapped) -> str:
    """What was mapped as one code: `cause.forgotten need.direct_debit`, each once, in an order of
    their own."""
    kinds = ("cause", fact.causes), ("effort", fact.efforts), ("need", fact.needs)
    return " ".join(f"{kind}.{code}" for kind, codes in kinds for code in sorted(set(codes)))
