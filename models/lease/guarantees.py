"""What has been told of a lease's rent guarantees, as it is stored.

As acts it is kept by its days and moments, so that the order of arrival means nothing; unlike acts
it outlives the case, for a guarantee does.
"""

from datetime import date

from msgspec import Struct


class GuaranteeAct(Struct, array_like=True, frozen=True, gc=False):
    """A guarantee `given`, `drawn` or `ended` on a day, by whom, told at the moment `sent`. `ore`
    is its limit or what was drawn, `town` the municipality."""

    act_id: str
    kind: str
    guarantee_id: str
    on: date
    by: str
    sent: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    ore: int | None = None
    months: int | None = None
    terms: str | None = None
    town: str = ""
