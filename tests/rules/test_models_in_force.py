"""Models that come and go in one system while its worker runs on, as real processes."""

from pathlib import Path

import pytest

from tests.chaos.town import Town, lines
from tests.pump import World
from tests.rules.models import kept
from tests.rules.releases import THIS
from tests.rules.systems import Commands, Run, clean, folded, is_idle, make_system
from tests.waiting import wait_until

pytestmark = pytest.mark.timeout(400)


def test_models_come_and_go_while_the_worker_runs_and_verify_stays_clean(
    kafka: str, topic_prefix: str, tmp_path: Path, database_url: str, bokvar: Run
) -> None:
    world = make_system(kafka, topic_prefix, tmp_path, database_url)
    this = Commands(THIS, world, bokvar)
    this.ask("init")
    first = kept(world.settings.models, "first")
    second = kept(world.settings.models, "second")
    town = Town(world.settings, 3, lines(60, 1_500, 7), 30.0)
    worker = this.start("worker")
    this.start("relay")
    town.start()
    wait_until(lambda: folded(world) > 90, 90, "much is folded")

    assert this.ask("model", "promote", first.name, "--json").json()["changed"] is True
    _goes_on(world)
    assert this.ask("model", "promote", first.name, "--json").json()["changed"] is False
    done = this.ask("model", "promote", second.name, "--json").json()
    assert (done["before"], done["model"]) == (first.sha256, second.sha256)
    _goes_on(world)
    done = this.ask("model", "rollback", "--json").json()
    assert (done["before"], done["model"]) == (second.sha256, first.sha256)
    _goes_on(world)
    assert f"Model {first.name} ranks the list" in this.ask("status", status=1).output
    assert this.ask("model", "off", "--json").json()["model"] == ""
    town.stop()
    wait_until(lambda: is_idle(world), 90, "all is folded and sent")

    found = clean(this.ask("verify", "--json", "--deliveries"))
    assert found["checkpoint"] is None
    assert worker.exit_code is None
    assert worker.end() == 0


def _goes_on(world: World) -> None:
    at = folded(world)
    wait_until(lambda: folded(world) > at + 40, 90, "the worker folds on")
