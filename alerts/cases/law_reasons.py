"""Where a lease stands in law, as reasons of a task: which paper, its day, and what it asks for."""

from datetime import date

from alerts.cases.law_steps import standing_steps
from alerts.cases.situation import Situation
from models.phrase import Phrase, phrase
from models.standing.assumed import assumed_on
from models.standing.position import Position


def of_rent(situation: Situation) -> list[Phrase]:
    """The law on the rent: the eviction and the claim by their newest steps while any of it runs,
    what they ask for, the notice and its last day, and what is wrong with its papers."""
    legal = situation.legal
    steps = standing_steps(situation) if legal.others else []
    first = [*_outlived(situation), *_ends(situation), *_unheard(situation)]
    return [*first, *steps, *_reply(situation), *_notice(situation), *legal.defects]


def _outlived(situation: Situation) -> list[Phrase]:
    return [phrase("reason.outlived", on=situation.death_on)] if situation.outlives else []


def _ends(situation: Situation) -> list[Phrase]:
    """That the lease ends all the same, whatever is paid."""
    ended, on = situation.lease.ended, situation.ends_on
    if ended is None or on is None:
        return []
    return [phrase("reason.ends", on=on, how=f"ended_how.{ended[1]}")]


def _unheard(situation: Situation) -> list[Phrase]:
    on = situation.unheard_on
    return [] if on is None else [phrase("reason.eviction_unheard", on=on)]


def _reply(situation: Situation) -> list[Phrase]:
    """That the tenant has to answer a claim, while there is time."""
    on = situation.legal.reply_by
    return [phrase("reason.reply_by", on=on)] if on is not None and on >= situation.today else []


def of_disturbances(legal: Position) -> list[Phrase]:
    """The law on disturbances: a notice with its ground, the message before it, what lacked."""
    found = []
    if legal.disturbance:
        found.append(phrase("reason.noticed_for_disturbance", on=legal.disturbance_notice_on))
        found += _heard(legal)
    if legal.board_told_on is not None:
        found.append(phrase("reason.board_told", on=legal.board_told_on))
    return [*found, *(Phrase(f"lack.{lack}") for lack in legal.lacks)]


def defects(legal: Position) -> list[Phrase]:
    """What is wrong with the notices and messages of a lease; sentences without their full stop."""
    return [*legal.defects, *(Phrase(f"lack.{lack}") for lack in legal.lacks)]


def _notice(situation: Situation) -> list[Phrase]:
    legal = situation.legal
    if legal.message_given_on is not None:
        given, floor = legal.message_given_on, legal.recovery_floor
        return [phrase("reason.message_alone", given=given, floor=floor)]
    if not legal.services:
        return []
    name = "reason.served_with_claim" if legal.by_claim else "reason.served_for_rent"
    return [phrase(name, served=legal.services), *_heard(legal), *_last_day(situation)]


def _heard(legal: Position) -> list[Phrase]:
    """That the landlord has not told of the notice itself: its own word may say another day."""
    return [Phrase("reason.service_heard")] if legal.heard else []


def _last_day(situation: Situation) -> list[Phrase]:
    """What the last day asks for: before it, just after it, and when it is lost."""
    legal = situation.legal
    last = legal.recovery_on
    if last is None:
        return []
    if legal.paid_late:
        return [phrase("reason.paid_after", paid=legal.paid_on, last=last)]
    late = _assumed_late(situation, last)
    if late is not None:
        return [phrase("reason.assumed_late", on=late, last=last)]
    if legal.payment_known_on is not None:
        return [phrase("reason.may_be_paid", last=last, until=legal.payment_known_on)]
    if legal.recovery_lost:
        return [phrase("reason.recovery_lost", on=last)]
    last_day = phrase(f"reason.last_day{_how_far(situation)}", on=last)
    return [last_day, *_later(legal, last)]


def _how_far(situation: Situation) -> str:
    """How far a payment by the last day saves the home, where the lease ends all the same."""
    if situation.leaves_anyway:
        return "_in_vain"
    if situation.ends_on is not None:
        return "_till_end"
    return "_municipal" if situation.legal.municipal else ""


def _later(legal: Position, last: date) -> list[Phrase]:
    """The last day of a later notice, which the nearest day hides."""
    later = [day for day in legal.recovery_days if day > last]
    several = len(legal.services) > 1
    return [phrase("reason.later_last_day", on=later[-1])] if later and several else []


def _assumed_late(situation: Situation, last: date) -> date | None:
    """The day on which the board took on the rent, if that was too late to win the home back."""
    on = assumed_on(situation.lease, situation.today) if situation.arrears.assumed else None
    return on if on is not None and on > last else None
