"""The two sheets of the confirmation: the authority's, and the tenant's copy."""

from datetime import date

from alerts.cases.situation import Situation
from alerts.language.sentences import language
from alerts.letters.sheet import (
    TENANT,
    Sheet,
    Signatory,
)

_SV = language("sv")  # letters are Swedish


def to_authority(situation: Situation, signatory: Signatory, received_on: date) -> Sheet:
    """The confirmation itself."""
    return Sheet(
        to=("Kronofogden", "[[enhet och adress enligt underrättelsen]]"),
        title="Bekräftelse av underrättelse om avhysning",
        before=(
            f"{signatory.board} tog den {_SV.day(received_on)} emot er underrättelse om tiden "
            "för en avhysning. Vi bekräftar underrättelsen.",
        ),
        facts=(
            ("Ert målnummer", "[[målnummer]]"),
            ("Avhysningsdag", _eviction_day(situation)),
            ("Den som ska avhysas", TENANT),
            ("Hyresvärdens nummer på avtalet", situation.lease.lease_id),
            ("Ansvarig handläggare", signatory.caseworker),
            ("Telefon", signatory.phone),
        ),
        after=(
            "Kontakta ansvarig handläggare om tiden ändras eller om avhysningen ställs in.",
            "En kopia av bekräftelsen skickas till den som ska avhysas.",
        ),
        signature=("[[ort och datum]]", f"{signatory.caseworker}, {signatory.board}"),
    )


def to_tenant(situation: Situation, signatory: Signatory) -> Sheet:
    """The copy, with what can still be done."""
    return Sheet(
        to=(TENANT,),
        title="Kopia till dig: vi har svarat Kronofogden",
        before=(
            f"Kronofogden har berättat för oss att du kan bli avhyst. Dagen är "
            f"{_eviction_day(situation)}. Du får en kopia av vårt svar.",
            f"Din handläggare heter {signatory.caseworker}. Ring {signatory.phone} så snart du "
            "kan. Tillsammans går ni igenom vad som ännu kan göras för att du ska få bo kvar, och "
            "var du kan bo om det inte går.",
            *_still_possible(situation),
        ),
        facts=(),
        after=(
            "Kommunens budget- och skuldrådgivning kostar ingenting. Du väljer själv om du vill ta "
            "emot hjälp. Behöver du tolk, säg det när du ringer.",
            "Brevet är information från socialnämnden. Det är inte juridisk rådgivning.",
        ),
        signature=(),
    )


def _still_possible(situation: Situation) -> tuple[str, ...]:
    legal = situation.legal
    if legal.notice_served_on is None:
        return ()
    if legal.recovery_over:
        return (
            "Tiden att betala hyran och få tillbaka hyresrätten har gått ut, som vi räknar. Men "
            "en överenskommelse med hyresvärden kan ännu rädda hemmet.",
        )
    if legal.recovery_on is None:
        return ()
    return (
        f"Som vi räknar kan du betala hyran till och med {_SV.day(legal.recovery_on)} och få "
        "behålla hemmet.",
    )


def _eviction_day(situation: Situation) -> str:
    day = situation.legal.eviction_on
    return _SV.day(day) if day is not None else "[[dag enligt underrättelsen]]"
