"""Whatever the site can note has words in both languages: actions, names and codes."""

from collections.abc import Collection

import pytest

from alerts.access.claims import Unfit
from alerts.access.glass import NotBroken
from alerts.access.login_fault import LoginFault
from alerts.access.scope import Opening
from alerts.commands.dead_record import Refusal
from alerts.language.sentences import LANGUAGES, language
from alerts.letters.kinds import KINDS
from alerts.web.audited import CODES, code_of, detail
from alerts.web.letters.files import FORMS
from alerts.web.pages.audit import NOTED, ONLY, Asked
from alerts.web.papers.fields import FIELDS
from alerts.web.routes import ROUTES
from tests.web.noting import noted

ACTIONS, NAMES = noted()
# Names beside which stands what people typed, an id, a number or somebody's subject.
AS_THEY_STAND = {
    "act", "asked_lease", "basis", "before", "cases", "failed", "from", "landlord", "lease",
    "leases", "meeting", "note", "person", "reason", "record", "to", "told", "undone_act", "words",
}  # fmt: skip
CODED: dict[str, Collection[str]] = {
    "as": FORMS,
    "closed": [one.value for one in Opening if one not in (Opening.OPEN, Opening.ELSEWHERE)],
    "fault": [*LoginFault, *Unfit],
    "glass": ["broken"],
    "letter": [kind.name for kind in KINDS],
    "only": ONLY,
    "paper": FIELDS,
    "refused": [
        "by_glass",
        "not_given",
        "no_answer",
        *NotBroken,
        *(one.name.lower() for one in Refusal),
    ],
    "status": ["begun"],
    "undone": [
        *("reported", "planned", "assigned", "waits", "raised", "lowered", "mapped", "asked"),
        *("heard", "guarantee_given", "guarantee_drawn", "guarantee_ended"),
    ],
}


def of_the_auditors_own_row() -> set[str]:
    return {NOTED.get(name, name) for name in Asked.__struct_fields__}


def test_what_is_read_out_of_the_program_is_what_is_there() -> None:
    assert {"glass_broken", "login", "login_refused"} <= ACTIONS
    assert {"act", "from", "lease", "reason", "status", "fault", "closed"} <= NAMES


def test_every_name_is_known_to_have_codes_or_to_be_shown_as_it_stands() -> None:
    every = NAMES | of_the_auditors_own_row()
    assert every - CODED.keys() == AS_THEY_STAND
    assert CODED.keys() == CODES.keys()


@pytest.mark.parametrize("tongue", LANGUAGES)
def test_every_action_name_and_code_has_words(tongue: str) -> None:
    known = language(tongue).sentences
    actions = ACTIONS | {route.name for route in ROUTES if route.roles}
    wanted = {f"audited.{one}" for one in actions}
    wanted |= {f"audit_detail.{one}" for one in NAMES | of_the_auditors_own_row()}
    wanted |= {code_of(name, code) for name, codes in CODED.items() for code in codes}
    assert wanted - known.keys() == set()


def test_a_code_of_nobodys_and_what_people_typed_stand_as_they_are() -> None:
    told = {"closed": "protected", "glass": "begun", "words": "protected", "odd": "begun"}
    assert detail(language("sv"), told) == [
        ("stängt för att", "skyddade personuppgifter"),
        ("stängt ärende", '"begun"'),
        ("sökte", '"protected"'),
        ("odd", '"begun"'),
    ]
