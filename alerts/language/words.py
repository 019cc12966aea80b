"""Plain Swedish for people: every sentence the list shows is put together here.

Lists hold no sensitive or otherwise delicate circumstances (SoLPuL 2001:454 7 a §): a disturbance
is named as a matter, never described, and nothing is said of health.
"""

from datetime import date

from alerts.contract.messages import Tried
from models.law.disturbance import Lack
from models.lease.groups import Group, has_children, has_old, has_young
from models.lease.state import Household, Lease, Risk
from models.standing import recovery
from models.standing.arrears import Arrears
from models.standing.legal import Position, disturbances

_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
    "oktober", "november", "december",
)  # fmt: skip
_NUMBERS = ("inga", "en", "två", "tre", "fyra", "fem", "sex")

RULES = {
    "legal_day_is_near": "En sista dag i lag är nära",
    "law_is_running": "Uppsägning, mål eller verkställighet pågår",
    "more_than_a_week_late": "Hyran är mer än en vecka sen",
    "clock_is_running_out": "Uppgiften ska vara gjord senast",
    "late": "Hyran är sen",
}
LEGAL_DATES = {
    "confirm_by": "Sista dag att bekräfta avhysningstiden till Kronofogden",
    "recovery_on": "Sista dag att betala och få behålla hemmet",
    "reply_by": "Sista dag att svara i målet",
    "eviction_on": "Avhysningsdagen",
}
STEPS = {
    "letter": "Skicka brev som förvarnar om hembesök",
    "visit": "Hembesök: erbjud betalningsplan och kontrollera rätten till ekonomiskt bistånd",
    "secure_tenancy": "Rädda hemmet: besök, och ta ställning till hyresskulden",
    "confirm_eviction": "Bekräfta avhysningstiden och ansvarig handläggare till Kronofogden",
    "disturbance_visit": "Hembesök i ärende om boendet",
}
OUTCOMES = {
    "reached": "hyresgästen nåddes",
    "not_reached": "hyresgästen nåddes inte",
    "declined": "hyresgästen ville inte ha hjälp",
    "referred": "hänvisad vidare",
    "plan_offered": "betalningsplan erbjuden",
    "not_needed": "behövdes inte",
    "other": "annat",
}
DEFECTS = {
    recovery.NO_MESSAGE: "Socialnämnden har inte fått något meddelande: tiden på tre veckor "
    "har inte börjat",
    recovery.ARRIVAL_UNKNOWN: "Det är inte känt när meddelandet till socialnämnden kom in: tiden "
    "på tre veckor kan inte räknas",
    recovery.MESSAGE_BEFORE_NOTICE: "Meddelandet till socialnämnden är äldre än uppsägningen: "
    "kontrollera att det gäller den, annars har tiden på tre veckor inte börjat",
    recovery.NO_FORM_1: "Formulär 1 är inte delgivet: tiden på tre veckor har inte börjat",
    recovery.NOT_ALL_SERVED: "Alla hyresgäster är inte delgivna: tiden räknas från den sista",
    recovery.FORM_3_LACKS: "Meddelandet till socialnämnden saknar uppgifter",
    recovery.FORM_3_LACKS_ROOMS: "Meddelandet till socialnämnden saknar antalet rum; det hindrar "
    "inte att tiden börjar (NJA 1985 s. 586)",
    recovery.FORM_3_AMOUNT: "Meddelandet till socialnämnden anger {0}, men den sena hyran var {1}: "
    "fel belopp kan hindra avhysning (RH 1995:34)",
    recovery.FORM_3_NOT_RENT: "Meddelandet till socialnämnden anger {0}, och däri tycks ingå annat "
    "än hyra ({1}): fel belopp kan hindra avhysning (RH 1995:34)",
    recovery.TOO_EARLY: "Uppsägningen delgavs innan någon hyra var mer än en vecka sen "
    "(JB 12:42): en brist att påtala",
}


