"""The demo's worklist: on this machine alone, where anybody logs in by name as an invented person.

Nothing else makes such a login. It is refused for a real system's database, however one comes here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from alerts.access.person import Person, Role
from alerts.playbooks.towns import shipped
from alerts.settings import Settings
from alerts.site_settings import is_loopback
from alerts.store.database import reading
from alerts.store.sql import read_partitions
from alerts.views.feeds import feeds
from alerts.web.site import DevelopmentLogin, Site
from streams.simulate import TOWNS
from streams.simulate.sodertalje import SODERTALJE
from streams.web.building import site

_TOWN, _DISTRICT = SODERTALJE.code, "Ronna"
_BIGGEST = max(SODERTALJE.landlords, key=lambda landlord: landlord.share).orgnr
PEOPLE = (
    Person("anna", "Anna Andersson", Role.CASEWORKER, _TOWN),
    Person("berit", "Berit Berg", Role.CASEWORKER, _TOWN, (_DISTRICT,)),
    Person("lena", "Lena Larsson", Role.TEAM_LEADER, _TOWN),
    Person("hugo", "Hugo Hyresvärd", Role.LANDLORD, None, (), _BIGGEST),
    Person("olle", "Olle Operatör", Role.OPERATOR, None),
    Person("greta", "Greta Granskare", Role.AUDITOR, None),
)


class NotTheDemo(Exception):
    """It would not be the demo that anybody could log in to; the text says why."""


@contextmanager
def demo_site(
    settings: Settings, engine: Engine, folder: Path, host: str, port: int
) -> Iterator[Site]:
    """The site of the demo that runs in `folder`. `NotTheDemo` unless it is served to this machine
    alone, and over the folder's own SQLite with none but the simulation's landlords in it."""
    if not is_loopback(host):
        raise NotTheDemo(f"the demo's worklist is for this machine alone, and {host} is not")
    _require_own(engine, folder)
    login, url = DevelopmentLogin(PEOPLE), f"http://{host}:{port}"
    with site(settings, engine, login=login, towns=shipped(), url=url) as made:
        yield made


def _require_own(engine: Engine, folder: Path) -> None:
    at = engine.url.database
    own = (folder / "bokvar.db").resolve()
    if engine.url.get_backend_name() != "sqlite" or not at or Path(at).resolve() != own:
        raise NotTheDemo(f"the demo's worklist shows the database {own}, and no other")
    invented = {landlord.orgnr for town in TOWNS.values() for landlord in town.landlords}
    with reading(engine) as connection:
        there = {feed.landlord for feed in feeds(connection, read_partitions(connection))}
    if others := there - invented:
        raise NotTheDemo(
            f"{folder} holds more than a demo, leases of landlord {min(others)}: the demo's "
            "worklist, where anybody can log in, is not shown over it; give --data a new folder"
        )
