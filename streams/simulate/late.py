"""Rent more than a week late that is paid within weeks: forgotten, or money ran short.

Most pay directly after the reminder (2014 report); the shares are assumptions.
"""

from datetime import date, timedelta

from models.contract.facts import (
    ConsentGiven,
    DisputeEnded,
    ObjectionMade,
    PaymentFailed,
    RentDeposited,
    RentDisputed,
)
from models.law.weekdays import next_working_day
from streams.simulate import plans
from streams.simulate.agenda import ONE_DAY, Part
from streams.simulate.story import Story

SCOPE = "help_with_rent"  # what the tenant lets the landlord pass on, in the landlord's words


def forget(story: Story) -> None:
    """The rent is forgotten, and paid when the reminder or at the latest the demand comes."""
    month, rng = story.first, story.rng
    u = rng.random()
    if u < 0.78:
        paid = story.soon(month.reminder_on, 1, 4)
    elif u < 0.93:
        paid = story.soon(story.demand_on(month), 1, 5)
    else:
        paid = next_working_day(month.due_on + timedelta(days=9))
    story.remind(month, paid)
    if rng.random() < 0.08:
        story.phone(min(paid, month.reminder_on), inbound=True, reached=True)
    story.pay(month, story.tenancy.total(month.number), paid)
    debit_failed(story)


def as_always(story: Story, paid: date) -> None:
    """Late as every month, and paid: the reminder has come before."""
    story.remind(story.first, paid)
    story.pay(story.first, story.tenancy.total(story.first.number), paid)


def run_short(story: Story) -> None:
    """The money does not suffice until the next payday: a part first, or a short plan, or late."""
    month, rng = story.first, story.rng
    total = story.tenancy.total(month.number)
    paid = story.soon(story.month(1).payday, 0, 2)
    part = story.tenancy.part(month.number)
    story.remind(month, paid)
    debit_failed(story)
    called = rng.random() < 0.45
    if called:
        story.phone(story.soon(month.due_on, 1, 6), inbound=True, reached=True)
    elif rng.random() < 0.5:
        story.phone(story.soon(month.reminder_on, 2, 4), inbound=False, reached=rng.random() < 0.5)
    if part:
        story.pay(month, part, story.soon(month.due_on, 0, 5))
    if called and rng.random() < 0.4:
        _short_plan(story, total - part)
    else:
        story.pay(month, total - part, paid)
    _asked_about_help(story)


def dispute(story: Story) -> None:
    """The tenant disputes the rent and deposits it with the county board (JB 12:21); in the end
    they agree."""
    month = story.first
    on = story.soon(month.invoice_on, 1, 4)
    lease_id, invoice_id = story.tenancy.lease_id, story.tenancy.invoice_id(month)
    total = story.tenancy.total(month.number)
    story.landlord(on, RentDisputed(lease_id=lease_id, invoice_id=invoice_id, on=on))
    deposited = story.soon(on, 2, 6)
    told = story.soon(deposited, 2, 5)
    fact = RentDeposited(lease_id=lease_id, amount_ore=total, on=deposited)
    story.landlord(told, fact)
    over = story.soon(told, 5, 30)
    end = DisputeEnded(lease_id=lease_id, invoice_id=invoice_id, on=over, outcome="agreed")
    story.landlord(over, end)


def _short_plan(story: Story, owed: int) -> None:
    days = [story.month(1).payday, story.month(2).payday]
    agreed = story.soon(story.first.due_on, 6, 8)
    plan_id, instalments = plans.agree(story, agreed, days, owed)
    for part in instalments:
        story.pay(story.first, part.amount_ore, part.due_on)
    plans.end(story, plan_id, next_working_day(days[-1] + ONE_DAY), "kept")


def debit_failed(story: Story) -> None:
    """The bank could not draw the rent, of who pays by direct debit."""
    if story.tenancy.household.habit != "debit":
        return
    day = story.first.debit_on
    failed = PaymentFailed(lease_id=story.tenancy.lease_id, on=day, method="autogiro")
    story.landlord(day + ONE_DAY, failed, Part.BANK)


def _asked_about_help(story: Story) -> None:
    on = story.soon(story.first.reminder_on, 1, 3)
    u = story.rng.random()
    if u < 0.10:
        story.landlord(on, ConsentGiven(lease_id=story.tenancy.lease_id, on=on, scope=SCOPE))
    elif u < 0.13:
        story.landlord(on, ObjectionMade(lease_id=story.tenancy.lease_id, on=on, scope=SCOPE))
