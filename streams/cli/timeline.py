"""One case as a small timeline for people: dates, days left, who can still do what."""

from datetime import date

from rich.box import SIMPLE
from rich.table import Table

from alerts.language.sentences import language
from models.law.deadline_case import Answer, Facts
from models.law.who_may_act import who_may_act
from streams.cli.screen import Screen, lines

_SV = language("sv")
_ROWS = (
    ("due_on", "Hyran förfaller (JB 12:20)"),
    ("forfeiture_from", "Förverkad från (12:42)"),
    ("recovery_last_day", "Sista dag att betala (12:44)"),
    ("assume_payment_last_day", "Nämnden åtar sig senast (12:44)"),
    ("earliest_eviction_decision", "Avhysning kan beslutas (12:44)"),
    ("confirm_by", "Bekräfta senast (2025:468 11:3)"),
)


def print_timeline(facts: Facts, answer: Answer, today: date) -> None:
    """Prints the case to standard output; days are counted from `today`."""
    console = Screen(soft_wrap=True)
    console.print(f"Räknat från {_SV.weekday(today)}.")
    table = _table(answer, today)
    if table.row_count:
        console.print(table)
    for act in who_may_act(
        today,
        notice_served_on=facts.notice_served_on,
        recovery_last_day=answer.recovery_last_day,
        noticed=facts.eviction_notified_on is not None,
    ):
        by = "" if act.through is None else f" Senast {_SV.weekday(act.through)}."
        actor, what = _SV.say(f"actor.{act.actor}"), _SV.say(f"act.{act.name}")
        section = f" ({act.section})" if act.section else ""
        console.print(f"• {actor} kan {what}{section}.{by}")
    for note in answer.notes:
        console.print(f"– {_SV.say(note)}")
    console.print("Läsningarna är Bokvars egna och ingen juridisk rådgivning.", style="dim")


def _table(answer: Answer, today: date) -> Table:
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in ("", "Dag", "Kvar", "Andra läsningar"):
        table.add_column(heading, no_wrap=True)
    for field, label in _ROWS:
        day: date | None = getattr(answer, field)
        if day is not None:
            variants = lines(map(_short, answer.other_readings.get(field, ())))
            table.add_row(label, _short(day), _left(day, today), variants)
    return table


def _short(day: date) -> str:
    """'tis 2022-04-19'."""
    return f"{_SV.weekday(day)[:3]} {day.isoformat()}"


def _left(day: date, today: date) -> str:
    days = (day - today).days
    if days == 0:
        return "i dag"
    return str(days) if days > 0 else "passerat"
