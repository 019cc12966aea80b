"""The guards that keep every event counted once, and how each is switched off in a copy.

A mutation is a replacement in one source file whose old text must be there exactly once: when the
code changes, tests/test_guards.py says that the mutation has to follow.
"""

from pathlib import Path
from typing import NamedTuple


class Edit(NamedTuple):
    """In `file`, `old` becomes `new`."""

    file: str
    old: str
    new: str

    def apply(self, root: Path) -> None:
        """Change the file under `root`. `GuardMoved` unless `old` is there exactly once."""
        place = root / self.file
        text = place.read_text()
        if (count := text.count(self.old)) != 1:
            raise GuardMoved(
                f"{self.file} has this text {count} times, not once: {self.old!r}; "
                "let tests/chaos/guards.py follow the code"
            )
        place.write_text(text.replace(self.old, self.new))


class GuardMoved(Exception):
    """The code that a mutation changes is no longer as the mutation knows it."""


class Guard(NamedTuple):
    """A guard, how it is switched off, and the tests of which one must then fail."""

    name: str
    without: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]


_FRAMES, _STORE = "alerts/store/protocol.py", "alerts/store/sql.py"
_WORKSPACE, _ASIDE = "alerts/fold/workspace.py", "alerts/fold/set_aside.py"
_FOLD = "alerts/fold/frame.py"
_CHAOS = "tests/chaos/"
_TRANSACTION = (
    f"{_CHAOS}test_transaction.py::"
    "test_a_frame_broken_off_between_its_writes_leaves_none_of_them[process killed]"
)
_ZOMBIE = (
    f"{_CHAOS}test_workers.py::test_a_zombie_that_writes_its_old_frame_is_refused_by_the_watermark"
)
_POISON = (
    f"{_CHAOS}test_records.py::test_every_poison_record_is_set_aside_and_every_good_one_is_folded"
)
_ASTRAY = (
    f"{_CHAOS}test_records.py::"
    "test_a_record_in_the_wrong_partition_is_sent_home_and_folded_once[sqlite]"
)
_RULES = "tests/rules/test_store_rules.py::"
_UNKNOWN_RULES = (
    f"{_RULES}test_a_program_that_does_not_know_the_rules_writes_nothing_under_them[sqlite]"
)
_HELD_CHANGE = f"{_RULES}test_a_change_is_not_passed_before_its_checkpoint_is_taken[sqlite]"
_WITHOUT_FAULTS = (
    f"{_CHAOS}test_workers.py::test_a_system_without_faults_ends_whole_and_no_process_ends[sqlite]"
)
_FAILING = (
    "tests/streams/test_poison.py::"
    "test_a_record_whose_fold_raises_is_set_aside_and_the_rest_flows_and_ten_in_a_row_stop_it"
    "[sqlite]"
)

GUARDS = (
    Guard(
        "watermark",
        "a frame that was folded already is folded again",
        (
            Edit(_FRAMES, "if frame.next <= watermark:", "if frame.next < 0:"),
            Edit(_FRAMES, "if r.offset >= watermark]", "if r.offset >= 0]"),
        ),
        (_ZOMBIE,),
    ),
    Guard(
        "transaction",
        "a frame's leases and tasks are committed before its messages and watermark",
        (
            Edit(
                _STORE,
                "        writes.write_leases(connection, number, changes.leases, self._wakes)\n"
                "        writes.write_tasks(connection, number, changes.tasks)\n",
                "        with connection.engine.begin() as piece:\n"
                "            writes.write_leases(piece, number, changes.leases, self._wakes)\n"
                "            writes.write_tasks(piece, number, changes.tasks)\n",
            ),
        ),
        (_TRANSACTION,),
    ),
    Guard(
        "outbox",
        "messages are not kept with the frame that gave rise to them",
        (
            Edit(
                _STORE,
                "        writes.write_outbox(connection, number, changes.outbox, self._now())\n",
                "",
            ),
        ),
        (_WITHOUT_FAULTS,),
    ),
    Guard(
        "set_aside",
        "records that cannot be read are dropped in silence",
        (
            Edit(
                _ASIDE,
                "    _keep(work, record, refusal, record.leases)\n",
                "    return\n",
            ),
        ),
        (_POISON,),
    ),
    Guard(
        "home",
        "a record in the wrong partition is folded where it lies",
        (
            Edit(
                _WORKSPACE,
                "if self.home(lease_id) != self.partition.number:",
                "if self.home(lease_id) < 0:",
            ),
        ),
        (_ASTRAY,),
    ),
    Guard(
        "own_fault",
        "a record whose fold raises stops its partition",
        (
            Edit(
                _FOLD, "return FoldFails(record.offset, place(error), frozenset())", "return error"
            ),
        ),
        (_FAILING,),
    ),
    Guard(
        "ten_in_a_row",
        "a program that fails on everything sets a whole log aside",
        (Edit(_FOLD, "if work.partition.faults >= MOST_IN_A_ROW:", "if MOST_IN_A_ROW < 0:"),),
        (_FAILING,),
    ),
    Guard(
        "rules",
        "a frame is folded under rules that the program does not know",
        (
            Edit(
                _FRAMES,
                "reach(transaction.rules, records, self._rulebook.knows, transaction.is_held)",
                "reach(transaction.rules, records, lambda digest: True, transaction.is_held)",
            ),
        ),
        (_UNKNOWN_RULES,),
    ),
    Guard(
        "rules_checkpoint",
        "a change of rules is passed before its checkpoint is taken",
        (
            Edit(
                _FRAMES,
                "reach(transaction.rules, records, self._rulebook.knows, transaction.is_held)",
                "reach(transaction.rules, records, self._rulebook.knows)",
            ),
        ),
        (_HELD_CHANGE,),
    ),
)
