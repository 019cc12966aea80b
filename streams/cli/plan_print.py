"""Prints a day's plan for people: a list for each, with room to write, then what is left over."""

from collections import Counter
from datetime import date

from rich.table import Table

from alerts.language.sentences import Language
from alerts.planning.day_plan import DayPlan, Hours, LeftOver, Round, Stop
from models.phrase import Phrase, phrase
from streams.cli.plan_entry import left_entry, stop_entry
from streams.cli.screen import Screen, bold


def print_plan(
    plan: DayPlan,
    as_of: date | None,
    municipality: str | None,
    unseen: list[str],
    limit: int,
    language: Language,
) -> None:
    """All of it to standard output; of what is left over at most `limit`, 0 for all."""
    console, say = Screen(), language.say
    console.print(bold(say(_title(plan.day, municipality))))
    if as_of is not None:
        console.print(say(phrase("plan_page.as_of", on=as_of)))
    if not plan.rounds and not plan.left_over:
        console.print(say("plan_page.nothing"))
    console.print(say(_listed(plan)))
    for one in plan.hours:
        console.print(say(_hours(one)))
    if unseen:
        console.print(say(phrase("plan_page.unseen", districts=", ".join(unseen))))
    for one_round in plan.rounds:
        console.print()
        _print_round(console, one_round, plan.day, language)
    if plan.left_over:
        console.print()
        _print_left(console, plan, limit, language)


def _title(day: date, municipality: str | None) -> Phrase:
    if municipality is None:
        return phrase("plan_page.title", day=day)
    return phrase("plan_page.title_town", day=day, municipality=municipality)


def _listed(plan: DayPlan) -> Phrase:
    cases = _cases(sum(len(one.stops) for one in plan.rounds))
    left = _counted(plan.left_over) if plan.left_over else Phrase("plan_page.none_left")
    args = {"later": plan.later, "waiting": plan.waiting}
    return phrase("plan_page.listed", cases=cases, left=left, **args)


def _cases(count: int) -> Phrase:
    return Phrase("plan_page.one_case") if count == 1 else phrase("plan_page.cases", count=count)


def _counted(left_over: list[LeftOver], name: str = "plan_page.left_count") -> Phrase:
    bands = Counter(one.task.priority.band for one in left_over)
    said = [
        phrase("worklist.left_out_in_band", count=f"{count:,}", band=band)
        for band, count in sorted(bands.items())
    ]
    return phrase(name, total=f"{len(left_over):,}", bands=said)


def _hours(one: Hours) -> Phrase:
    if not one.minutes:
        return phrase("plan_page.away", name=one.name)
    booked, here = _time(one.booked), _time(one.minutes)
    return phrase("plan_page.booked", name=one.name, booked=booked, here=here)


def _time(minutes: int) -> Phrase:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return phrase("plan_page.minutes", minutes=rest)
    name = "plan_page.hours_minutes" if rest else "plan_page.hours"
    return phrase(name, hours=hours, **({"minutes": rest} if rest else {}))


def _table() -> Table:
    found = Table(box=None, padding=(0, 1, 1, 0), show_header=False, expand=True)
    found.add_column(justify="right", no_wrap=True)
    found.add_column(justify="center", no_wrap=True)
    found.add_column(ratio=1)
    return found


def _print_round(console: Screen, one: Round, day: date, language: Language) -> None:
    """The stops in their order, below the place where they are."""
    said = {"who": one.people[0], "cases": _cases(len(one.stops)), "time": _time(one.minutes)}
    if len(one.people) > 1:
        said["other"] = one.people[1]
    name = "plan_page.pair" if len(one.people) > 1 else "plan_page.round"
    console.rule(bold(language.say(phrase(name, **said))), align="left")
    at, table = None, _table()
    for number, stop in enumerate(one.stops, 1):
        place = _place(stop, language)
        if place != at:
            table.add_row("", "", bold(f"– {place} –"))
            at = place
        entry = stop_entry(stop, one.people, day, language)
        table.add_row(str(number), bold(stop.tasks[0].priority.band), entry)
    console.print(table)


def _place(stop: Stop, language: Language) -> str:
    if not stop.out:
        return language.say("plan_page.office")
    return language.say("plan_page.hidden") if stop.district is None else stop.district


def _print_left(console: Screen, plan: DayPlan, limit: int, language: Language) -> None:
    """What is left over, in the worklist's order."""
    console.rule(bold(language.say("plan_page.left")), align="left")
    if any(left.because.code == "plan_page.full" for left in plan.left_over):
        console.print(language.say("plan_page.left_all"))
    shown = plan.left_over[: limit or None]
    table = _table()
    for number, left in enumerate(shown, 1):
        entry = left_entry(left, plan.day, language)
        table.add_row(str(number), bold(left.task.priority.band), entry)
    console.print(table)
    if rest := plan.left_over[len(shown) :]:
        console.print(language.say(_counted(rest, "worklist.left_out")))
