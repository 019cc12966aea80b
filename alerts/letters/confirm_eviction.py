"""The same-day answer to the enforcement authority's notice of the time of an eviction.

2025:468 11 kap. 3 §: the social welfare board confirms the notice the day it comes in, names the
caseworker responsible, and sends a copy to the person who is to be evicted.
"""

from datetime import date

from alerts.cases.situation import Situation
from alerts.language.sentences import language
from alerts.letters.eviction_sheets import to_authority, to_tenant
from alerts.letters.sheet import (
    PROTECTED,
    Letter,
    Reason,
    Refusal,
    Signatory,
    unsigned,
)
from alerts.letters.write import write
from models.law.deadlines import confirm_by
from models.law.statute import CONFIRMATION

_SV = language("sv")  # letters are Swedish
BASIS = "11 kap. 3 § socialtjänstförordningen (2025:468)"


def confirm_eviction(situation: Situation, signatory: Signatory) -> Letter | Refusal:
    """The confirmation, with the tenant's copy; or why there is nothing to confirm.

    A late one is still written: the duty does not end with its day.
    """
    refused = unsigned(signatory) or _refused(situation)
    if refused is not None:
        return refused
    received_on = situation.legal.eviction_notified_on
    assert received_on is not None
    last_day = confirm_by(received_on)
    return write(
        (to_authority(situation, signatory, received_on), to_tenant(situation, signatory)),
        signatory=signatory,
        on=situation.today,
        last_day=last_day,
        legal_basis=f"Bekräftelsen lämnas enligt {BASIS}.",
        notes=_notes(situation, received_on, last_day),
    )


def _refused(situation: Situation) -> Refusal | None:
    legal = situation.legal
    if situation.lease.terms is None:
        return Refusal(Reason.LEASE_NOT_REGISTERED, "Hyresavtalet är inte registrerat i Bokvar.")
    if legal.executed:
        return Refusal(Reason.EVICTION_DAY_PASSED, "Avhysningen är redan verkställd.")
    if legal.eviction_notified_on is None:
        return Refusal(
            Reason.NO_EVICTION_TIME,
            "Kronofogden har inte meddelat någon tid för avhysning som gäller nu, så det finns "
            "inget att bekräfta.",
        )
    if not CONFIRMATION.applies_on(legal.eviction_notified_on):
        return Refusal(
            Reason.DUTY_NOT_IN_FORCE,
            f"Underrättelsen kom {_SV.day(legal.eviction_notified_on)}; kravet på bekräftelse "
            f"gäller från {_SV.day(CONFIRMATION.in_force_from)} ({BASIS}).",
        )
    if legal.eviction_on is not None and legal.eviction_on < situation.today:
        return Refusal(
            Reason.EVICTION_DAY_PASSED,
            f"Avhysningsdagen {_SV.day(legal.eviction_on)} har passerat. Ring Kronofogden och "
            "hör vad som gäller.",
        )
    return None


def _notes(situation: Situation, received_on: date, last_day: date) -> tuple[str, ...]:
    if situation.today > last_day:
        when = f"Bekräftelsen skulle ha lämnats {_SV.day(last_day)}. Skicka den genast."
    elif last_day > received_on:
        when = (
            f"Skicka bekräftelsen i dag. Underrättelsen kom {_SV.day(received_on)}, som inte är "
            f"en arbetsdag; sista dag är {_SV.day(last_day)}."
        )
    else:
        when = f"Skicka bekräftelsen i dag, {_SV.day(last_day)}: samma dag är lagens krav."
    notes = [
        when,
        "Fyll i de markerade fälten ur ärendesystemet. Skicka kopian till den som ska avhysas.",
        "Återrapportera uppgiften i Bokvar när bekräftelsen är skickad.",
    ]
    if situation.legal.confirm_by is None:
        notes.insert(0, "Tiden är redan återrapporterad som bekräftad.")
    if situation.lease.household.protected:
        notes.append(PROTECTED)
    return tuple(notes)
