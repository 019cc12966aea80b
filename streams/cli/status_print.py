"""The status as people read it: what is wrong comes last, where the eye rests."""

from datetime import UTC, datetime

from rich.box import SIMPLE
from rich.table import Table

from alerts.rules.rules import short
from alerts.store.verified import LastVerified
from alerts.views.feeds import Feed
from models.stockholm import to_the_minute
from streams.cli.screen import Screen
from streams.refusals import refused_sentence
from streams.status.parts_status import PartStatus, ago
from streams.status.system_status import Status


def print_status(found: Status) -> None:
    """Print it to the terminal."""
    console = Screen(soft_wrap=True)
    console.print(_partitions(found))
    for feed in found.feeds:
        console.print(_feed(feed))
    for part in found.parts:
        console.print(_part(part))
    age = "" if found.outbox_age_seconds is None else f", oldest {ago(found.outbox_age_seconds)}"
    lag = "unknown" if found.lag is None else f"{found.lag:,} records"
    console.print(f"Lag {lag}; {found.outbox_unsent:,} messages unsent{age}.")
    if found.refused_messages:
        console.print(refused_sentence(found.refused_messages), style="bold")
    console.print(
        f"{found.leases:,} leases: {found.held_leases:,} held until they are registered, "
        f"{found.incomplete_leases:,} incomplete. Open dead letters: {found.open_dead_letters:,}."
    )
    if found.held_leases or found.incomplete_leases:
        console.print("See them with `bokvar lease list`, and `bokvar deadletters list`.")
    bands = ", ".join(f"{band} {count:,}" for band, count in found.tasks_by_band.items())
    console.print(f"Open tasks by band: {bands}.")
    console.print(_rules(found))
    console.print(f"Model {found.model} ranks the list." if found.model else _BY_POINTS)
    console.print(_verified(found.last_verified))
    for feed in found.feeds:
        if feed.landlord in found.silent_landlords:
            console.print(_silent(feed))
    for fault in found.faults:
        console.print(f"Cannot go on: {fault}.".replace("..", "."), style="bold")


def _partitions(found: Status) -> Table:
    table = Table(box=SIMPLE, pad_edge=False)
    for heading in ("partition", "log end", "watermark", "lag", "newest day"):
        table.add_column(heading, justify="right")
    for p in found.partitions:
        end, lag = ("?" if n is None else f"{n:,}" for n in (p.log_end, p.lag))
        table.add_row(str(p.partition), end, f"{p.watermark:,}", lag, str(p.newest_day or "-"))
    return table


def _part(part: PartStatus) -> str:
    name = f"{part.part.capitalize()} {part.process}"
    if not part.lives:
        return f"{name} fell silent {ago(part.heard_seconds)} ago: it was killed, or is cut off."
    where = f" ({part.page})" if part.page else ""
    does = f"lives but does not work: {part.trouble}" if part.trouble else "works"
    return f"{name}{where} {does}, for {ago(part.age_seconds)}."


def _feed(feed: Feed) -> str:
    return f"Landlord {feed.landlord}: newest feed {feed.through or 'never'}."


def _silent(feed: Feed) -> str:
    who = f"Landlord {feed.landlord} is silent: "
    if feed.newest is None:
        return who + "it has leases and has never reported a day; ask it for its feed."
    if feed.missed:
        numbers = ", ".join(map(str, feed.missed))
        return (
            f"{who}reported through {feed.newest}, but not to partitions {numbers}, where it has "
            "leases; a feed goes to every partition."
        )
    return f"{who}last reported through {feed.through}."


def _verified(last: LastVerified | None) -> str:
    """What the last `bokvar verify` found, in a sentence."""
    if last is None:
        return "Log and database were never compared: run `bokvar verify`."
    when = to_the_minute(datetime.fromtimestamp(last.at, UTC))
    found = f"{last.differences:,} differences" if last.differences else "no difference"
    return (
        f"`bokvar verify` of release {last.release} found {found} in {last.partitions} partitions, "
        f"{when}."
    )


_BY_POINTS = "The scorecard ranks the list."


def _rules(found: Status) -> str:
    """Which rules are in force, in a sentence."""
    own = short(found.rules)
    named = sorted({p.rules for p in found.partitions})
    if named == [found.rules]:
        return f"Rules {own}, those of this release, are in force."
    names = ", ".join(short(name) if name else "none named" for name in named)
    return f"Rules in force: {names}; this release has {own}."
