"""What /ready says while a worker starts."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from faust.exceptions import ConsumerNotStarted

from streams.worker import health


def _not_yet() -> set[Any]:
    raise ConsumerNotStarted("Consumer thread not yet started")


@pytest.mark.parametrize("assignment", [_not_yet, set])
def test_a_worker_whose_consumer_is_not_there_yet_has_no_partition(assignment: Any) -> None:
    app = SimpleNamespace(rebalancing=False, consumer=SimpleNamespace(assignment=assignment))
    troubles = SimpleNamespace(sentences=list)
    worker = SimpleNamespace(failing={}, stopped={}, troubles=troubles)
    assert health.not_ready(cast(Any, app), cast(Any, worker)) == ["no partition is assigned yet"]
