"""Which model ranks the list is a rule in the log: promoted, rolled back, put off, and refused."""

from datetime import date
from pathlib import Path
from shutil import rmtree

import msgspec
import pytest
from sqlalchemy import delete, update

from alerts.learning.manifest import Manifest, ModelRefused
from alerts.settings import read
from alerts.store import model_rows, schema
from streams.kafka import publisher
from streams.kafka.sender import NotTaken
from streams.rules.promote import promotable
from streams.simulate import Simulation
from tests.builders import days, invoiced, lease_id, registered
from tests.pump import World, make_world, publish, pump
from tests.rules.in_process import release
from tests.rules.models import kept
from tests.streams.cli.commands import Ran, run

NEXT = 78


def test_a_model_that_failed_the_gate_is_refused_and_the_test_is_named(tmp_path: Path) -> None:
    worse = kept(tmp_path / "models", "worse", failed=("gain_at_capacity",))
    with pytest.raises(ModelRefused, match="it failed: gain_at_capacity"):
        promotable(read({"BOKVAR_DATA": str(tmp_path)}), worse.name)


def test_a_model_whose_file_was_changed_is_refused(tmp_path: Path) -> None:
    model = kept(tmp_path / "models", "good")
    file = tmp_path / "models" / model.name / "model.skops"
    file.write_bytes(file.read_bytes() + b"\0")
    with pytest.raises(ModelRefused, match="somebody changed it"):
        promotable(read({"BOKVAR_DATA": str(tmp_path)}), model.name)


def test_a_model_of_another_scikit_learn_is_refused(tmp_path: Path) -> None:
    model = kept(tmp_path / "models", "old")
    place = tmp_path / "models" / model.name / "manifest.json"
    versions = {**model.versions, "scikit-learn": "0.24.1"}
    older = msgspec.structs.replace(model, versions=versions).sealed()
    place.write_bytes(msgspec.json.encode(older))
    with pytest.raises(ModelRefused, match=r"made with scikit-learn 0\.24\.1"):
        promotable(read({"BOKVAR_DATA": str(tmp_path)}), model.name)


@pytest.fixture
def world(kafka: str, topic_prefix: str, tmp_path: Path, sqlite_url: str) -> World:
    """Six leases that owe a rent, under the rules of this release."""
    world = make_world(kafka, topic_prefix, tmp_path, sqlite_url, partitions=2)
    assert run(world, "init").status == 0
    leases = [lease_id(number) for number in range(6)]
    publish(world, [*map(registered, leases), *(invoiced("2026-03", lease) for lease in leases)])
    publish(world, days("2026-02-20", "2026-03-20"))
    pump(world)
    return world


def model(world: World, name: str) -> Manifest:
    """One that may be promoted."""
    return kept(world.settings.models, name)


def clean(ran: Ran) -> None:
    found = ran.json()
    assert (found["lost"], found["doubled"], found["different"]) == (0, 0, 0), found


def ranked(world: World) -> set[str | None]:
    """The models by which the open tasks are ranked."""
    return {task["risk_model"] for task in run(world, "tasks", "--json").json()["tasks"]}


def go_on(world: World, month: int) -> None:
    """Some days of a month pass."""
    publish(world, days(f"2026-{month:02}-01", f"2026-{month:02}-05"))
    pump(world)


def test_tasks_follow_every_change_of_model_and_verify_is_clean_across_all_of_them(
    world: World,
) -> None:
    one, two = model(world, "one"), model(world, "two")
    assert ranked(world) == {None}
    for month, command, now in (
        (4, ("promote", one.name), one.sha256),
        (5, ("promote", two.name), two.sha256),
        (6, ("rollback",), one.sha256),
        (7, ("off",), None),
        (8, ("rollback",), one.sha256),
    ):
        assert run(world, "model", *command).status == 0
        pump(world)
        assert ranked(world) == {now}
        go_on(world, month)
        assert ranked(world) == {now}
    clean(run(world, "verify", "--json"))


def test_the_model_in_force_promoted_again_is_nothing_new(world: World) -> None:
    one = model(world, "one")
    assert run(world, "model", "promote", one.name, "--json").json()["changed"] is True
    again = run(world, "model", "promote", one.name)
    assert (again.status, "nothing is new" in again.output) == (0, True)
    pump(world)
    assert "Model one" in run(world, "status").output


