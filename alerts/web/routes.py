"""Every route, with who may use it. A route that is not in the tests' own table fails them."""

from alerts.access.person import Role
from alerts.web.pages import (
    acts,
    audit,
    case,
    case_text,
    handover,
    letters,
    login,
    meetings,
    norm,
    operations,
    other_lists,
    plan,
    record,
    registers,
    search,
    team,
    team_csv,
    today,
)
from alerts.web.route import PageRoute

CASEWORK = frozenset({Role.CASEWORKER, Role.TEAM_LEADER})
LEADER = frozenset({Role.TEAM_LEADER})
EVERYBODY = frozenset(Role)
OPERATOR = frozenset({Role.OPERATOR})
AUDITOR = frozenset({Role.AUDITOR})

ROUTES: tuple[PageRoute, ...] = (
    PageRoute("start", "GET", login.start),
    PageRoute("login", "GET", login.login),
    PageRoute("login_as", "POST", login.login_as),
    PageRoute("auth", "GET", login.auth),
    PageRoute("goodbye", "GET", login.goodbye),
    PageRoute("language", "POST", login.language),
    PageRoute("healthy", "GET", login.healthy),
    PageRoute("logout", "POST", login.logout, EVERYBODY),
    PageRoute("today", "GET", today.today, CASEWORK),
    PageRoute("everyone", "GET", today.everyone, CASEWORK),
    PageRoute("waiting", "GET", other_lists.waiting, CASEWORK),
    PageRoute("outcomes", "GET", other_lists.outcomes, CASEWORK),
    PageRoute("done", "GET", other_lists.done, CASEWORK),
    PageRoute("plan", "GET", plan.plan, CASEWORK),
    PageRoute("search", "GET", search.search, CASEWORK),
    PageRoute("case", "GET", case.case, CASEWORK),
    PageRoute("report_form", "GET", acts.report_form, CASEWORK),
    PageRoute("report", "POST", acts.report, CASEWORK),
    PageRoute("plan_task", "POST", acts.plan, CASEWORK),
    PageRoute("assign", "POST", acts.assign, CASEWORK),
    PageRoute("wait", "POST", acts.wait, CASEWORK),
    PageRoute("raise", "POST", acts.put_first, CASEWORK),
    PageRoute("lower", "POST", acts.put_back, CASEWORK),
    PageRoute("question", "POST", acts.question, CASEWORK),
    PageRoute("undo", "POST", acts.undo, CASEWORK),
    PageRoute("note", "POST", acts.note, CASEWORK),
    PageRoute("glass", "POST", acts.break_glass, CASEWORK),
    PageRoute("team", "GET", team.team, LEADER),
    PageRoute("team_csv", "GET", team_csv.team_csv, LEADER),
    PageRoute("handover", "POST", handover.handover, LEADER),
    PageRoute("name_caseworker", "POST", handover.name_caseworker, LEADER),
    PageRoute("meeting_pack", "GET", meetings.meetings, LEADER),
    PageRoute("meeting_pack_make", "POST", meetings.make_pack, LEADER),
    PageRoute("guarantees", "GET", registers.guarantees, LEADER),
    PageRoute("letter_form", "GET", letters.letter_form, CASEWORK),
    PageRoute("letter", "POST", letters.letter, CASEWORK),
    PageRoute("norm_form", "GET", norm.norm_form, CASEWORK),
    PageRoute("norm", "POST", norm.norm, CASEWORK),
    PageRoute("case_text", "GET", case_text.case_text, CASEWORK),
    PageRoute("map", "POST", acts.map_household, CASEWORK),
    PageRoute("operations", "GET", operations.operations, OPERATOR),
    PageRoute("record", "GET", record.record, OPERATOR),
    PageRoute("release", "POST", record.release, OPERATOR),
    PageRoute("discard", "POST", record.discard, OPERATOR),
    PageRoute("audit", "GET", audit.audit, AUDITOR),
)
