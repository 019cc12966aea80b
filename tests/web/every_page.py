"""Every page that can be looked at, by its route, as somebody who may see it."""

from alerts.web.links import link
from tests.builders import ORGNR, lease_id
from tests.web.lived import PROTECTED, SERVED

SERVED_CASE = lease_id(SERVED)

PAGES: dict[str, list[tuple[str | None, str]]] = {
    "login": [(None, link("login"))],
    "goodbye": [(None, link("goodbye"))],
    "today": [
        ("anna", link("today")),
        ("lena", link("today", district="Ronna", band="C", within="month", show=100)),
        ("anna", link("today", district="Ingenstans")),
        ("anna", link("today", band="Z")),
        ("stock", link("today")),
    ],
    "everyone": [("lena", link("everyone"))],
    "waiting": [("anna", link("waiting"))],
    "outcomes": [("anna", link("outcomes"))],
    "done": [("anna", link("done"))],
    "plan": [("anna", link("plan"))],
    "search": [("anna", link("search", words="finns inte")), ("anna", link("search"))],
    "case": [
        ("anna", link("case", lease=SERVED_CASE)),
        ("anna", link("case", lease=lease_id(7))),
        ("anna", link("case", lease=lease_id(PROTECTED))),
        ("anna", link("case", lease=lease_id(999))),
        ("lena", link("case", lease=lease_id(PROTECTED))),
    ],
    "letter_form": [
        ("anna", link("letter_form", lease=lease_id(1), kind="visit-arrears")),
        ("anna", link("letter_form", lease=lease_id(1), kind="no-such-kind")),
    ],
    "norm_form": [("anna", link("norm_form", lease=lease_id(1)))],
    "case_text": [("anna", link("case_text", lease=lease_id(1)))],
    "team": [("lena", link("team"))],
    "load": [("lena", link("load"))],
    "meeting_pack": [("lena", link("meeting_pack"))],
    "guarantees": [("lena", link("guarantees")), ("lena", link("guarantees", over=1))],
    "report_form": [("anna", "FIRST_REPORT")],
    "landlords": [("anna", link("landlords"))],
    "landlord": [
        ("lena", link("landlord", landlord=ORGNR)),
        ("anna", link("landlord", landlord=ORGNR)),
        ("hugo", link("landlord", landlord=ORGNR)),
        ("hugo", link("landlord", landlord="556036-0793")),
    ],
    "form3": [
        ("anna", link("form3")),
        ("anna", link("form3", paper="eviction", lease=SERVED_CASE)),
        ("anna", link("form3", paper="notice", lease=SERVED_CASE)),
        ("hugo", link("form3")),
    ],
    "operations": [("olle", link("operations"))],
    "record": [("olle", link("record", partition=0, offset=0))],  # none is set aside
    "audit": [
        ("greta", link("audit", verify=1)),
        ("greta", link("audit", person="Ingen Alls", only="denied")),
        ("greta", link("audit", before="x")),
    ],
}
# Nothing to look at: they send the browser on, or answer with a file.
NO_PAGES = {"start", "auth", "healthy", "team_csv"}
