"""A snapshot lasts as long as it is held, also where its holder is busy with other things."""

from sqlalchemy import func, select, text

from alerts.proof.snapshot import snapshot
from alerts.store import schema, setup
from alerts.store.database import open_database
from tests.waiting import wait_until

_IDLE = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND state = 'idle in transaction' AND state_change < clock_timestamp() - interval '1 second'"
)


def test_a_snapshot_outlives_the_time_after_which_an_idle_transaction_is_ended(
    postgres_url: str,
) -> None:
    impatient = "?options=-c%20idle_in_transaction_session_timeout%3D100ms"
    engine, other = open_database(postgres_url + impatient), open_database(postgres_url)
    setup.migrate(other)

    def idle() -> bool:
        with other.connect() as connection:
            return bool(connection.execute(_IDLE).scalar())

    with snapshot(engine) as connection:
        wait_until(idle, 30, "the snapshot has been idle for a second")
        query = select(func.count()).select_from(schema.partitions)
        assert connection.execute(query).scalar() == 0
