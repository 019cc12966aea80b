"""A system in trouble: all that the page for operations can have to say at once."""

from datetime import date

from msgspec.structs import replace

from alerts.store.verified import LastVerified
from alerts.views.feeds import Feed
from alerts.web.system_state import Fault, PartitionState, PartState
from models.phrase import phrase
from tests.builders import ORGNR
from tests.web.site_world import NOTHING_KNOWN

DAY = date(2026, 3, 19)
AWAY = "no Kafka broker answers at kafka-1.kommun.example:9092: see that it runs"

IN_TROUBLE = replace(
    NOTHING_KNOWN,
    lag=None,
    unsent=3,
    unsent_seconds=700.0,
    refused=2,
    set_aside=6,
    incomplete=5,
    held=1,
    rules="1a2b3c4d",
    own_rules="5e6f7a8b",
    verified=LastVerified(1_774_000_000.0, 3, 12, "0.1.0"),
    faults=(
        Fault(phrase("operations_fault.kafka"), AWAY),
        Fault(phrase("operations_fault.partitions", numbers="0, 3"), "start `bokvar init`"),
        Fault(phrase("operations_fault.no_worker"), "no worker runs"),
    ),
    feeds=(
        Feed(ORGNR, date(2026, 3, 1), date(2026, 3, 9), [1, 4], True),
        Feed("559990-0015", DAY, DAY, [], True),
        Feed("559990-0023", None, None, [], True),
    ),
    silent=(ORGNR, "559990-0023"),
    parts=(
        PartState("worker", "host-1:4711", False, 960.0, ""),
        PartState("relay", "host-1:4712", True, 2.0, "Kafka does not answer"),
        PartState("scheduler", "host-1:4713", True, 3.0, ""),
    ),
    partitions=tuple(PartitionState(n, None, 123_456, None, DAY, None) for n in range(12)),
)
