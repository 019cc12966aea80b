"""What stands in the menu of each role: the routes, in order. The first is where it starts."""

from alerts.access.person import Role

# What is open below what stands in the menu.
GROUPS: dict[str, tuple[str, ...]] = {
    "today": ("today", "waiting", "outcomes", "done", "everyone"),
    "team": ("team", "load", "handover", "name_caseworker", "meeting_pack", "meeting_pack_make"),
    "landlords": ("landlords", "landlord"),
    "operations": ("operations", "record", "release", "discard"),
}
MENU: dict[Role, tuple[str, ...]] = {
    Role.CASEWORKER: ("today", "plan", "landlords", "form3"),
    Role.TEAM_LEADER: ("today", "plan", "team", "guarantees", "landlords", "form3"),
    Role.LANDLORD: ("landlords", "form3"),
    Role.OPERATOR: ("operations",),
    Role.AUDITOR: ("audit",),
}
