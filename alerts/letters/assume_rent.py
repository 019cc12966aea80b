"""The social welfare board's written word to the landlord that it takes on the rent.

JB 12:44 4 st 1: the tenant may not be parted from the home if the board, within the tenant's own
time to win it back, has told the landlord so in writing. It need not have paid. By JB 12:63 the
word counts as given when it is sent by registered letter (our reading of the section's words).
"""

from datetime import date

from alerts.cases.situation import Situation
from alerts.language.sentences import language
from alerts.letters.sheet import (
    PROTECTED,
    TENANT,
    Letter,
    Reason,
    Refusal,
    Sheet,
    Signatory,
    unsigned,
)
from alerts.letters.write import write
from models.lease.lines import Line

_SV = language("sv")  # letters are Swedish
BASIS = "12 kap. 44 § fjärde stycket 1 jordabalken"


def assume_rent(situation: Situation, signatory: Signatory) -> Letter | Refusal:
    """The assumption of the rent, or why the law's time for it is not running."""
    refused = unsigned(signatory) or _refused(situation)
    if refused is not None:
        return refused
    last_day = situation.legal.recovery_on
    assert last_day is not None
    return write(
        (_sheet(situation, signatory),),
        signatory=signatory,
        on=situation.today,
        last_day=last_day,
        legal_basis=f"Meddelandet lämnas enligt {BASIS}. Skickat i rekommenderat brev räknas det "
        "som lämnat den dag det skickas (12 kap. 63 §).",
        notes=_notes(situation),
    )


def _refused(situation: Situation) -> Refusal | None:
    legal = situation.legal
    if situation.lease.terms is None:
        return Refusal(Reason.LEASE_NOT_REGISTERED, "Hyresavtalet är inte registrerat i Bokvar.")
    if situation.is_over:
        return Refusal(Reason.LEASE_OVER, "Hyresavtalet har upphört: det finns inget att rädda.")
    if legal.notice_served_on is None:
        return Refusal(
            Reason.NO_NOTICE_FOR_ARREARS,
            "Ingen uppsägning för obetald hyra gäller nu. Före uppsägningen räcker det att hyran "
            "betalas (12 kap. 43 § jordabalken).",
        )
    if legal.recovery_over and legal.recovery_on is not None:
        return Refusal(
            Reason.TIME_PASSED,
            f"Tiden gick ut {_SV.day(legal.recovery_on)} ({BASIS}). En överenskommelse med "
            "hyresvärden kan ännu rädda hemmet.",
        )
    if legal.recovery_on is None:
        why = ". ".join(_SV.say(defect) for defect in legal.defects)
        return Refusal(
            Reason.TIME_NOT_BEGUN,
            f"De tre veckorna har inte börjat löpa för alla ({BASIS}). {why}. Hyran kan betalas "
            "ändå; då är hyresrätten räddad.",
        )
    return None


def _sheet(situation: Situation, signatory: Signatory) -> Sheet:
    assert situation.lease.terms is not None
    legal = situation.legal
    return Sheet(
        to=(
            "[[hyresvärdens namn och adress]]",
            f"Organisationsnummer {situation.lease.terms.landlord_id}",
        ),
        title="Socialnämnden åtar sig betalningsansvaret för hyran",
        before=(
            f"{signatory.board} åtar sig betalningsansvaret för hyran för lägenheten nedan.",
            "Meddelandet lämnas inom den tid som hyresgästen har för att få tillbaka hyresrätten. "
            "Hyresgästen får därför inte skiljas från lägenheten på grund av dröjsmålet med hyran.",
        ),
        facts=(
            ("Hyresgäst", TENANT),
            ("Ert nummer på avtalet", situation.lease.lease_id),
            ("Hyresgästen delgavs", _day(legal.form_1_served_on)),
            ("Meddelandet till nämnden lämnades", _day(legal.council_given_on)),
            ("Sista dag för detta meddelande", _day(legal.recovery_on)),
            *_rents(situation),
        ),
        after=(
            "Vi betalar till det konto som ni angav i meddelandet till nämnden: [[konto]].",
            f"Frågor besvaras av {signatory.caseworker}, telefon {signatory.phone}.",
        ),
        signature=(
            "[[ort och datum]]",
            f"För {signatory.board}: [[namn och befattning enligt delegationsordningen]]",
        ),
    )


def _rents(situation: Situation) -> tuple[tuple[str, str], ...]:
    lines = _late(situation)
    if not lines:
        return (("Hyra som åtagandet gäller", "[[månader och belopp]]"),)
    rows = [
        (f"Hyra för {_SV.month(line.span)}", f"{_SV.exact(line.rent_left)}, {_due(line)}")
        for line in lines
    ]
    if len(lines) > 1:
        rows.append(("Summa", _SV.exact(sum(line.rent_left for line in lines))))
    return tuple(rows)


def _late(situation: Situation) -> list[Line]:
    """The unpaid rent that fell due before the notice: what saves the home, and no more."""
    served_on = situation.legal.notice_served_on or situation.today
    return [x for x in situation.arrears.settlement.lines if x.rent_left and x.due_on < served_on]


def _due(line: Line) -> str:
    return f"förföll {_SV.day(line.due_on)}"


def _day(day: date | None) -> str:
    return _SV.day(day) if day is not None else "[[dag]]"


def _notes(situation: Situation) -> tuple[str, ...]:
    last_day = _day(situation.legal.recovery_on)
    notes = [
        f"Skicka brevet rekommenderat till hyresvärdens vanliga adress senast {last_day}. Då "
        "räknas det som lämnat samma dag (12 kap. 63 § jordabalken, som vi läser den). Ett "
        "vanligt brev eller e-post räknas först när det har kommit fram.",
        "Åtagandet räcker; hyran behöver inte vara betald inom tiden. Det är nämndens beslut: "
        "kontrollera delegationen.",
        "Beloppet är den obetalda hyra som förföll före uppsägningen. Kontrollera det mot "
        "hyresvärdens meddelande, och fyll i de markerade fälten ur ärendesystemet.",
        "Rapportera åtagandet i Bokvar när brevet är skickat.",
        *(f"{_SV.say(defect)}." for defect in situation.legal.defects),
    ]
    others = [
        _SV.day(day) for day in situation.legal.recovery_days if day != situation.legal.recovery_on
    ]
    if others:
        notes.append(f"Tiden kan också räknas till {', '.join(others)}.")
    if situation.lease.household.protected:
        notes.append(PROTECTED)
    return tuple(notes)
