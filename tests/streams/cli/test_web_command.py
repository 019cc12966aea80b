"""`bokvar web`: what is missing is said before anything is served; asked to end it leaves nothing
running."""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
import requests
from sqlalchemy import Engine, text

from alerts.access import audit_list, sessions
from alerts.access.audit_proof import verify
from alerts.access.person import Person, Role
from alerts.proof.snapshot import snapshot
from alerts.store.database import open_database
from alerts.views.stored_records import StoredRecords
from alerts.web.links import link
from streams.embedded.broker.config import free_ports
from tests.alerts.filling import migrated
from tests.processes import BokvarProcess, is_alive
from tests.pump import World, pump
from tests.streams.cli.commands import run
from tests.waiting import wait_until
from tests.web.forms import form

Bokvar = Callable[..., BokvarProcess]
OLLE = Person("olle", "Olle Drift", Role.OPERATOR, None)


def options(folder: Path, **more: str) -> dict[str, str]:
    """All that is needed, on a free port, with a Kafka and a login provider that are away."""
    port = str(free_ports(1)[0])
    return {
        "BOKVAR_DATA": str(folder),
        "BOKVAR_KAFKA": "127.0.0.1:1",
        "BOKVAR_KAFKA_PATIENCE": "1",
        "BOKVAR_SITE_URL": f"http://127.0.0.1:{port}",
        "BOKVAR_SITE_PORT": port,
        "BOKVAR_OIDC_ISSUER": "http://127.0.0.1:1/realm",
        "BOKVAR_OIDC_CLIENT": "bokvar",
        **more,
    }


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with migrated(f"sqlite:///{tmp_path / 'bokvar.db'}") as engine:
        yield engine


def told(folder: Path, **more: str) -> str:
    ran = run(options(folder, **more), "web")
    assert ran.status == 1
    assert ran.output == ""
    return ran.errors


