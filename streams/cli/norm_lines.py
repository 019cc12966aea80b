"""Households and norms of `bokvar riksnorm` as JSON, one a line."""

import msgspec

from alerts.language.sentences import language
from models.law.riksnorm import Norm, norm
from models.law.riksnorm_household import NormHousehold
from streams.cli.jsonl import NO_ID


class HouseholdLine(NormHousehold, frozen=True, kw_only=True):
    """One line in: the household, and the sender's own id, given back as it came."""

    id: msgspec.Raw = NO_ID


class SpokenLine(msgspec.Struct):
    """One line of the norm in words, in whole kronor a month."""

    what: str
    kr: int


class NormLine(msgspec.Struct):
    """One line out; the fields are the command's contract."""

    id: msgspec.Raw
    total_kr: int
    personal_kr: int
    common_kr: int
    lines: list[SpokenLine]


_households = msgspec.json.Decoder(HouseholdLine)
_SV = language("sv")


def answer_line(line: bytes) -> NormLine:
    """One household as JSON to its norm. Raises as `models.law.riksnorm.norm`, or DecodeError."""
    household = _households.decode(line)
    return answered(household.id, norm(household))


def answered(case_id: msgspec.Raw, answer: Norm) -> NormLine:
    """The norm of the household that the sender calls `case_id`."""
    lines = [SpokenLine(_SV.say(line.what), line.kr) for line in answer.lines]
    return NormLine(case_id, answer.total_kr, answer.personal_kr, answer.common_kr, lines)