def day(value: date) -> str:
    """A date as people write it, '3 december 2026'."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def month(period: str) -> str:
    """A rent month written 2027-03 as people write it, 'mars 2027'."""
    year, _, number = period.partition("-")
    return f"{_MONTHS[int(number) - 1]} {year}"


def kronor(ore: int) -> str:
    """An amount as people write it, '7 250 kr'."""
    return f"{round(ore / 100):,} kr".replace(",", "\u00a0")


def defect(name: str) -> str:
    """What is wrong with a notice or a message; amounts that follow the name are öre."""
    kind, *amounts = name.split(":")
    return DEFECTS[kind].format(*[kronor(int(ore)) for ore in amounts])


def defects(legal: Position) -> list[str]:
    """What is wrong with the notices and messages of a lease, each as a sentence without its
    full stop."""
    lacking = [lack.value.removesuffix(".") for lack in legal.lacks]
    return [defect(name) for name in legal.defects] + lacking


def household(home: Household, grouped: Group, today: date) -> str:
    """Why the household stands in its group."""
    if grouped is Group.CHILDREN:
        return "barn bor i hemmet" if has_children(home, today) else ""
    if has_young(home, today):
        return "hyresgäst 25 år eller yngre"
    if has_old(home, today):
        return "hyresgäst över 65 år"
    if grouped is Group.YOUNG_OLD_OR_UNKNOWN:
        return "hushållet är okänt"
    return "vuxna utan barn"


def reasons(lease: Lease, arrears: Arrears, legal: Position, today: date) -> list[str]:
    """Why there is a task, most pressing first."""
    found = []
    if legal.confirm_by is not None:
        found.append("Kronofogden har meddelat tid för avhysning")
    if legal.recovery_lost:
        found.append(
            f"Rätten att få tillbaka hyresrätten gick ut {day(legal.recovery_on or date.max)}; "
            "en överenskommelse med hyresvärden kan ännu rädda hemmet"
        )
    elif legal.recovery_on is not None:
        found.append(
            "Hyran är uppsagd; betald, eller övertagen av socialnämnden, senast "
            f"{day(legal.recovery_on)} räddar den hemmet"
        )
    elif legal.disturbance and Lack.COUNCIL_NOT_TOLD not in legal.lacks:
        found.append("Hyresvärden har anmält ett ärende om boendet till socialnämnden")
    elif legal.running:
        found.append("Uppsägning eller mål pågår")
    found += defects(legal)
    found += _arrears(arrears)
    if disturbed := disturbances(lease, today):
        found.append(f"Störningar i boendet har rapporterats, senast {day(disturbed[-1])}")
    found += risk(lease.risk)
    if arrears.data_incomplete:
        found.append("Hyresvärden har inte rapporterat klart: uppgiften kan vara ofullständig")
    if lease.incomplete:
        found.append("Ett meddelande om hyresavtalet kunde inte läsas: uppgiften är ofullständig")
    return found


def _arrears(arrears: Arrears) -> list[str]:
    if not arrears.late:
        return []
    since, count = arrears.since or date.max, len({line.period for line in arrears.late})
    months = "en månads hyra" if count == 1 else f"{count} månaders hyra"
    return [f"Sen med {months}, {kronor(arrears.rent_ore)}, sedan {day(since)}"]


def risk(found: Risk) -> list[str]:
    """The score's own reasons that the arrears do not already say."""
    said = []
    for name in found.reasons:
        rule, _, numbers = name.partition(":")
        if rule == "late_months":
            sena = "sen" if numbers.startswith("1:") else "sena"
            said.append(f"{_of_the_last(numbers)} blev minst en månad {sena}")
        elif rule == "failed":
            said.append("En automatisk betalning har misslyckats")
        elif rule == "broken_plan":
            said.append("Den senaste betalningsplanen bröts")
        elif rule == "paid_ahead":
            said.append(f"{_of_the_last(numbers)} betalades i förväg")
    return said


def _of_the_last(numbers: str) -> str:
    """How many rents, of how many known: '2:6', or '2' alone of six."""
    count, _, known = numbers.partition(":")
    if known == "1":
        return "Den senaste hyran"
    return f"{count} av de {_NUMBERS[int(known or 6)]} senaste hyrorna"


def tried(lease: Lease) -> Tried:
    """What the landlord already tried since the arrears began to be noticed."""
    reminders = [r for r in lease.signals.reminders if r.kind == "reminder"]
    demands = [r for r in lease.signals.reminders if r.kind == "debt_collection"]
    contacts = [
        c for c in lease.signals.contacts if c.by == "landlord" and c.direction == "outbound"
    ]
    days = [r.sent_on for r in lease.signals.reminders] + [c.on for c in contacts]
    parts = []
    if reminders:
        parts.append(f"påminnelse {day(reminders[-1].sent_on)}")
    if demands:
        parts.append(f"inkassokrav {day(demands[-1].sent_on)}")
    if contacts:
        met = "nådde" if contacts[-1].reached else "nådde inte"
        parts.append(f"{met} hyresgästen {day(contacts[-1].on)}")
    text = "Hyresvärden: " + (", ".join(parts) if parts else "inget rapporterat") + "."
    return Tried(
        len(reminders), len(demands), len(contacts), any(c.reached for c in contacts),
        max(days, default=None), text,
    )  # fmt: skip
