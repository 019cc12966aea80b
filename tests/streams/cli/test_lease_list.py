"""`bokvar lease list`: which leases wait for somebody, and for what."""

from tests.builders import lease_id
from tests.pump import World, pump
from tests.streams.cli.commands import run


def test_a_held_lease_is_listed_with_the_day_since_when(both: World) -> None:
    found = run(both, "lease", "list", "--held", "--json").json()
    (held,) = found["leases"]
    assert (held["lease_id"], held["held_since"]) == (lease_id(4), "2026-03-02")
    assert held["records"] == []
    assert found["more"] is False


def test_an_incomplete_lease_is_listed_with_the_place_of_its_record(both: World) -> None:
    (lease,) = run(both, "lease", "list", "--incomplete", "--json").json()["leases"]
    assert lease["lease_id"] == lease_id(1)
    assert lease["records"] == [[0, 19]]
    told = run(both, "lease", "list", "--incomplete").output
    assert "0:19" in told
    assert "bokvar deadletters show PARTITION OFFSET" in told


def test_without_an_option_both_kinds_are_listed_and_a_limit_says_that_there_are_more(
    world: World,
) -> None:
    both = run(world, "lease", "list", "--json").json()["leases"]
    assert [lease["lease_id"] for lease in both] == [lease_id(1), lease_id(4)]
    cut = run(world, "lease", "list", "--limit", "1", "--json").json()
    assert ([lease["lease_id"] for lease in cut["leases"]], cut["more"]) == ([lease_id(1)], True)


def test_a_lease_that_was_mended_waits_no_more(world: World) -> None:
    decided = ("--reason", "never sent", "--by", "Vera", "--wait", "0")
    run(world, "deadletters", "discard", "0", "19", *decided)
    pump(world)
    assert "No lease waits for anybody" in run(world, "lease", "list", "--incomplete").output
