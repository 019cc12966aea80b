"""A case as plain text, to be pasted into the municipality's own case system."""

from collections.abc import Iterator, Sequence

from alerts.language.sentences import Language
from alerts.letters.rent import Rent
from alerts.views.lease.lease_contacts_parts import Attempt, CaseAct
from alerts.views.lease.lease_page_parts import Page
from alerts.views.lists.task_said import days_left
from alerts.web.case.ended import ended_said, sum_said
from models.phrase import phrase


def case_text(page: Page, contacts: Sequence[Attempt], rent: Rent, language: Language) -> str:
    """What is known, the sum, the law's days, what is next and who did what when. It is the case
    itself: what no list may show belongs here too."""
    parts = (
        _head(page, language),
        _rent(page, rent, language),
        _law(page, language),
        _next(page, language),
        _done(page, contacts, language),
    )
    return "\n\n".join(text for part in parts if (text := "\n".join(part))) + "\n"


def _head(page: Page, language: Language) -> Iterator[str]:
    yield language.say(phrase("lease_page.title", lease=page.lease_id, today=page.today))
    yield page.why
    ended = ended_said(page)
    if ended is not None:
        yield language.say(ended)
    if page.objected_on is not None:
        yield language.say(phrase("lease_page.objected", on=page.objected_on))


def _rent(page: Page, rent: Rent, language: Language) -> Iterator[str]:
    if not rent.months:
        yield page.account.unknown or language.say("case.nothing_late")
        return
    yield f"{language.exact(rent.ore)} {language.say(sum_said(page, rent))}"
    for month in rent.months:
        said = phrase("case.sum_month", period=month.span, due=month.due_on)
        yield f"- {language.say(said)}: {language.exact(month.ore)}"


def _law(page: Page, language: Language) -> Iterator[str]:
    if not page.legal.deadlines and page.legal.unheard is None:
        return
    yield language.say("case_text.law")
    if page.legal.unheard is not None:
        yield f"- {page.legal.unheard}"
    for one in page.legal.deadlines:
        if one.days_left is None:
            over = "confirm_over" if one.name == "confirm_by" else "days_over"
            said = phrase(f"lease_page.{over}", text=one.text, on=one.on)
        else:
            left = days_left(one.days_left)
            said = phrase("lease_page.days_left", text=one.text, on=one.on, left=left)
        yield f"- {language.say(said)}"


def _next(page: Page, language: Language) -> Iterator[str]:
    yield language.say("case_text.next")
    for task in page.tasks:
        name = "task_overdue" if task.due_by < page.today else "task"
        yield f"- {language.say(phrase(f'case_text.{name}', step=task.does, due=task.due_by))}"
    if page.back_on is not None:
        yield f"- {language.say(phrase('case_act.back_on', on=page.back_on))}"
    if not page.tasks and page.back_on is None:
        yield f"- {language.say('case.no_tasks')}"


def _done(page: Page, contacts: Sequence[Attempt], language: Language) -> Iterator[str]:
    both: list[Attempt | CaseAct] = [*contacts, *page.case_acts]
    done = sorted(both, key=lambda one: one.on)
    if done:
        yield language.say("case_text.done")
        yield from (f"- {one.text}." for one in done)