def test_a_promotion_broken_off_while_it_publishes_is_brought_to_its_end_by_the_next_run(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, publish_all = model(world, "one"), publisher.publish

    def half(*arguments: object, **options: object) -> None:
        publish_all([*arguments[0]], world.settings, partitions=1)  # type: ignore[misc]
        raise NotTaken("Kafka did not take a message")

    monkeypatch.setattr(publisher, "publish", half)
    assert run(world, "model", "promote", one.name).status == 1
    monkeypatch.undo()
    assert "under way" in run(world, "model", "off").errors
    assert run(world, "model", "promote", one.name).status == 0
    pump(world)
    assert ranked(world) == {one.sha256}
    clean(run(world, "verify", "--json"))


def test_the_next_release_keeps_the_model_that_is_in_force(world: World) -> None:
    one = model(world, "one")
    run(world, "model", "promote", one.name)
    pump(world)
    with release(NEXT):
        assert "run `bokvar upgrade`" in run(world, "model", "off").errors
        assert run(world, "upgrade", "--json").json()["checkpoint"] is not None
        go_on(world, 4)
        assert ranked(world) == {one.sha256}
        clean(run(world, "verify", "--json"))


def test_a_promoted_model_is_kept_whatever_becomes_of_its_folder(world: World) -> None:
    one = model(world, "one")
    run(world, "model", "promote", one.name)
    pump(world)
    run(world, "model", "off")
    pump(world)
    rmtree(world.settings.models)
    assert run(world, "model", "rollback").status == 0
    go_on(world, 4)
    assert ranked(world) == {one.sha256}
    assert run(world, "model", "off").status == 0
    pump(world)
    clean(run(world, "verify", "--json"))


def test_a_database_of_before_the_promotion_stands_at_it_until_the_models_folder_is_there(
    world: World,
) -> None:
    one = model(world, "one")
    run(world, "model", "promote", one.name)
    with world.engine.begin() as connection:
        connection.execute(delete(schema.models))
        connection.execute(delete(schema.rule_changes).where(schema.rule_changes.c.sequence > 1))
    away = world.settings.models.rename(world.settings.data / "elsewhere")
    with pytest.raises(AssertionError):  # it stops at the change
        pump(world)
    assert "BOKVAR_MODELS" in run(world, "status").output
    away.rename(world.settings.models)
    pump(world)
    assert ranked(world) == {one.sha256}


def test_a_model_that_the_release_cannot_use_is_not_rolled_back_to_nor_upgraded_with(
    world: World,
) -> None:
    one = model(world, "one")
    run(world, "model", "promote", one.name)
    pump(world)
    with world.engine.begin() as connection:
        connection.execute(update(schema.models).values(body=b"spoilt"))
    with release(NEXT):
        ran = run(world, "upgrade")
        assert (ran.status, "bokvar model off" in ran.errors) == (1, True)
    assert run(world, "model", "off").status == 0
    assert "is not at hand" in run(world, "model", "rollback").errors


def test_what_is_found_of_the_model_in_force_is_noted_and_a_named_one_has_it_in_its_folder(
    world: World, tmp_path: Path
) -> None:
    assert "no model ranks the list" in run(world, "model", "drift").errors
    events = tmp_path / "events.jsonl"
    encode = msgspec.json.encode
    town = Simulation(80, date(2024, 1, 1), 800, seed=3).events()
    events.write_bytes(b"\n".join(map(encode, town)))
    one = model(world, "one")
    found = run(world, "model", "drift", one.name, "--events", str(events), "--json").json()
    assert found["rows"] > 100
    assert "expected over observed" in run(world, "model", "show", one.name).output
    run(world, "model", "promote", one.name)
    pump(world)
    assert run(world, "model", "drift", "--events", str(events)).status == 0
    with world.engine.connect() as connection:
        assert model_rows.read_drift(connection, one.sha256) is not None


def test_a_lease_of_before_the_promotion_is_shown_as_it_was_then(world: World) -> None:
    run(world, "model", "promote", model(world, "one").name)
    go_on(world, 4)
    now = run(world, "lease", "show", lease_id(1)).output
    then = run(world, "lease", "show", lease_id(1), "--as-of", "2026-03-20").output
    assert "enligt modell" in now
    assert "enligt modell" not in then
