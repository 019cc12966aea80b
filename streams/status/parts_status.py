"""Which workers, relays and schedulers live and work, by what they tell the database."""

from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import Connection

from alerts.store import heartbeats
from alerts.store.heartbeats import PARTS

_WITHOUT = {
    "worker": "nothing that comes is folded: start `bokvar worker`, or `bokvar worker --all`",
    "relay": "no task and no answer is sent: start `bokvar relay`",
    "scheduler": "no day ends and nothing falls due: start `bokvar scheduler`",
}


class PartStatus(Struct):
    """A worker, relay or scheduler: its process (machine:number), whether it lives, the seconds
    since it began and since it was heard of, where it answers, and what keeps it from working."""

    part: str
    process: str
    lives: bool
    age_seconds: float
    heard_seconds: float
    page: str
    trouble: str

    @property
    def works(self) -> bool:
        """Whether it lives and nothing keeps it from working."""
        return self.lives and not self.trouble


def parts_status(connection: Connection, now: float) -> list[PartStatus]:
    """Those that were heard of in the last hour and have not ended in good order."""
    return [
        PartStatus(
            beat.part,
            beat.process.rpartition(":")[0],
            beat.lives(now),
            round(now - beat.began, 1),
            round(now - beat.beat, 1),
            beat.page,
            beat.trouble,
        )
        for beat in heartbeats.heard_of(connection)
        if beat.part in PARTS
    ]


def nobody_works(parts: Iterable[PartStatus]) -> dict[str, str]:
    """What is not done because nobody is there to do it: a sentence for each such part."""
    found = {}
    for part in PARTS:
        those = [one for one in parts if one.part == part]
        if not any(one.works for one in those):
            found[part] = _sentence(part, those)
    return found


def _sentence(part: str, those: list[PartStatus]) -> str:
    alive = [one for one in those if one.lives]
    if alive:
        return f"no {part} works: {alive[0].process} says: {alive[0].trouble}"
    last = min(those, key=lambda one: one.heard_seconds, default=None)
    fell = f" ({last.process} fell silent {ago(last.heard_seconds)} ago)" if last else ""
    return f"no {part} runs{fell}, so {_WITHOUT[part]}"


def ago(seconds: float) -> str:
    """A span of time, for people."""
    for length, name in ((86_400, "days"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {name}"
    return f"{seconds:.0f} s"
