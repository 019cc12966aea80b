"""The papers of a notice to quit: the notice itself and the message to the social welfare board."""

from datetime import date
from hashlib import sha256

from models.contract.facts import CouncilNotified, NoticeServed
from streams.simulate import figures
from streams.simulate.story import Story


def sealed(lease_id: str) -> str:
    """Opaque text in the place of a name and address encrypted to the municipality's key."""
    return "simulated:" + sha256(lease_id.encode()).hexdigest()


def give_notice(story: Story, on: date, amount: int, *, form_1: bool) -> None:
    """A notice for arrears of `amount` öre to each tenant; without form 1 the time to recover does
    not begin."""
    for tenant in story.tenancy.tenants():
        notice = NoticeServed(
            lease_id=story.tenancy.lease_id,
            notice_id=story.number("U"),
            served_on=on,
            reason="arrears",
            tenant_ref=tenant.tenant_ref,
            amount_ore=amount,
            recovery_notice_served_on=on if form_1 else None,
        )
        story.landlord(on, notice)


def tell_board(story: Story, sent: date, amount: int, *, complete: bool) -> date:
    """The message to the board by form 3; returns the day it counts as given (JB 12:63)."""
    tenancy = story.tenancy
    registered = story.rng.random() < figures.REGISTERED
    received = story.soon(sent, 1, 2)
    message = CouncilNotified(
        lease_id=tenancy.lease_id,
        matter="arrears",
        sent_on=sent,
        how="registered" if registered else "other",
        received_on=received,
        landlord_name=tenancy.landlord.name,
        landlord_address="Storgatan 0, 151 00 Södertälje",
        landlord_phone="08-465 004 00",  # a range kept for fiction (Post- och telestyrelsen)
        sealed_identity=sealed(tenancy.lease_id),
        rooms=tenancy.household.rooms,
        amount_ore=amount if complete else None,
        due_on=story.first.due_on,
        interest="enligt 6 § räntelagen (1975:635)",
        account="bankgiro 0000-0000" if complete else None,
    )
    story.council(received, message)
    return sent if registered else received
