"""What people at the municipality have done and decided about one lease, as it is stored.

Acts are kept in the order in which they came.
"""

from datetime import date

from msgspec import Struct


class Act(Struct, array_like=True, frozen=True, gc=False):
    """An act on a day. `code` is an outcome or what is waited for; `day` the day of a follow-up, of
    a plan or until which is waited; `who` goes, or has the task; `by` told it."""

    act_id: str
    kind: str
    on: date
    task_id: str = ""
    code: str = ""
    day: date | None = None
    who: str = ""
    by: str = ""
