"""A step of a playbook as people read it."""

from collections.abc import Iterator, Sequence

from alerts.cases.follow_up import FOLLOW_UP
from alerts.playbooks.check import MEETS
from alerts.playbooks.clocks import read_clock
from alerts.playbooks.language import Audience, Playbook, Said, Step
from alerts.playbooks.triggers import MATTERS
from models.phrase import Phrase, phrase


def step_lines(number: int, step: Step, playbook: Playbook) -> tuple[Phrase, list[Phrase]]:
    """What is to be done, and when, for whom, how and by when."""
    title = phrase("playbook.step", number=number, id=step.id, does=does(step))
    return title, [*_begins(step), *_is_done(step), *_else(step, playbook)]


def said(text: Said) -> Phrase:
    """A town's own words, in one language or in both."""
    if isinstance(text, str):
        return phrase("as_written.text", text=text)
    return phrase("as_written.own", words={"sv": text.sv, "en": text.en})


def kinds(names: Sequence[str]) -> list[Phrase]:
    """Kinds of lease."""
    return [Phrase(f"playbook_kind.{name}") for name in names]


def does(step: Step) -> list[Phrase]:
    """Its own words, or those of each matter that sets it off."""
    if step.text is not None:
        return [said(step.text)]
    matters = dict.fromkeys(MATTERS[name] for name in step.triggers)
    return [Phrase(f"do.{step.channel}_{matter}") for matter in matters]


def _begins(step: Step) -> Iterator[Phrase]:
    triggers = [Phrase(f"playbook_trigger.{name}") for name in step.triggers]
    if step.days_late:
        yield phrase("playbook.when_days_late", triggers=triggers, days=step.days_late)
    else:
        yield phrase(
            "playbook.when_any" if len(triggers) > 1 else "playbook.when", triggers=triggers
        )
    if step.after is not None and step.begins_when:
        outcomes = [Phrase(f"outcome.{name}") for name in step.begins_when]
        yield phrase("playbook.after_outcome", step=step.after, outcomes=outcomes)
    elif step.after is not None:
        yield phrase("playbook.after", step=step.after)
    yield phrase("playbook.whom", whom=_whom(step.audience))


def _is_done(step: Step) -> Iterator[Phrase]:
    channel = Phrase(f"playbook_channel.{step.channel}")
    actors = [Phrase(f"playbook_actor.{name}") for name in step.actor]
    yield phrase("playbook.how", channel=channel, actors=actors)
    if step.committee is not None:
        committee = Phrase(f"playbook_committee.{step.committee}")
        yield phrase("playbook.committee", committee=committee)
    yield phrase("playbook.by", clock=_clock(step.within))


def _else(step: Step, playbook: Playbook) -> Iterator[Phrase]:
    """What happens where the step cannot be done as it is meant."""
    if step.unless:
        days = playbook.follow_up.get("phoned", FOLLOW_UP["phoned"])
        yield phrase("playbook.unless_phoned", days=days)
    if step.channel in MEETS:
        yield phrase("playbook.attempts", attempts=step.attempts)
    if step.escalate is not None:
        actor = Phrase(f"playbook_actor.{step.escalate.to}")
        yield phrase("playbook.escalate", days=step.escalate.after, actor=actor)


def _clock(text: str) -> Phrase:
    clock = read_clock(text)
    assert clock is not None, "a checked playbook has readable clocks"
    if clock.kind in ("round", "review"):
        return Phrase(f"playbook_clock.{clock.kind}")
    if clock.kind == "days" and clock.number < 2:
        return Phrase("playbook_clock.day" if clock.number else "playbook_clock.same_day")
    return phrase(f"playbook_clock.{clock.kind}", number=clock.number)


def _whom(whom: Audience) -> list[Phrase]:
    found = []
    if whom.ages:
        found.append(Phrase(f"playbook_whom.{'_or_'.join(sorted(set(whom.ages), reverse=True))}"))
    for name in ("children", "subtenants", "small"):
        asked = getattr(whom, name)
        if asked is not None:
            no = "not_" if name == "small" else "no_"
            found.append(Phrase(f"playbook_whom.{name if asked else no + name}"))
    if whom.districts:
        found.append(phrase("playbook_whom.districts", districts=", ".join(whom.districts)))
    if whom.kinds:
        found.append(phrase("playbook_whom.kinds", kinds=kinds(whom.kinds)))
    return found or [Phrase("playbook_whom.all")]
