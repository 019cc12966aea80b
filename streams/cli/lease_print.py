"""Prints a lease's page for people."""

from collections.abc import Callable
from typing import Any

import msgspec
from rich.box import SIMPLE
from rich.table import Table

from alerts.language.sentences import Language
from alerts.rules.rules import short
from alerts.views.lease.lease_page_parts import Account, Legal, Page, Risk, Terms
from alerts.views.lists.task_said import days_left, done_with
from models.phrase import phrase
from models.risk.scorer import COME
from streams.cli.screen import Screen

Tell = Callable[..., None]
INVOICES = 12  # the newest shown


def print_page(page: Page, language: Language) -> None:
    """Print all of the page to standard output."""
    console = Screen(soft_wrap=True)

    def tell(code: str, style: str | None = None, **args: Any) -> None:
        console.print(language.say(phrase(f"lease_page.{code}", **args)), style=style)

    tell("title", style="bold", lease=page.lease_id, today=page.today)
    console.print(page.why)
    if page.incomplete:
        tell("incomplete")
    if page.terms is not None:
        _print_terms(tell, page.terms)
    home = page.household
    tell("household_protected" if home.protected_identity else "household", group=home.group,
         why=home.why)  # fmt: skip
    _print_account(console, page.account, tell, language)
    _print_legal(console, page.legal, tell)
    _print_risk(tell, page.risk, language)
    if page.objected_on is not None:
        tell("objected", on=page.objected_on)
    _print_said(console, page, language)
    if not page.tasks:
        console.print(page.tried)
    _print_tasks(console, page, tell, language)
    for record in page.set_aside:
        tell("set_aside", **msgspec.structs.asdict(record))


def _print_risk(tell: Tell, risk: Risk, language: Language) -> None:
    args: dict[str, Any] = {
        "points": risk.points,
        "band": f"band.{risk.band}",
        "reasons": "; ".join(risk.reasons) or language.say("lease_page.no_reasons"),
    }
    if risk.chance is None:
        tell("risk", **args)
    elif risk.chance == COME:
        tell("risk_come", **args)
    else:
        tell("risk_chance", chance=risk.chance, model=short(risk.model or ""), **args)


def _print_said(console: Screen, page: Page, language: Language) -> None:
    """Plans with what was missed, attempts at contact, what may be passed on, and what people did
    in the case."""
    for plan in page.plans:
        console.print(plan.text)
        for missed in plan.missed_text:
            console.print(f"– {missed}")
    for said in [one.text for one in page.attempts] + [one.text for one in page.consents]:
        console.print(f"– {said}.")
    for guarantee in page.guarantees:
        console.print(guarantee)
    for act in page.case_acts:
        if act.kind != "reported":  # the attempts have those
            console.print(f"– {act.text}.")
    if page.child_question is not None:
        console.print(page.child_question)
    if page.back_on is not None:
        console.print(language.say(phrase("case_act.back_on", on=page.back_on)))


def _print_terms(tell: Tell, terms: Terms) -> None:
    tell(
        "terms",
        district=terms.district,
        municipality=terms.municipality,
        landlord=terms.landlord_id,
        rent=terms.rent_ore,
        since=terms.started_on,
    )


def _print_account(console: Screen, account: Account, tell: Tell, language: Language) -> None:
    sums = {
        "due": account.due_ore, "coming": account.coming_ore,
        "late": account.late_rent_ore, "surplus": account.surplus_ore,
    }  # fmt: skip
    if account.unknown is not None:
        console.print(account.unknown)
    if account.late_since:
        tell("account_late", since=account.late_since, **sums)
    elif account.invoices or account.payments or account.unknown is None:
        tell("account", **sums)
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in ("month", "due", "rent", "rent_left", "other_left", "paid"):
        table.add_column(language.say(f"lease_page.{heading}"), no_wrap=True)
    table.add_column("", no_wrap=True)
    for item in account.invoices[-INVOICES:]:
        marks = ["late"] * item.late + ["disputed"] * item.disputed
        table.add_row(
            item.period,
            str(item.due_on),
            language.kronor(item.rent_ore),
            language.kronor(item.rent_left_ore),
            language.kronor(item.other_left_ore),
            str(item.paid_on or ""),
            ", ".join(language.say(f"lease_page.{mark}") for mark in marks),
        )
    if account.invoices:
        console.print(table)
    for item in account.invoices[-INVOICES:]:
        if item.note is not None and item.rent_left_ore:
            console.print(f"– {item.note}.")


def _print_legal(console: Screen, legal: Legal, tell: Tell) -> None:
    if legal.unheard is not None:
        console.print(legal.unheard)
    for deadline in legal.deadlines:
        if deadline.days_left is None:
            over = "confirm_over" if deadline.name == "confirm_by" else "days_over"
            tell(over, text=deadline.text, on=deadline.on)
        else:
            left = days_left(deadline.days_left)
            tell("days_left", text=deadline.text, on=deadline.on, left=left)
    for act in legal.acts:
        console.print("• ", end="")
        said = {"actor": act.actor, "what": act.what}
        if act.through is not None:
            name = "act_by" if act.section else "act_until"
            tell(name, section=act.section, through=act.through, **said)
        elif act.section:
            tell("act", section=act.section, **said)
        else:
            tell("act_agreed", **said)
    for defect in legal.defects:
        console.print(f"– {defect}.")


def _print_tasks(console: Screen, page: Page, tell: Tell, language: Language) -> None:
    for task in page.tasks:
        if task.protected_identity:
            console.print(language.say("worklist.protected"))
        name = "task_overdue" if task.due_by < page.today else "task"
        tell(name, band=task.priority.band, step=task.does, due_by=task.due_by)
        for done in done_with(task, language):
            console.print(f"  {done}")
        for reason in task.reasons:
            console.print(f"  • {reason.text}")
        console.print(f"  {task.landlord_tried.text}")
    for line in page.history:
        console.print(f"{line.day}  {line.text}")
