"""Recording on what basis a landlord passes data on."""

from datetime import UTC, date

from starlette.responses import Response

from alerts.access.bases import PRECONDITIONS, Basis, Kind, Preconditions, bases, record_basis
from alerts.views.landlords import is_of_town
from alerts.web.ask import Ask
from alerts.web.case.telling import day_of_field, required_day, row_id_of
from alerts.web.faults import NotThere, SeenBefore, Wrong
from alerts.web.landlord_rows import basis_said
from alerts.web.links import link
from alerts.web.pages.landlords import landlord_of

LONGEST = 200  # characters of a name
YEARS = 30  # an agreement that is older, or longer, is a slip in the year
_YEAR = 366


def basis(ask: Ask) -> Response:
    """Keep what the municipality and the landlord have agreed."""
    number, town = landlord_of(ask), ask.person.municipality or ""
    with ask.reading() as connection:
        known = bases(connection, landlord=number, municipality=town)
        if not known and not is_of_town(connection, number, town):
            raise NotThere
        day = ask.today(connection)
    basis_id = row_id_of(ask)
    _require_seen(ask, number, known, day)
    record_basis(ask.site.engine, basis_id, _given(ask, number, town, day))
    ask.noted["basis"] = basis_id
    return ask.to(link("landlord", landlord=number, saved="basis") + "#saved")


def _require_seen(ask: Ask, number: str, known: list[Basis], day: date) -> None:
    """`SeenBefore` if another record was kept since the form was made; one's own, of a second
    click, is the same again."""
    newest = known[0] if known else None
    if newest is None or newest.by == ask.person.subject or ask.given("seen") == newest.at:
        return
    said = basis_said(newest, day, ask.language)
    acts = [said.removesuffix("."), *([newest.name] if newest.name else [])]
    raise SeenBefore(link("landlord", landlord=number), acts, newest.at)


def _given(ask: Ask, number: str, town: str, day: date) -> Basis:
    """The record of the form. `Wrong` for what cannot be."""
    name, kind = ask.given("name"), ask.given("kind")
    since, until = required_day(ask, "since"), day_of_field(ask, "until")
    if kind not in list(Kind):
        raise Wrong(ask.say("basis.which_kind"))
    if len(name) > LONGEST or not name.isprintable():
        raise Wrong(ask.say("basis.name_length", most=LONGEST))
    if until is not None and until < since:
        raise Wrong(ask.say("basis.ends_before"))
    if any(abs((one - day).days) > YEARS * _YEAR for one in (since, until) if one is not None):
        raise Wrong(ask.say("basis.check_year"))
    agreed = {one: bool(ask.given(one)) for one in PRECONDITIONS}
    return Basis(
        landlord=number,
        municipality=town,
        name=name,
        kind=Kind(kind),
        since=since,
        until=until,
        preconditions=Preconditions(**agreed) if kind == Kind.AGREEMENT else Preconditions(),
        by=ask.person.subject,
        at=ask.now.astimezone(UTC).isoformat(timespec="microseconds"),
    )
