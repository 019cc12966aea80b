"""The notes beside the dates: a stable name, a colon, a plain Swedish sentence with its section.

The name is for machines (filters, metrics, tests); the sentence is what a caseworker reads.
"""

from datetime import date

_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


def swedish(day: date) -> str:
    """The day with its weekday: 'tisdag 2022-04-19'."""
    return f"{_WEEKDAYS[day.weekday()]} {day.isoformat()}"


def nothing_to_derive() -> str:
    """No field that any deadline follows from was given."""
    return (
        "nothing_given: Inget datum kan räknas ut. Ange hyresmånad, förfallodag, uppsägning, "
        "meddelande till socialnämnden eller underrättelse om avhysning."
    )


def period_missing() -> str:
    """An agreed day alone does not tell the due date after the first month."""
    return (
        "period_missing: Förfallodagen kan inte räknas ut av den avtalade dagen ensam: efter "
        "första månaden får hyran betalas sista vardagen före månaden (JB 12:20). Ange hyresmånad."
    )


def first_month_without_contract() -> str:
    """The first month follows the lease, and the lease's day is not known."""
    return (
        "first_month_without_contract: Första månadens hyra följer hyresavtalet (JB 12:20). Utan "
        "avtalad dag gäller sista vardagen före månaden. Kontrollera avtalet."
    )


def floor_applies(agreed: date, due: date) -> str:
    """The agreed day is earlier than the tenant's latest right."""
    return (
        f"agreed_too_early: Avtalad förfallodag {swedish(agreed)} är tidigare än lagen medger; "
        f"hyran får betalas {swedish(due)} (JB 12:20)."
    )


def due_before_floor(given: date, floor: date) -> str:
    """The given due date is earlier than the tenant's latest right; defect or first month."""
    return (
        f"due_before_floor: Angiven förfallodag {swedish(given)} är tidigare än lagen medger för "
        f"annat än första månaden: hyran får betalas {swedish(floor)} (JB 12:20)."
    )


def floor_of_shorter_period(month_floor: date) -> str:
    """The section's own words speak of calendar months only."""
    return (
        "floor_of_shorter_period: Tidigare avtalad dag har lyfts till sista vardagen före "
        f"perioden. JB 12:20 nämner bara kalendermånad; då vore golvet {swedish(month_floor)}."
    )


def due_bank_day(due: date, bank_day: date) -> str:
    """The last vardag is a Saturday or an eve."""
    return (
        f"due_bank_day: Sista vardagen är {swedish(due)}. Läses vardag som bankdag är "
        f"förfallodagen {swedish(bank_day)} (JB 12:20)."
    )


def in_time_through(day: date) -> str:
    """The due date is no working day."""
    return f"in_time_through: Hyran är betald i tid till och med {swedish(day)} (1930:173 2 §)."


def due_by_contract(due: date) -> str:
    """The due date is no working day, and rests on the contract alone."""
    return (
        f"due_by_contract: Förfallodagen {swedish(due)} är ingen arbetsdag och följer av avtalet. "
        "1930:173 2 § flyttar bara dagar som bestäms i författning: räkna inte med nästa arbetsdag."
    )


def forfeiture_week(main: date, earlier_or_later: tuple[date, ...]) -> str:
    """Whether and from where the week of JB 12:42 is carried is not settled."""
    other = ", ".join(map(swedish, earlier_or_later))
    return (
        f"forfeiture_week: Förverkad tidigast {swedish(main)} när veckan räknas från förfallodagen "
        f"och bärs till arbetsdag (JB 12:42, 1930:173 2 §). Andra läsningar: {other}."
    )


def notice_before_forfeiture(served: date, forfeited: date) -> str:
    """Defect: there was nothing to give notice for yet."""
    return (
        f"notice_before_forfeiture: Uppsägningen delgavs {swedish(served)}, innan hyresrätten kan "
        f"vara förverkad ({swedish(forfeited)}; JB 12:42). En brist att påtala."
    )


def council_not_told() -> str:
    """Defect, the commonest: notice without the message to the social welfare board."""
    return (
        "council_not_told: Inget meddelande till socialnämnden är känt. De tre veckorna har inte "
        "börjat löpa, och hyresgästen kan ännu betala och få tillbaka hyresrätten (JB 12:44). "
        "En brist att påtala."
    )


def notice_not_served() -> str:
    """The message alone starts nothing: sending the notice is not enough."""
    return (
        "notice_not_served: Ingen delgiven uppsägning med underrättelse (formulär 1) är känd. De "
        "tre veckorna har inte börjat löpa (JB 12:44); att den skickats räcker inte."
    )


def council_two_days(given: date, later: date) -> str:
    """Both a posting and an arrival are known."""
    return (
        f"council_two_days: Meddelandet till socialnämnden räknas som lämnat {swedish(given)}. Var "
        f"det inget rekommenderat brev till nämndens vanliga adress räknas {swedish(later)} "
        "(JB 12:63)."
    )


def council_received_first(received: date, posted: date) -> str:
    """Arrival before posting: two messages, or a slip."""
    return (
        f"council_received_first: Meddelandet kom in {swedish(received)} men uppges skickat "
        f"{swedish(posted)}. Den tidigaste dagen räknas; kontrollera datumen (JB 12:63)."
    )


def recovery_carried(ends: date, last: date) -> str:
    """The three weeks end on a day the law moves."""
    return (
        f"recovery_carried: Tre veckor slutar {swedish(ends)}; sista dag är "
        f"{swedish(last)} (1930:173 2 §)."
    )


def eviction_wait(main: date, readings: tuple[date, ...]) -> str:
    """How the two more vardagar are counted is not settled."""
    other = ", ".join(map(swedish, readings))
    return (
        f"eviction_wait: Beslut om avhysning tidigast {swedish(main)}, tredje vardagen efter sista "
        f"dagen (JB 12:44 2 st). Andra läsningar: {other}."
    )


def eviction_before_decision(notified: date, earliest: date) -> str:
    """Defect or slip: an eviction time before eviction could be decided."""
    return (
        f"eviction_before_decision: Underrättelsen om avhysning kom {swedish(notified)}, före den "
        f"dag ett beslut tidigast får meddelas ({swedish(earliest)}). Kontrollera datumen."
    )


def confirm_same_day(received: date, last: date) -> str:
    """Received on a day that is no working day: aim for the day itself."""
    return (
        f"confirm_same_day: Underrättelsen kom {swedish(received)}. Bekräfta helst samma dag, "
        f"senast {swedish(last)} (2025:468 11 kap. 3 §, 1930:173 2 §)."
    )


def confirmation_not_in_force(received: date) -> str:
    """The duty is younger than the notice."""
    return (
        f"confirmation_not_in_force: Kravet på bekräftelse samma dag gäller från 2025-07-01, inte "
        f"{received.isoformat()} (2025:468 11 kap. 3 §)."
    )
