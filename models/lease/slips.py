"""Days that an older release believed although they had not come.

No fact is taken any more whose day lies so far ahead (`models.contract.days_ahead`); what was taken
has happened all the same, and must not wait for its slip in the year.
"""

from datetime import date, timedelta

SLIP = timedelta(days=200)  # ours: days are not published so late, and a year is longer


def has_come(on: date, today: date) -> bool:
    """Has what is dated `on` happened by `today`?"""
    return on <= today or on - today > SLIP
