"""A broker that dies, is restarted or answers nothing: all who use it come back by themselves."""

from collections.abc import Callable

import pytest

from tests.chaos.running import Running

pytestmark = [pytest.mark.chaos, pytest.mark.slow, pytest.mark.timeout(240)]


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("broker killed", "sqlite"),
        ("broker killed", "postgresql"),
        ("broker frozen", "postgresql"),
        ("broker restarted", "postgresql"),
    ],
)
def test_after_a_fault_of_the_broker_all_flows_and_nothing_is_lost_or_doubled(
    fault: str, kind: str, run: Callable[[str], Running]
) -> None:
    run(kind).endure(fault)
