"""Who a login's claims say somebody is: what is malformed is refused and widens nothing."""

from typing import Any

import pytest

from alerts.access.claims import ClaimNames, Unfit, person_of
from alerts.access.person import Person, Role

OURS = ClaimNames()
BASE = {"sub": "anna-1", "name": "Anna Andersson", "roles": ["caseworker"], "municipality": "0181"}


def told(**claims: Any) -> Person | Unfit:
    return person_of({**BASE, **claims}, OURS)


@pytest.mark.parametrize(
    "subject", [None, "", 7, "x" * 201, " anna", "anna\n", "an\0na", "an\u202ena", ["anna"]]
)
def test_a_subject_that_could_not_sign_an_act_is_refused(subject: object) -> None:
    assert told(sub=subject) is Unfit.BAD_SUBJECT


@pytest.mark.parametrize(
    "roles",
    [None, [], "", "boss", ["Caseworker"], [["caseworker"]], {"caseworker": True}, 1, [None]],
)
def test_without_a_role_of_ours_there_is_nothing_to_do_here(roles: object) -> None:
    assert told(roles=roles) is Unfit.NO_ROLE


@pytest.mark.parametrize(
    "code", [None, "", "181", "01810", 181, "Södertälje", ["0181", "0180"], "٠١٨١", "0181\n"]
)
@pytest.mark.parametrize("role", ["caseworker", "team_leader"])
def test_who_works_in_a_municipality_must_have_one_and_one_alone(role: str, code: object) -> None:
    assert told(roles=role, municipality=code) is Unfit.NO_MUNICIPALITY


@pytest.mark.parametrize("role", ["auditor", "operator"])
def test_a_malformed_municipality_does_not_make_an_auditor_one_of_all(role: str) -> None:
    assert told(roles=role, municipality="181") is Unfit.NO_MUNICIPALITY
    everywhere = told(roles=role, municipality=None)
    assert isinstance(everywhere, Person)
    assert everywhere.municipality is None


@pytest.mark.parametrize("districts", [[None], [""], 7, {"a": 1}, ["Hovsjö", 3], "Hovsjö,,", " "])
def test_malformed_districts_do_not_become_all_of_the_municipality(districts: object) -> None:
    assert told(districts=districts) is Unfit.BAD_DISTRICTS


@pytest.mark.parametrize(
    ("districts", "read"),
    [
        (None, ()),
        ("Hovsjö", ("Hovsjö",)),
        ("Hovsjö, Geneta", ("Hovsjö", "Geneta")),
        (["Hovsjö", "Geneta"], ("Hovsjö", "Geneta")),
    ],
)
def test_districts_come_as_a_list_or_as_one_string(
    districts: object, read: tuple[str, ...]
) -> None:
    person = told(districts=districts)
    assert isinstance(person, Person)
    assert person.districts == read


@pytest.mark.parametrize("none", [[], ""])
def test_no_district_is_none_of_them_and_not_all(none: object) -> None:
    assert told(districts=none) is Unfit.BAD_DISTRICTS
    assert isinstance(told(roles="auditor", districts=none), Person)  # who needs none


def test_where_the_claim_of_the_districts_is_named_it_must_be_there() -> None:
    names = ClaimNames(districts="omraden")
    assert person_of({**BASE, "omrade": ["Ronna"]}, names) is Unfit.BAD_DISTRICTS
    assert person_of(BASE, ClaimNames(districts="districts")) is Unfit.BAD_DISTRICTS
    found = person_of({**BASE, "omraden": ["Ronna"]}, names)
    assert isinstance(found, Person)
    assert found.districts == ("Ronna",)
    assert isinstance(person_of({**BASE, "roles": "auditor"}, names), Person)


@pytest.mark.parametrize("number", [None, "", "55999000133", 5599900013, ["a"], "SE559990-0013"])
def test_a_landlord_without_an_organisation_number_is_refused(number: object) -> None:
    assert told(roles="landlord", landlord=number) is Unfit.NO_LANDLORD


@pytest.mark.parametrize("number", ["5599900013", "559990-0013", ["5599900013"]])
def test_a_landlord_s_number_has_one_spelling_and_no_municipality_beside_it(number: object) -> None:
    assert told(roles="landlord", landlord=number) == Person(
        "anna-1", "Anna Andersson", Role.LANDLORD, None, (), "559990-0013"
    )


def test_of_several_roles_the_first_of_ours_in_the_claim_s_order_holds() -> None:
    person = told(roles=["mail", "auditor", "caseworker"])
    assert isinstance(person, Person)
    assert person.role is Role.AUDITOR
    assert told(roles="mail team_leader,caseworker") == Person(
        "anna-1", "Anna Andersson", Role.TEAM_LEADER, "0181"
    )


def test_a_number_among_a_caseworker_s_claims_makes_nobody_a_landlord() -> None:
    person = told(landlord="5599900013")
    assert isinstance(person, Person)
    assert person.landlord is None


@pytest.mark.parametrize(
    ("name", "login", "shown"),
    [
        ("Anna", "anna@kommun", "Anna"),
        (None, "anna@kommun", "anna@kommun"),
        ("An\x1bna", None, "anna-1"),
        (7, 8, "anna-1"),
    ],
)
def test_a_name_that_cannot_be_shown_gives_way_to_the_next(
    name: object, login: object, shown: str
) -> None:
    person = told(name=name, preferred_username=login)
    assert isinstance(person, Person)
    assert person.name == shown


def test_claims_have_the_provider_s_own_names_with_or_without_dots() -> None:
    names = ClaimNames(roles="realm_access.roles", municipality="https://x.se/kommun")
    claims = {
        "sub": "anna-1",
        "realm_access": {"roles": ["caseworker"]},
        "https://x.se/kommun": "0181",
    }
    assert person_of(claims, names) == Person("anna-1", "anna-1", Role.CASEWORKER, "0181")
    assert person_of({**claims, "realm_access": "caseworker"}, names) is Unfit.NO_ROLE
