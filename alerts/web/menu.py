"""What stands in the menu of each role: the routes, in order. The first is where it starts."""

from alerts.access.person import Role

MENU: dict[Role, tuple[str, ...]] = {
    Role.CASEWORKER: ("today", "plan", "landlords", "form3"),
    Role.TEAM_LEADER: ("today", "plan", "team", "guarantees", "landlords", "form3"),
    Role.LANDLORD: ("landlords", "form3"),
    Role.OPERATOR: ("operations",),
    Role.AUDITOR: ("audit",),
}
