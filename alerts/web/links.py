"""The addresses of the pages, by the names of their routes: no template writes one itself."""

from urllib.parse import quote, urlencode

PATHS = {
    "start": "/",
    "login": "/login",
    "login_as": "/login",
    "auth": "/auth",
    "logout": "/logout",
    "goodbye": "/goodbye",
    "language": "/language",
    "healthy": "/healthy",
    "today": "/today",
    "waiting": "/waiting",
    "outcomes": "/outcomes",
    "done": "/done",
    "everyone": "/everyone",
    "plan": "/plan",
    "search": "/search",
    "case": "/case/{lease}",
    "case_text": "/case/{lease}/text",
    "report_form": "/case/{lease}/report/{task}",
    "report": "/case/{lease}/report",
    "plan_task": "/case/{lease}/plan",
    "assign": "/case/{lease}/assign",
    "wait": "/case/{lease}/wait",
    "raise": "/case/{lease}/raise",
    "lower": "/case/{lease}/lower",
    "question": "/case/{lease}/question",
    "undo": "/case/{lease}/undo",
    "note": "/case/{lease}/note",
    "take_back_note": "/case/{lease}/note/back",
    "glass": "/case/{lease}/glass",
    "name_caseworker": "/case/{lease}/name",
    "norm_form": "/case/{lease}/norm",
    "norm": "/case/{lease}/norm",
    "map": "/case/{lease}/map",
    "letter_form": "/case/{lease}/letter/{kind}",
    "letter": "/case/{lease}/letter/{kind}",
    "landlords": "/landlords",
    "landlord": "/landlord/{landlord}",
    "form3": "/form3",
    "form3_send": "/form3",
    "basis": "/landlord/{landlord}/basis",
    "team": "/team",
    "load": "/team/load",
    "team_csv": "/team/counts.csv",
    "handover": "/team/handover",
    "meeting_pack": "/team/meeting",
    "meeting_pack_make": "/team/meeting",
    "guarantees": "/team/guarantees",
    "operations": "/operations",
    "record": "/operations/record/{partition}/{offset}",
    "release": "/operations/record/{partition}/{offset}/release",
    "discard": "/operations/record/{partition}/{offset}/discard",
    "audit": "/audit",
}


# A landlord's number may have a stroke, which servers and browsers read as the path's own.
_SPELT = {"~": "~7E", "/": "~2F", "\\": "~5C"}


def _in_path(value: str) -> str:
    return "".join(_SPELT.get(letter, letter) for letter in value)


def from_path(part: str) -> str:
    """What stands in a part of a path, as `link` was given it."""
    for letter, spelt in reversed(_SPELT.items()):
        part = part.replace(spelt, letter)
    return part


def link(name: str, **given: object) -> str:
    """The address of a route; what its path has no place for becomes the query."""
    path, query = PATHS[name], {}
    for key, value in given.items():
        if value is None:
            continue
        place = f"{{{key}}}"
        if place in path:
            path = path.replace(place, quote(_in_path(str(value)), safe=":~"))
        else:
            query[key] = value
    return f"{path}?{urlencode(query)}" if query else path
