"""Whatever is done to the audit behind its back is told, in sentences; and what only an anchor
shows is shown by one."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, Engine, text

from alerts.access import chain
from alerts.access.audit import AuditLog, NotNoted
from alerts.access.audit_proof import MOST_FAULTS, Verified, verify
from alerts.access.chain import NOTHING, Anchor
from alerts.proof.snapshot import snapshot
from tests.access.forging import edit, put_in, remove, renumber, unlock, write_anew
from tests.access.noting import entry
from tests.access.persons import NOW
from tests.alerts.filling import migrated


@pytest.fixture
def engine(engine: Engine) -> Engine:
    """An audit of six rows, with its triggers taken away."""
    log = AuditLog(engine, lambda: NOW)
    for number in range(1, 7):
        log.note(entry(f"p{number}"))
    log.close()
    unlock(engine)
    return engine


def verified(engine: Engine, anchor: Anchor | None = None) -> Verified:
    with snapshot(engine) as connection:
        return verify(connection, anchor)


def swap(connection: Connection) -> None:
    renumber(connection, 2, 99)
    renumber(connection, 3, 2)
    renumber(connection, 99, 3)


def insert_between(connection: Connection) -> None:
    for seq in (6, 5, 4):
        renumber(connection, seq, seq + 1)
    put_in(connection, 4, like=3)


def rehash(connection: Connection) -> None:
    edit(connection, 3, subject="nobody")
    row = dict(connection.execute(text("SELECT * FROM audit WHERE seq = 3")).mappings().one())
    edit(connection, 3, hash=chain.digest(3, row, row["previous_hash"]))


FORGED: dict[str, tuple[Callable[[Connection], None], str]] = {
    "an edited person": (lambda c: edit(c, 3, subject="nobody"), "row 3 is not as it was written"),
    "an edited detail": (lambda c: edit(c, 3, detail="{}"), "row 3 is not as it was written"),
    "a refusal made allowed": (lambda c: edit(c, 1, allowed=0), "row 1 is not as it was written"),
    "an emptied lease": (lambda c: edit(c, 6, lease_id=None), "row 6 is not as it was written"),
    "an edit with its hash": (rehash, "row 4 does not follow on the row before it"),
    "a removed row": (lambda c: remove(c, 3), "row 3 is missing"),
    "a removed first row": (lambda c: remove(c, 1), "row 1 is missing"),
    "swapped rows": (swap, "row 2 does not follow"),
    "an inserted row": (insert_between, "row 5 is not as it was written"),
    "a row at the end": (lambda c: put_in(c, 7, like=6), "rows were put in after row 6"),
    "a row before the first": (lambda c: put_in(c, 0, like=1), "row 0 stands before the first"),
    "a cut end": (lambda c: remove(c, 6), "the end was cut off: row 6 was written"),
    "a missing head": (lambda c: run(c, "DELETE FROM audit_head"), "the audit's head is missing"),
    "another head": (lambda c: run(c, "UPDATE audit_head SET hash = 'x'"), "row 6 is not the one"),
    "all gone": (lambda c: run(c, "DELETE FROM audit"), "the end was cut off: row 6 was written"),
}


def run(connection: Connection, statement: str) -> None:
    connection.execute(text(statement))


@pytest.mark.parametrize("what", FORGED)
def test_a_forgery_is_told(engine: Engine, what: str) -> None:
    forge, sentence = FORGED[what]
    with engine.begin() as connection:
        forge(connection)
    found = verified(engine)
    assert not found.is_sound
    assert any(fault.startswith(sentence) for fault in found.faults), found.faults


def test_an_audit_written_anew_from_end_to_end_is_seen_by_an_anchor_alone(engine: Engine) -> None:
    anchor = verified(engine).anchor
    with engine.begin() as connection:
        write_anew(connection, subject="nobody")
    assert verified(engine).is_sound
    (fault,) = verified(engine, anchor).faults
    assert fault.startswith("row 6 is not the anchor's")


def test_an_end_cut_off_with_its_head_is_seen_by_an_anchor_alone(engine: Engine) -> None:
    anchor = verified(engine).anchor
    with engine.begin() as connection:
        remove(connection, 6)
        last = connection.scalar(text("SELECT hash FROM audit WHERE seq = 5"))
        connection.execute(text("UPDATE audit_head SET seq = 5, hash = :hash"), {"hash": last})
    assert verified(engine).is_sound
    (fault,) = verified(engine, anchor).faults
    assert fault.startswith("the anchor's row 6 is not there")


def test_an_anchor_holds_however_much_was_noted_after_it(engine: Engine) -> None:
    anchor = verified(engine).anchor
    log = AuditLog(engine, lambda: NOW)
    log.note(entry("p7"))
    log.close()
    found = verified(engine, anchor)
    assert (found.rows, found.faults, found.anchor[0]) == (7, [], 7)
    assert verified(engine, (0, NOTHING)).is_sound


def test_nothing_is_noted_where_the_next_number_was_taken_by_a_forged_row(engine: Engine) -> None:
    with engine.begin() as connection:
        put_in(connection, 7, like=6)
    log = AuditLog(engine, lambda: NOW)
    with pytest.raises(NotNoted, match="IntegrityError"):
        log.note(entry("p7"))
    log.close()


def test_only_the_first_faults_are_told(engine: Engine) -> None:
    with engine.begin() as connection:
        for seq in range(1, 7):
            edit(connection, seq, subject="nobody", previous_hash="x")
    assert len(verified(engine).faults) == MOST_FAULTS


def test_an_empty_audit_is_sound(sqlite_url: str) -> None:
    with migrated(sqlite_url) as engine:
        assert verified(engine) == Verified(0, [], (0, NOTHING))


def test_what_no_audit_keeps_is_a_fault_and_no_crash(sqlite_url: str) -> None:
    with migrated(sqlite_url) as engine:
        log = AuditLog(engine, lambda: NOW)
        log.note(entry("p1"))
        log.note(entry("p2"))
        log.close()
        unlock(engine)
        with engine.begin() as connection:
            connection.execute(text("UPDATE audit SET detail = x'ff' WHERE seq = 1"))
            connection.execute(text("UPDATE audit SET seq = 'two' WHERE seq = 2"))
        assert len(verified(engine).faults) == 3


@pytest.mark.parametrize("text", ["", "5", ":", "5:abc", "-1:" + "0" * 64, "5:" + "G" * 64])
def test_what_is_no_anchor_is_not_read_as_one(text: str) -> None:
    assert chain.read(text) is None


def test_an_anchor_is_read_as_it_was_written() -> None:
    anchor = (17, "ab" * 32)
    assert chain.read(chain.written(anchor) + "\n") == anchor


def test_no_two_rows_are_spelled_alike() -> None:
    row = dict.fromkeys(chain.FIELDS, "")
    one = chain.digest(1, {**row, "subject": "ab", "role": "c"}, NOTHING)
    assert one != chain.digest(1, {**row, "subject": "a", "role": "bc"}, NOTHING)
    assert chain.digest(1, row, NOTHING) != chain.digest(1, {**row, "lease_id": None}, NOTHING)
