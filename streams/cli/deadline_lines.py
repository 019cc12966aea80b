"""Cases and answers of `bokvar deadlines` as JSON, one a line."""

from datetime import date

import msgspec

from alerts.language.sentences import language
from models.law.deadline_case import Answer, Facts
from models.law.deadline_reading import read_case
from models.phrase import Phrase
from streams.cli.jsonl import NO_ID


class CaseLine(Facts, frozen=True, kw_only=True, gc=False):
    """One line in: the facts, and the sender's own id, given back as it came."""

    id: msgspec.Raw = NO_ID


class AnswerLine(msgspec.Struct):
    """One line out; the fields are the command's contract."""

    id: msgspec.Raw
    due_on: date | None
    forfeiture_from: date | None
    recovery_last_day: date | None
    assume_payment_last_day: date | None
    earliest_eviction_decision: date | None
    confirm_by: date | None
    other_readings: dict[str, list[date]]
    notes: list[str]


_cases = msgspec.json.Decoder(CaseLine)
_SV = language("sv")


def answer_line(line: bytes) -> AnswerLine:
    """One case as JSON to its answer. Raises msgspec.DecodeError or CaseError."""
    case = _cases.decode(line)
    return answered(case.id, read_case(case))


def answered(case_id: msgspec.Raw, answer: Answer) -> AnswerLine:
    """The answer to the case that the sender calls `case_id`."""
    return AnswerLine(
        case_id,
        answer.due_on,
        answer.forfeiture_from,
        answer.recovery_last_day,
        answer.assume_payment_last_day,
        answer.earliest_eviction_decision,
        answer.confirm_by,
        answer.other_readings,
        [_note(note) for note in answer.notes],
    )


def _note(note: Phrase) -> str:
    """A stable name for machines, a colon, and the sentence."""
    return f"{note.code.removeprefix('deadline.')}: {_SV.say(note)}"
