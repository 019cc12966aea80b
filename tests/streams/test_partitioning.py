"""One lease, one home: whichever client publishes it."""

import pytest
from aiokafka.partitioner import murmur2 as aiokafka_murmur2
from hypothesis import given
from hypothesis import strategies as st
from kafka.partitioner.default import murmur2 as kafka_python_murmur2

from streams.kafka.partitioning import home, homes, murmur2

_32_BITS = 0xFFFFFFFF

lease_ids = st.text(min_size=0, max_size=60)


@pytest.mark.parametrize("partitions", [0, -1])
def test_a_topic_without_partitions_is_refused_in_words(partitions: int) -> None:
    with pytest.raises(ValueError, match="at least one partition"):
        home("400000-0002:1", partitions)
    with pytest.raises(ValueError, match="at least one partition"):
        homes(["400000-0002:1"], partitions)


@given(st.binary(max_size=70))
def test_the_hash_is_the_one_of_both_python_clients(key: bytes) -> None:
    assert murmur2(key) == kafka_python_murmur2(key) & _32_BITS == aiokafka_murmur2(key) & _32_BITS


def test_the_hash_of_a_known_key_is_the_one_in_kafkas_own_tests() -> None:
    assert murmur2(b"21") == -973932308 & _32_BITS
    assert murmur2(b"foobar") == -790332482 & _32_BITS
    assert murmur2(b"a-little-bit-long-string") == -985981536 & _32_BITS


@given(st.lists(lease_ids, max_size=40), st.integers(1, 64))
def test_a_whole_frame_gets_the_homes_of_its_leases_one_by_one(
    ids: list[str], partitions: int
) -> None:
    assert homes(ids, partitions) == [home(lease_id, partitions) for lease_id in ids]


def test_leases_spread_over_all_partitions() -> None:
    ids = [f"400000-0002:{number:05d}" for number in range(1200)]
    found = homes(ids, 12)
    assert min(found.count(partition) for partition in range(12)) > 60
