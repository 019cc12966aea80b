"""Who asks for what: the pages of a morning, as often as they are asked for."""

from sqlalchemy import Engine, select

from alerts.access import sessions
from alerts.access.person import Person, Role
from alerts.store import schema
from alerts.web.links import link
from bench.pages.users import Visit

TOWN = "0181"
_CASES, _SEARCHES = 40, 15


def visits(engine: Engine) -> list[Visit]:
    """Every page that a team leader may see, with cases of the list."""
    table = schema.tasks.c
    mine = select(table.lease_id).where(schema.OPEN_TASKS, table.protected == 0)
    with engine.connect() as connection:
        leases = connection.scalars(mine.order_by(table.task_id).limit(_CASES)).all()
        landlords = connection.scalars(select(schema.landlord_towns.c.landlord)).all()
    return [
        Visit("today", link("today"), 40),
        Visit("filtered", link("today", band="C", within="month", show=50), 8),
        Visit("everyone", link("everyone"), 10),
        Visit("waiting", link("waiting"), 5),
        Visit("outcomes", link("outcomes"), 8),
        Visit("done", link("done"), 5),
        Visit("plan", link("plan"), 5),
        Visit("team", link("team"), 2),
        Visit("load", link("load"), 2),
        Visit("landlords", link("landlords"), 2),
        Visit("form3", link("form3"), 2),
        *(Visit("landlord", link("landlord", landlord=one), 1) for one in landlords[:2]),
        *(Visit("case", link("case", lease=one), 1) for one in leases),
        *(Visit("text", link("case_text", lease=one), 1) for one in leases[:3]),
        *(Visit("norm", link("norm_form", lease=one), 1) for one in leases[:3]),
        *(Visit("search", link("search", words=_number(one)), 1) for one in leases[:_SEARCHES]),
        Visit("search, none", link("search", words="none such"), 3),
    ]


def cookies(engine: Engine, users: int, now: float) -> list[str]:
    """A session's cookie for each person; all are leaders, so that every page is asked for."""
    found = []
    for number in range(users):
        person = Person(f"p{number}", f"Person {number}", Role.TEAM_LEADER, TOWN)
        found.append(f"bokvar={sessions.open_session(engine, person, None, now)}")
    return found


def _number(lease_id: str) -> str:
    return lease_id.partition(":")[2]
