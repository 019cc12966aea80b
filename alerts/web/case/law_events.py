"""What the landlord and the law have done, for a case's line of time: reminders and demands,
notices, messages to the board, and the steps of claims and evictions.

What two sources told of one step stands there once, on the day on which it was told first.
"""

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from alerts.cases.law_steps import step_said
from models.lease.papers import LegalStep
from models.lease.slips import has_come
from models.lease.state import Lease
from models.phrase import Phrase, phrase
from models.standing.legal_steps import steps_until

Told = tuple[date, Phrase]


def law_events(lease: Lease, today: date) -> list[Told]:
    """All that has come by today, each with its own day; what is told twice is said once."""
    found = [*_reminders(lease), *_notices(lease), *_messages(lease), *_steps(lease, today)]
    return [told for told in found if has_come(told[0], today)]


def _reminders(lease: Lease) -> Iterator[Told]:
    for one in lease.signals.reminders:
        name = "demand" if one.kind == "debt_collection" else "reminder"
        yield one.sent_on, Phrase(f"timeline.{name}")


def _notices(lease: Lease) -> Iterator[Told]:
    for notice in lease.legal.notices.values():
        if notice.served_on is None:
            continue
        by = "_heard" if notice.heard else ""
        yield notice.served_on, Phrase(f"timeline.notice_{notice.reason}{by}")
        form_1 = notice.recovery_notice_served_on
        if form_1 is not None and form_1 != notice.served_on:
            yield form_1, Phrase("timeline.form_1")


def _messages(lease: Lease) -> Iterator[Told]:
    for message in lease.legal.council:
        name = f"timeline.message_{message.matter}"
        given = message.given_on
        if given is None or given == message.sent_on:
            yield message.sent_on, Phrase(name)
        else:
            yield given, phrase(f"{name}_sent", sent=message.sent_on)


def _steps(lease: Lease, today: date) -> Iterator[Told]:
    for kind in ("claim.", "eviction."):
        steps = steps_until(lease.legal.steps, kind, today)
        for _, same in groupby(steps, key=_what):
            step = next(same)
            yield step.on, step_said(step)


def _what(step: LegalStep) -> tuple[str, date | None]:
    return step.step, step.day