class TestBeforeAnythingIsServed:
    @pytest.mark.parametrize(
        ("name", "how"),
        [
            ("BOKVAR_SITE_URL", "such as https://bokvar.kommun.se"),
            ("BOKVAR_OIDC_ISSUER", "the address of the login provider"),
            ("BOKVAR_OIDC_CLIENT", "the id under which the login provider knows"),
        ],
    )
    def test_an_option_that_is_missing_is_named_with_how_to_give_it(
        self, engine: Engine, tmp_path: Path, name: str, how: str
    ) -> None:
        errors = told(tmp_path, **{name: ""})
        assert f"{name} is not given: set it to" in errors
        assert how in errors

    @pytest.mark.parametrize("url", ["http://bokvar.kommun.se", "http://10.0.0.1:8080", "bokvar"])
    def test_a_public_address_that_is_not_https_is_refused(
        self, engine: Engine, tmp_path: Path, url: str
    ) -> None:
        assert f"BOKVAR_SITE_URL is '{url}': give an address such as https" in told(
            tmp_path, BOKVAR_SITE_URL=url
        )

    def test_a_database_that_was_never_made_ready_is_refused(self, tmp_path: Path) -> None:
        assert "run `bokvar init` first" in told(tmp_path)

    def test_a_database_of_an_older_release_is_refused(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = 'r0009'"))
        assert "an older, schema: run `bokvar init` first" in told(tmp_path)

    def test_a_secret_that_cannot_be_read_or_is_empty_is_refused_and_not_shown(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        secret = tmp_path / "secret"
        assert "cannot be read (No such file" in told(tmp_path, BOKVAR_OIDC_SECRET_FILE=str(secret))
        secret.write_bytes(b"\xff\xfe")
        assert "it is not UTF-8" in told(tmp_path, BOKVAR_OIDC_SECRET_FILE=str(secret))
        secret.write_text("\n")
        assert "is empty: put the secret there" in told(
            tmp_path, BOKVAR_OIDC_SECRET_FILE=str(secret)
        )

    def test_a_port_that_another_has_is_named(self, engine: Engine, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = str(other.getsockname()[1])
            errors = told(tmp_path, BOKVAR_SITE_PORT=port)
        assert f"port {port} of 127.0.0.1 cannot be used (Address already in use)" in errors

    def test_a_towns_own_playbooks_that_cannot_be_used_are_told(
        self, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("streams.cli.web.own_towns", _no_playbooks)
        assert "there is no *.toml" in told(tmp_path)


def _no_playbooks() -> None:
    from alerts.playbooks.read import PlaybookError

    raise PlaybookError(["BOKVAR_PLAYBOOKS: there is no *.toml in x: put a playbook there"])


@contextmanager
def serving(
    bokvar: Bokvar, environment: Mapping[str, str], *more: str
) -> Iterator[tuple[BokvarProcess, str]]:
    """`bokvar web` once it answers, and its address."""
    url = environment["BOKVAR_SITE_URL"]
    process = bokvar("web", *more, environment=dict(environment))
    wait_until(lambda: _answers(process, url), 60, "the worklist answers")
    yield process, url


def _answers(process: BokvarProcess, url: str) -> bool:
    assert process.exit_code is None, process.errors
    try:
        return requests.get(f"{url}/healthy", timeout=5).text == "ok\n"
    except requests.ConnectionError:
        return False


def browser(engine: Engine, url: str) -> requests.Session:
    """The browser of an operator who has logged in."""
    client = requests.Session()
    client.cookies.set("bokvar", sessions.open_session(engine, OLLE, None, time.time()))
    client.headers["origin"] = url
    return client


def family(process: BokvarProcess) -> list[int]:
    """The command and the processes that it started; the shell beside it is the test's own."""
    found = psutil.Process(process.pid)
    return [one.pid for one in (found, *found.children(recursive=True)) if one.name() != "sh"]


class TestServing:
    def test_without_kafka_and_provider_it_reads_all_the_same_and_says_who_is_away(
        self, engine: Engine, tmp_path: Path, bokvar: Bokvar
    ) -> None:
        with serving(bokvar, options(tmp_path)) as (process, url):
            login = requests.get(f"{url}/login", allow_redirects=False, timeout=20)
            assert login.status_code == 503
            assert "Inloggningen svarar inte" in login.text
            began = time.monotonic()
            page = browser(engine, url).get(url + link("operations"), timeout=20)
            assert time.monotonic() - began < 10
            assert page.status_code == 200
            assert "Kafka svarar inte." in page.text
            assert "server" not in page.headers
            assert (
                "form-action 'self' http://127.0.0.1:1;" in page.headers["content-security-policy"]
            )
            assert process.end() == 0
        assert process.output.startswith("The worklist of http://127.0.0.1:")
        assert link("operations") not in process.output + process.errors

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    @pytest.mark.parametrize("workers", ["1", "2"])
    def test_asked_to_end_it_ends_soon_with_status_0_and_nothing_left_running(
        self, engine: Engine, tmp_path: Path, bokvar: Bokvar, number: signal.Signals, workers: str
    ) -> None:
        with serving(bokvar, options(tmp_path), "--workers", workers) as (process, _):
            pids = family(process)
            process.send(number)
            assert process.wait(10) == 0
            assert process.errors == ""
        _gone(pids)

    def test_asked_to_end_while_a_page_waits_for_kafka_it_ends_soon_all_the_same(
        self, engine: Engine, tmp_path: Path, bokvar: Bokvar
    ) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            kafka = f"127.0.0.1:{silent.getsockname()[1]}"
            more = {"BOKVAR_KAFKA": kafka, "BOKVAR_KAFKA_PATIENCE": "60"}
            with serving(bokvar, options(tmp_path, **more)) as (process, url):
                page = browser(engine, url).get(url + link("operations"), timeout=20)
                assert "Kafka har inte svarat på 3 sekunder" in page.text
                process.send(signal.SIGTERM)
                assert process.wait(10) == 0

    def test_killed_it_takes_the_processes_that_serve_with_it(
        self, engine: Engine, tmp_path: Path, bokvar: Bokvar
    ) -> None:
        with serving(bokvar, options(tmp_path), "--workers", "2") as (process, _):
            pids = family(process)
            assert len(pids) > 2
            os.kill(process.pid, signal.SIGKILL)
            _gone(pids)

    def test_an_address_that_a_proxy_tells_is_believed_only_of_the_proxy_that_was_named(
        self, engine: Engine, tmp_path: Path, bokvar: Bokvar
    ) -> None:
        """Seen by the limit on logins, which counts addresses."""
        with serving(bokvar, options(tmp_path)) as (_, url):
            assert 429 in _logins(url)
        with serving(bokvar, options(tmp_path), "--proxy", "127.0.0.1") as (_, url):
            assert set(_logins(url)) == {403}


def _logins(url: str) -> list[int]:
    """The answers to many logins, each of which is told to come from another address."""
    client = requests.Session()
    told = [{"x-forwarded-for": f"10.0.0.{n}"} for n in range(250)]
    return [client.post(f"{url}/login", headers=one, timeout=20).status_code for one in told]


def _gone(pids: list[int]) -> None:
    wait_until(lambda: not any(map(is_alive, pids)), 20, "nothing is left running")


@pytest.mark.kafka
def test_a_decision_of_two_processes_is_in_the_log_and_their_audit_is_one_chain(
    both: World, bokvar: Bokvar
) -> None:
    environment = options(both.settings.data) | both.environment
    with serving(bokvar, environment, "--workers", "2") as (process, url):
        engine = open_database(both.settings.database)
        for _ in range(30):  # each by a connection of its own: both processes answer some
            assert browser(engine, url).get(url + link("operations"), timeout=20).status_code == 200
        record = link("record", partition=0, offset=19)
        discard = link("discard", partition=0, offset=19)
        olle = browser(engine, url)
        fields = form(olle.get(url + record, timeout=20).text, discard)
        answer = olle.post(
            url + discard,
            data={**fields, "reason": "kom igen"},
            timeout=30,
            allow_redirects=False,
        )
        assert answer.status_code == 303
        assert "later=1" in answer.headers["location"]  # no worker runs
        pump(both)
        page = olle.get(url + answer.headers["location"].replace("later=1", ""), timeout=20)
        assert "kasserad av Olle Drift: kom igen" in page.text
        assert process.end() == 0
    found = StoredRecords(engine)(0, 19)
    assert found is not None
    assert (found.state, found.by) == ("discarded", "olle")
    with snapshot(engine) as connection:
        assert verify(connection).is_sound
        actions = [row["action"] for row in audit_list.rows(connection)]
    assert actions[:4] == ["record", "discard", "discard", "record"]
    assert actions.count("operations") == 30
    engine.dispose()
