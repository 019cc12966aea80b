"""`bokvar status`: is everything read, sent and complete, and can every partition go on?"""

import time

from kafka import KafkaAdminClient, TopicPartition
from sqlalchemy import delete, text, update

from alerts.store import schema
from alerts.store.heartbeats import PARTS, Heart
from models.contract import facts
from models.contract.events import BOKVAR, LANDLORD
from tests.builders import day, days, event, registered
from tests.pump import World, publish, pump
from tests.streams.cli.commands import run


def test_a_database_of_another_topic_is_a_fault(world: World) -> None:
    with world.engine.begin() as connection:
        connection.execute(update(schema.topic).values(topic_id="another"))
    ran = run(world, "status", "--json")
    assert ran.status == 1
    fault, *_ = ran.json()["faults"]
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
    assert len(ran.json()["faults"]) == 5
    assert "rules aaaaaaaa begin, which this release does not know" in ran.json()["faults"][0]


def test_without_a_broker_the_lag_is_unknown_and_the_rest_is_told_all_the_same(
    world: World,
) -> None:
    nobody = world.environment | {"BOKVAR_KAFKA": "127.0.0.1:1", "BOKVAR_KAFKA_PATIENCE": "1"}
    ran = run(nobody, "status", "--json")
    assert ran.status == 1
    found = ran.json()
    assert found["lag"] is None
    assert [(p["lag"], p["log_end"]) for p in found["partitions"]] == [(None, None)] * 2
    assert found["faults"][0].startswith("no Kafka broker answers at 127.0.0.1:1")
    assert found["leases"] == 4
    assert "Lag unknown;" in run(nobody, "status").output


def test_what_waits_and_what_is_incomplete_is_counted(both: World) -> None:
    publish(both, [day("2026-03-21")])
    living(both)
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
    assert found["tasks_by_band"] == {"A": 0, "B": 0, "C": 4, "D": 0}


def living(world: World, *parts: str, trouble: str = "", age: float = 0.0) -> None:
    """These parts, or all three, tell that they live; they did `age` seconds ago."""
    for part in parts or PARTS:
        Heart(world.engine, part, lambda: time.time() - age, f"machine:{part}:x").beat(trouble)


def test_status_is_1_and_says_what_is_not_done_while_nobody_works(both: World) -> None:
    ran = run(both, "status", "--json")
    assert ran.status == 1
    worker, relay, scheduler = ran.json()["faults"]
    assert worker.startswith(
        "no worker runs, so nothing that comes is folded: start `bokvar worker"
    )
    assert relay.startswith("no relay runs, so no task and no answer is sent: start `bokvar relay")
    assert scheduler.startswith("no scheduler runs, so no day ends")
    living(both)
    ran = run(both, "status", "--json")
    assert (ran.status, ran.json()["faults"]) == (0, [])
    assert "Worker machine:worker works, for " in run(both, "status").output


def test_a_part_that_fell_silent_is_named_and_missed(world: World) -> None:
    living(world, "worker", "scheduler")
    living(world, "relay", age=600)
    ran = run(world, "status", "--json")
    assert ran.status == 1
    (fault,) = ran.json()["faults"]
    assert fault.startswith("no relay runs (machine:relay fell silent 10 min ago)")
    told = run(world, "status").output
    assert "Relay machine:relay fell silent 10 min ago: it was killed, or is cut off." in told


def test_a_part_that_lives_and_cannot_work_says_why_and_counts_if_no_other_works(
    world: World,
) -> None:
    living(world, "relay", "scheduler")
    living(world, "worker", trouble="Kafka does not answer")
    ran = run(world, "status", "--json")
    assert ran.status == 1
    assert ran.json()["faults"] == ["no worker works: machine:worker says: Kafka does not answer"]
    Heart(world.engine, "worker", time.time, "other:1:x").beat()
    ran = run(world, "status")
    assert ran.status == 0
    assert "lives but does not work: Kafka does not answer" in ran.output


def test_a_landlord_with_leases_that_has_never_reported_is_silent_and_says_never(
    both: World,
) -> None:
    other = "556789-0123"
    lease = registered(f"{other}:1", landlord_id=other).data
    publish(both, [event(lease, "r", LANDLORD + other), *days("2026-03-21", "2026-03-22")])
    pump(both)
    found = run(both, "status", "--json").json()
    assert found["landlords"] == {other: None, "559990-0013": "2026-03-10"}
    assert found["silent_landlords"] == found["landlords"]
    told = run(both, "status").output
    assert f"Landlord {other}: newest feed never." in told
    assert f"Landlord {other} is silent: it has leases and has never reported a day" in told


def test_a_landlord_is_silent_after_the_working_days_asked_for(world: World) -> None:
    silent = {"559990-0013": "2026-03-10"}
    assert run(world, "status", "--json").json()["silent_landlords"] == silent
    later = run(world, "status", "--silent-after", "8", "--json").json()
    assert later["silent_landlords"] == {}
    assert "Landlord 559990-0013 is silent" in run(world, "status").output


def test_what_verify_found_is_told_by_status_and_a_new_result_takes_its_place(both: World) -> None:
    assert "were never compared: run `bokvar verify`" in run(both, "status").output
    assert run(both, "verify").status == 0
    assert "found no difference in 2 partitions" in run(both, "status").output
    with both.engine.begin() as connection:
        connection.execute(delete(schema.tasks))
    assert run(both, "verify").status == 1
    last = run(both, "status", "--json").json()["last_verified"]
    assert last["differences"] > 0
    assert abs(last["at"] - time.time()) < 60
    assert f"found {last['differences']} differences" in run(both, "status").output


def test_a_result_that_cannot_be_noted_is_told_all_the_same(world: World) -> None:
    with world.engine.begin() as connection:
        connection.execute(text("DROP TABLE verified"))
    ran = run(world, "verify", "--json")
    assert ran.status == 0
    assert ran.json()["different"] == 0
    assert "could not be noted in the database (OperationalError)" in ran.errors
