"""To log in by name alone is for the demo, on this machine, over invented people; nowhere else."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from alerts.access.oidc import Provider
from alerts.access.person import Person, Role
from alerts.settings import OPTIONS, Settings, read
from alerts.web.app import make_app
from alerts.web.links import link
from alerts.web.menu import MENU
from streams.embedded.demo_site import PEOPLE, NotTheDemo, demo_site
from streams.simulate.sodertalje import SODERTALJE
from streams.web import factory
from tests.alerts.filling import migrated
from tests.builders import invoiced, registered
from tests.processes import ROOT
from tests.web.folded_log import FoldedLog

HOST, PORT = "127.0.0.1", 8080
INVENTED = SODERTALJE.landlords[0].orgnr


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """The database of a demo that runs in this folder."""
    with migrated(f"sqlite:///{tmp_path / 'bokvar.db'}") as engine:
        yield engine


def settings(folder: Path) -> Settings:
    return read({"BOKVAR_DATA": str(folder)})


def refused(engine: Engine, folder: Path, host: str = HOST) -> str:
    with (
        pytest.raises(NotTheDemo) as error,
        demo_site(settings(folder), engine, folder, host, PORT),
    ):
        pass
    return str(error.value)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "bokvar.kommun.se", "", "127"])
def test_on_an_address_that_others_reach_it_is_refused(
    engine: Engine, tmp_path: Path, host: str
) -> None:
    assert "for this machine alone" in refused(engine, tmp_path, host)


def test_over_a_database_of_another_folder_it_is_refused(engine: Engine, tmp_path: Path) -> None:
    assert "and no other" in refused(engine, tmp_path / "other")


def test_over_a_database_that_is_only_reached_from_the_folder_by_a_link_it_is_refused(
    engine: Engine, tmp_path: Path
) -> None:
    other = tmp_path / "demo"
    other.mkdir()
    (other / "bokvar.db").symlink_to(tmp_path / "elsewhere.db")
    assert "and no other" in refused(engine, other)


@pytest.mark.postgres
def test_over_postgresql_it_is_refused(postgres_url: str, tmp_path: Path) -> None:
    with migrated(postgres_url) as engine:
        assert "and no other" in refused(engine, tmp_path)


def test_over_leases_of_a_landlord_that_is_not_invented_it_is_refused(
    engine: Engine, tmp_path: Path
) -> None:
    log = FoldedLog(engine)
    real = "556036-0793:1"
    log.take([registered(real, landlord_id="556036-0793"), invoiced("2026-03", real)])
    assert "holds more than a demo, leases of landlord 556036-0793" in refused(engine, tmp_path)


def test_over_the_demos_own_leases_everybody_invented_can_log_in_and_nobody_else(
    engine: Engine, tmp_path: Path
) -> None:
    FoldedLog(engine).take([registered(f"{INVENTED}:1", landlord_id=INVENTED)])
    with demo_site(settings(tmp_path), engine, tmp_path, HOST, PORT) as site:
        client = TestClient(make_app(site), base_url=site.url, follow_redirects=False)
        client.headers["origin"] = site.url
        assert client.post(link("login_as"), data={"subject": "someone"}).status_code == 404
        for person in PEOPLE:
            assert (
                client.post(link("login_as"), data={"subject": person.subject}).status_code == 303
            )
            assert client.get(link("start")).headers["location"] == link(MENU[person.role][0])


def test_there_is_somebody_of_each_role_and_the_landlord_is_the_biggest_of_the_town() -> None:
    assert {person.role for person in PEOPLE} == set(Role)
    biggest = max(SODERTALJE.landlords, key=lambda one: one.share)
    (landlord,) = [person for person in PEOPLE if person.role is Role.LANDLORD]
    assert landlord.landlord == biggest.orgnr
    (berit,) = [person for person in PEOPLE if person.districts]
    assert set(berit.districts) <= set(SODERTALJE.districts)
    assert all(isinstance(person, Person) for person in PEOPLE)


def makers() -> dict[str, int]:
    """Where in the program a development login is made, and how often."""
    found = dict[str, int]()
    for room in ("models", "alerts", "streams"):
        for path in (ROOT / room).rglob("*.py"):
            calls = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if _makes(n)]
            if calls:
                found[str(path.relative_to(ROOT))] = len(calls)
    return found


def _makes(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and "DevelopmentLogin" in ast.dump(node.func)


def test_only_the_demo_makes_one_and_only_the_demos_command_asks_the_demo() -> None:
    assert makers() == {"streams/embedded/demo_site.py": 1}
    asks = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "streams").rglob("*.py")
        if "streams.embedded.demo_site" in path.read_text("utf-8")
    ]
    assert sorted(asks) == ["streams/cli/demo.py", "streams/cli/demo_web.py"]


def test_what_bokvar_web_serves_has_a_provider_whatever_the_environment_says(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not any("LOGIN" in o.name or "DEV" in o.name for o in OPTIONS)
    given = {
        "BOKVAR_DATA": str(tmp_path),
        "BOKVAR_SITE_URL": "http://127.0.0.1:8080",
        "BOKVAR_OIDC_ISSUER": "http://127.0.0.1:1",
        "BOKVAR_OIDC_CLIENT": "bokvar",
    }
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert isinstance(factory.provider(read(given)), Provider)
    with TestClient(factory.create(), base_url="http://127.0.0.1:8080") as client:
        client.headers["origin"] = "http://127.0.0.1:8080"
        answer = client.post(link("login_as"), data={"subject": "anna"}, follow_redirects=False)
        assert answer.status_code == 404
        assert not client.cookies
