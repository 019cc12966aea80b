"""Notices to quit that a municipality has heard of from the landlord: which of them count.

The landlord's own report of a notice holds over what the municipality heard of it, and of that the
newest word. All that was heard is kept, and what counts of it stands among the lease's notices.
"""

from collections.abc import Collection

from models.law.deadlines import RECOVERY_WEEKS
from models.lease.papers import HeardNotice, Legal, Notice

# Ours: two services this near each other are one notice, told twice. Notices for the rents of two
# months are further apart, and to take two for one would hide the earlier last day.
SAME_NOTICE = RECOVERY_WEEKS
_PREFIX = "heard:"


def count_heard(legal: Legal, undone: Collection[str]) -> None:
    """Put among the notices what counts of those that were heard of: not what is `undone`, nor what
    the landlord, or a newer word of the municipality, tells of the same notice."""
    if not legal.heard:
        return
    own = {key: notice for key, notice in legal.notices.items() if not notice.heard}
    told, counted, known = [n for n in own.values() if n.served], dict[str, Notice](), set[str]()
    for one in reversed(legal.heard):
        if one.act_id in undone or one.notice_id in known:
            continue
        if not any(_is_same(notice, one) for notice in told):
            counted.setdefault(_PREFIX + one.act_id, _notice(one))
        told.append(_notice(one))  # what it replaced stays so, whatever replaces it
        known.add(one.notice_id)
    legal.notices = {**counted, **own}


def counts(legal: Legal, act_id: str) -> bool:
    """Does what the act told of a notice count?"""
    return _PREFIX + act_id in legal.notices


def told_by_landlord(legal: Legal, heard: HeardNotice) -> Notice | None:
    """The landlord's own report of the notice that was heard of, which holds over it."""
    own = (one for one in legal.notices.values() if one.served and not one.heard)
    return next((notice for notice in own if _is_same(notice, heard)), None)


def _is_same(notice: Notice, heard: HeardNotice) -> bool:
    """Are the two of one notice? One that was served after the landlord had spoken is another, and
    so is one that was withdrawn before."""
    if notice.served_on is None or notice.reason != heard.reason:
        return False
    if heard.sent and notice.served_on > heard.on:
        return False
    if heard.sent and notice.withdrawn_on is not None and notice.withdrawn_on < heard.on:
        return False
    is_theirs = None in (notice.tenant_ref, heard.tenant_ref)
    near = abs(notice.served_on - heard.served_on) <= SAME_NOTICE
    return near and (is_theirs or notice.tenant_ref == heard.tenant_ref)


def _notice(one: HeardNotice) -> Notice:
    return Notice(
        True, False, one.reason, one.served_on, one.recovery_notice_served_on, one.tenant_ref,
        one.amount_ore, heard=True,
    )  # fmt: skip
