"""`bokvar init`, `verify` and `checkpoint` as commands: exit codes and JSON."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import delete

from alerts.store import schema
from streams.kafka import topics
from tests.processes import BokvarProcess
from tests.pump import World
from tests.streams.cli.commands import run


def environment(kafka: str, prefix: str, folder: Path) -> dict[str, str]:
    return {
        "BOKVAR_KAFKA": kafka,
        "BOKVAR_PREFIX": f"{prefix}.",
        "BOKVAR_DATA": str(folder / "data"),
        "BOKVAR_PARTITIONS": "2",
    }


def test_init_makes_everything_and_is_harmless_to_repeat(
    kafka: str, topic_prefix: str, tmp_path: Path, bokvar: Callable[..., BokvarProcess]
) -> None:
    around = environment(kafka, topic_prefix, tmp_path)
    first = bokvar("init", "--json", environment=around)
    assert first.wait(100) == 0, first.errors
    assert len(first.json()["made"]) == len(topics.TOPICS)
    assert (tmp_path / "data" / "bokvar.db").exists()
    again = run(around, "init", "--json")
    assert again.status == 0
    assert again.json() == {**first.json(), "made": []}


def test_init_refuses_another_topic_and_adopts_it_when_asked(
    kafka: str, topic_prefix: str, tmp_path: Path
) -> None:
    around = environment(kafka, topic_prefix, tmp_path)
    assert run(around, "init").status == 0
    other = around | {"BOKVAR_PREFIX": f"{topic_prefix}.other."}
    ran = run(other, "init")
    assert ran.status == 1
    assert "bokvar init --adopt" in ran.errors
    assert run(other, "init", "--adopt").status == 0
    assert run(around, "status").status == 1
    faults = run(other, "status", "--json").json()["faults"]
    assert all(" runs, so " in fault for fault in faults), "all that is missing is who works"


def test_init_without_a_broker_is_refused_in_a_sentence(tmp_path: Path) -> None:
    around = environment("127.0.0.1:1", "x", tmp_path) | {"BOKVAR_KAFKA_PATIENCE": "1"}
    ran = run(around, "init")
    assert ran.status == 1
    assert "no Kafka broker answers at 127.0.0.1:1" in ran.errors


def test_verify_ends_with_one_and_names_what_differs(both: World) -> None:
    good = run(both, "verify", "--deliveries", "--json")
    assert good.status == 0
    assert good.json()["deliveries"] == 0
    with both.engine.begin() as connection:
        connection.execute(delete(schema.leases))
    bad = run(both, "verify", "--json")
    assert bad.status == 1
    assert bad.json()["lost"] == 4
    shown = run(both, "verify", "--examples", "1")
    assert shown.status == 1
    assert "lost 4, doubled 0, different 0" in shown.output
    assert "3 more differ" in shown.output


def test_a_checkpoint_is_saved_told_and_used(both: World) -> None:
    saved = run(both, "checkpoint", "--json").json()
    assert saved["sequence"] == 1
    assert saved["verified"]["lost"] == 0
    assert run(both, "verify", "--json").json()["checkpoint"] == 1
    assert "Checkpoint 2 is in" in run(both, "checkpoint").output


def test_no_checkpoint_is_saved_of_a_database_that_differs(world: World) -> None:
    with world.engine.begin() as connection:
        connection.execute(delete(schema.tasks))
    ran = run(world, "checkpoint")
    assert ran.status == 1
    assert "No checkpoint was saved" in ran.output
