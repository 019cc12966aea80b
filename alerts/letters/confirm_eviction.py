"""The same-day answer to the enforcement authority's notice of the time of an eviction.

2025:468 11 kap. 3 §: the social welfare board confirms the notice the day it comes in, names the
caseworker responsible, and sends a copy to the person who is to be evicted.
"""

from datetime import date

from alerts.cases.priority import Situation
from alerts.language import words
from alerts.letters.paper import (
    PROTECTED,
    TENANT,
    Letter,
    Reason,
    Refusal,
    Sender,
    Sheet,
    unsigned,
    write,
)
from models.law.deadlines import confirm_by
from models.law.statute import CONFIRMATION

BASIS = "11 kap. 3 § socialtjänstförordningen (2025:468)"


def confirm_eviction(s: Situation, sender: Sender) -> Letter | Refusal:
    """The confirmation, with the tenant's copy; or why there is nothing to confirm.

    A late one is still written: the duty does not end with its day.
    """
    refused = unsigned(sender) or _refused(s)
    if refused is not None:
        return refused
    received_on = s.legal.eviction_notified_on
    assert received_on is not None
    last_day = confirm_by(received_on)
    return write(
        (_to_authority(s, sender, received_on), _to_tenant(s, sender)),
        sender=sender,
        on=s.today,
        last_day=last_day,
        legal_basis=f"Bekräftelsen lämnas enligt {BASIS}.",
        notes=_notes(s, received_on, last_day),
    )


def _refused(s: Situation) -> Refusal | None:
    legal = s.legal
    if s.lease.terms is None:
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
            f"Underrättelsen kom {words.day(legal.eviction_notified_on)}; kravet på bekräftelse "
            f"gäller från {words.day(CONFIRMATION.in_force_from)} ({BASIS}).",
        )
    if legal.eviction_on is not None and legal.eviction_on < s.today:
        return Refusal(
            Reason.EVICTION_DAY_PASSED,
            f"Avhysningsdagen {words.day(legal.eviction_on)} har passerat. Ring Kronofogden och "
            "hör vad som gäller.",
        )
    return None


def _to_authority(s: Situation, sender: Sender, received_on: date) -> Sheet:
    return Sheet(
        to=("Kronofogden", "[[enhet och adress enligt underrättelsen]]"),
        title="Bekräftelse av underrättelse om avhysning",
        before=(
            f"{sender.board} tog den {words.day(received_on)} emot er underrättelse om tiden för "
            "en avhysning. Vi bekräftar underrättelsen.",
        ),
        facts=(
            ("Ert målnummer", "[[målnummer]]"),
            ("Avhysningsdag", _eviction_day(s)),
            ("Den som ska avhysas", TENANT),
            ("Hyresvärdens nummer på avtalet", s.lease.lease_id),
            ("Ansvarig handläggare", sender.caseworker),
            ("Telefon", sender.phone),
        ),
        after=(
            "Kontakta ansvarig handläggare om tiden ändras eller om avhysningen ställs in.",
            "En kopia av bekräftelsen skickas till den som ska avhysas.",
        ),
        signature=("[[ort och datum]]", f"{sender.caseworker}, {sender.board}"),
    )


def _to_tenant(s: Situation, sender: Sender) -> Sheet:
    return Sheet(
        to=(TENANT,),
        title="Kopia till dig: vi har svarat Kronofogden",
        before=(
            f"Kronofogden har berättat för oss att du kan bli avhyst. Dagen är {_eviction_day(s)}. "
            "Du får en kopia av vårt svar.",
            f"Din handläggare heter {sender.caseworker}. Ring {sender.phone} så snart du kan. "
            "Tillsammans går ni igenom vad som ännu kan göras för att du ska få bo kvar, och var "
            "du kan bo om det inte går.",
            *_still_possible(s),
        ),
        facts=(),
        after=(
            "Kommunens budget- och skuldrådgivning kostar ingenting. Du väljer själv om du vill ta "
            "emot hjälp. Behöver du tolk, säg det när du ringer.",
            "Brevet är information från socialnämnden. Det är inte juridisk rådgivning.",
        ),
        signature=(),
    )


def _still_possible(s: Situation) -> tuple[str, ...]:
    legal = s.legal
    if legal.notice_served_on is None:
        return ()
    if legal.recovery_lost:
        return (
            "Tiden att betala hyran och få tillbaka hyresrätten har gått ut, som vi räknar. Men "
            "en överenskommelse med hyresvärden kan ännu rädda hemmet.",
        )
    if legal.recovery_on is None:
        return ()
    return (
        f"Som vi räknar kan du betala hyran till och med {words.day(legal.recovery_on)} och få "
        "behålla hemmet.",
    )


def _eviction_day(s: Situation) -> str:
    day = s.legal.eviction_on
    return words.day(day) if day is not None else "[[dag enligt underrättelsen]]"


def _notes(s: Situation, received_on: date, last_day: date) -> tuple[str, ...]:
    if s.today > last_day:
        when = f"Bekräftelsen skulle ha lämnats {words.day(last_day)}. Skicka den genast."
    elif last_day > received_on:
        when = (
            f"Skicka bekräftelsen i dag. Underrättelsen kom {words.day(received_on)}, som inte är "
            f"en arbetsdag; sista dag är {words.day(last_day)}."
        )
    else:
        when = f"Skicka bekräftelsen i dag, {words.day(last_day)}: samma dag är lagens krav."
    notes = [
        when,
        "Fyll i de markerade fälten ur ärendesystemet. Skicka kopian till den som ska avhysas.",
        "Återrapportera uppgiften i Bokvar när bekräftelsen är skickad.",
    ]
    if s.legal.confirm_by is None:
        notes.insert(0, "Tiden är redan återrapporterad som bekräftad.")
    if s.lease.household.protected:
        notes.append(PROTECTED)
    return tuple(notes)
