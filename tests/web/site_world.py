"""A site over a small town that was lived for a while, with people of every role."""

import atexit
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine
from starlette.testclient import TestClient

from alerts.access import sessions
from alerts.access.audit import AuditLog
from alerts.access.person import Person, Role
from alerts.playbooks.towns import shipped
from alerts.store.database import open_database
from alerts.web.app import make_app
from alerts.web.remembered import RememberedViews
from alerts.web.site import DevelopmentLogin, Site
from alerts.web.system_state import SystemState
from models.contract.events import Event
from streams.kafka.unfit_event import unfit
from tests.alerts.filling import migrated
from tests.web import lived
from tests.web.folded_log import FoldedLog

TOWN, ELSEWHERE = "0181", "0180"
NOON = datetime(2026, 3, 20, 11, tzinfo=UTC)
URL = "http://testserver"
PEOPLE = {
    "anna": Person("anna", "Anna Andersson", Role.CASEWORKER, TOWN),
    "berit": Person("berit", "Berit Berg", Role.CASEWORKER, TOWN),
    "ronna": Person("ronna", "Rune Ronna", Role.CASEWORKER, TOWN, ("Ronna",)),
    "lena": Person("lena", "Lena Larsson", Role.TEAM_LEADER, TOWN),
    "stock": Person("stock", "Stina Stock", Role.CASEWORKER, ELSEWHERE),
    "hugo": Person("hugo", "Hugo Hyresvärd", Role.LANDLORD, None, (), "559990-0013"),
    "olle": Person("olle", "Olle Drift", Role.OPERATOR, None),
    "greta": Person("greta", "Greta Granskare", Role.AUDITOR, None),
    "gun": Person("gun", "Gun Granskare", Role.AUDITOR, TOWN),
}
LOTTA = Person("lotta", "Lotta Lind", Role.TEAM_LEADER, TOWN)  # who leads beside Lena
NOTHING_KNOWN = SystemState(
    partitions=(), parts=(), lag=0, unsent=0, unsent_seconds=None, refused=0, rules="r", model="",
    faults=(),
)  # fmt: skip


class World(NamedTuple):
    """A site and what it stands on; `browser` gives one for a person who is logged in."""

    site: Site
    log: FoldedLog
    engine: Engine

    def browser(self, who: str | Person | None = None) -> TestClient:
        """A browser, logged in as one of `PEOPLE`, as somebody else or as nobody."""
        client = TestClient(make_app(self.site), base_url=URL, follow_redirects=False)
        client.headers["origin"] = URL
        if who is not None:
            person = PEOPLE[who] if isinstance(who, str) else who
            now = self.site.clock().timestamp()
            token = sessions.open_session(self.engine, person, None, now)
            client.cookies.set(self.site.cookie, token)
        return client


@contextmanager
def site_world(
    url: str, events: list[Event], clock: Callable[[], datetime] = lambda: NOON
) -> Iterator[World]:
    """The world after these events."""
    with migrated(url) as engine:
        log = FoldedLog(engine)
        log.take(events)
        with _site(engine, log, clock) as made:
            yield made


@contextmanager
def lived_world(database: Path) -> Iterator[World]:
    """The small lived town in a new SQLite file: a copy of one that was lived once."""
    shutil.copy(_lived_once(), database)
    engine = open_database(f"sqlite:///{database}")
    with _site(engine, FoldedLog(engine, new=False), lambda: NOON) as made:
        yield made
    engine.dispose()


@cache
def _lived_once() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="bokvar-lived-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    database = folder / "site.db"
    with migrated(f"sqlite:///{database}") as engine:
        FoldedLog(engine).take(lived.events())
    return database


@contextmanager
def _site(engine: Engine, log: FoldedLog, clock: Callable[[], datetime]) -> Iterator[World]:
    audit = AuditLog(engine, lambda: clock().timestamp())
    site = Site(
        engine=engine,
        log=log,
        audit=audit,
        login=DevelopmentLogin(tuple(PEOPLE.values())),
        status=lambda: NOTHING_KNOWN,
        unfit=unfit,
        url=URL,
        towns=shipped(),
        remembered=RememberedViews(count(step=1_000.0).__next__),
        clock=clock,
    )
    try:
        yield World(site, log, engine)
    finally:
        audit.close()
