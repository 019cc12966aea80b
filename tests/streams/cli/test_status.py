"""`bokvar status`: is everything read, sent and complete, and can every partition go on?"""

from kafka import KafkaAdminClient, TopicPartition
from sqlalchemy import update

from alerts.store import schema
from models.contract import facts
from models.contract.events import BOKVAR
from tests.builders import day, event
from tests.pump import World, publish
from tests.streams.cli.commands import run


def test_a_database_of_another_topic_is_a_fault(world: World) -> None:
    with world.engine.begin() as connection:
        connection.execute(update(schema.topic).values(topic_id="another"))
    ran = run(world, "status", "--json")
    assert ran.status == 1
    (fault,) = ran.json()["faults"]
    assert "is not the topic this database was filled from" in fault


def test_a_log_that_ends_before_the_watermark_is_a_fault_of_that_partition(world: World) -> None:
    with world.engine.begin() as connection:
        partitions = schema.partitions
        connection.execute(
            update(partitions).where(partitions.c.number == 1).values(next_offset=1_000)
        )
    ran = run(world, "status", "--json")
    assert ran.status == 1
    faults = [p["fault"] for p in ran.json()["partitions"]]
    assert faults[0] is None
    assert "read up to offset 1000" in faults[1]
    assert "Cannot go on: partition 1" in run(world, "status").output


def test_a_log_start_that_has_moved_past_the_watermark_is_a_fault(world: World) -> None:
    publish(world, [day("2026-03-21"), day("2026-03-22")])
    end = run(world, "status", "--json").json()["partitions"][0]["log_end"]
    admin = KafkaAdminClient(bootstrap_servers=world.settings.kafka)
    admin.delete_records({TopicPartition(world.topic.name, 0): end})
    admin.close()
    assert run(world, "status").status == 1


def test_rules_in_the_log_that_nobody_here_knows_are_a_fault_though_the_database_has_not_heard(
    world: World,
) -> None:
    publish(world, [event(facts.RulesChanged(digest="a" * 32, what="code"), "r", BOKVAR)])
    ran = run(world, "status", "--json")
    assert ran.status == 1
    assert len(ran.json()["faults"]) == 2
    assert "rules aaaaaaaa begin, which this release does not know" in ran.json()["faults"][0]


def test_no_broker_is_refused_in_a_sentence(world: World) -> None:
    nobody = {"BOKVAR_KAFKA": "127.0.0.1:1", "BOKVAR_KAFKA_PATIENCE": "1"}
    ran = run(world.environment | nobody, "status")
    assert ran.status == 1
    assert "no Kafka broker answers at 127.0.0.1:1" in ran.errors


def test_what_waits_and_what_is_incomplete_is_counted(both: World) -> None:
    publish(both, [day("2026-03-21")])
    ran = run(both, "status", "--json")
    found = ran.json()
    assert ran.status == 0
    assert [p["lag"] for p in found["partitions"]] == [1, 1]
    assert found["lag"] == 2
    assert found["newest_day"] == "2026-03-20"
    assert found["outbox_unsent"] > 0
    assert found["outbox_age_seconds"] >= 0
    assert found["leases"] == 4
    assert found["held_leases"] == 1
    assert found["incomplete_leases"] == 1
    assert found["open_dead_letters"] == 2
    assert found["tasks_by_band"] == {"A": 0, "B": 0, "C": 2, "D": 0}


def test_a_landlord_is_silent_after_the_working_days_asked_for(world: World) -> None:
    silent = {"559990-0013": "2026-03-10"}
    assert run(world, "status", "--json").json()["silent_landlords"] == silent
    later = run(world, "status", "--silent-after", "8", "--json").json()
    assert later["silent_landlords"] == {}
    assert "Landlord 559990-0013 is silent" in run(world, "status").output
